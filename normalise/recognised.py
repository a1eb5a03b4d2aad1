"""What is known of text that was read from a picture: how sure the engine was, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable

from extract.cells import Cell, Line

SCORE = "ocr-confidence-"
DOUBT = "ocr-doubt"
MISPRINT = "ocr-doubt-misprint"
LEAST_SURE, LESS_SURE = 0.8, 0.95  # scores of the least sure character below which a figure is low or medium


def ocr_signals(lines: Iterable[Line]) -> tuple[str, ...]:
    """The signals of text from a picture: the score of its least sure character, and each doubt; none for other text."""
    read = [line for line in lines if line.score is not None]
    if not read:
        return ()
    score = min(line.score for line in read if line.score is not None)
    doubts = dict.fromkeys(doubt for line in read for doubt in line.doubts)
    return (f"{SCORE}{int(score * 100) / 100:.2f}", *doubts)


def doubts_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """What speaks against the reading of lines from a picture."""
    return tuple(dict.fromkeys(doubt for line in lines for doubt in line.doubts))


def lines_with(cell: Cell, figure: str) -> list[Line]:
    """The lines of a cell that a figure stands in; all of them where none holds it whole."""
    digits = "".join(c for c in figure if c.isdigit())
    found = [line for line in cell.lines if digits and digits in "".join(filter(str.isdigit, line.text))]
    return found or list(cell.lines)


def grade_of(signal: str) -> str | None:
    """The grade that a signal of recognition asks for, None for other signals."""
    if signal.startswith(DOUBT):
        return "low"
    if not signal.startswith(SCORE):
        return None
    score = float(signal.removeprefix(SCORE))
    return "low" if score < LEAST_SURE else "medium" if score < LESS_SURE else "high"


def is_doubted(signals: Iterable[str]) -> bool:
    """Do signals of recognition speak against a reading?"""
    return any(grade_of(signal) == "low" for signal in signals)


def was_recognised(lines: Iterable[Line]) -> bool:
    return any(line.score is not None for line in lines)

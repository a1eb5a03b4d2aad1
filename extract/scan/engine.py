"""The engine that recognises characters: RapidOCR with ONNX Runtime, models from inside its own package.

Nothing of it is imported before a page needs it, and nothing is fetched: the models that the package brings
are named by their files, so a package without them is refused rather than made to look for them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from extract.scan.picture import Pixels

INSTALL = 'pip install "belisha[ocr]"'
LOOK = 2400  # pixels of the longer side of the picture in which lines are looked for
FAINTEST = 0.3  # mean score under which a line is noise
BATCH = 6


class Letter(Struct, frozen=True):
    """A character as recognised: its score from 0 to 1 and where its middle stands along the line, 0 to 1."""

    char: str
    score: float
    at: float


class Heard(Struct, frozen=True):
    """One line as recognised; spaces are letters, too."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(letter.char for letter in self.letters)

    @property
    def score(self) -> float:
        """The mean of the letters' scores; 0 for an empty line."""
        return sum(x.score for x in self.letters) / len(self.letters) if self.letters else 0.0


def available() -> bool:
    """Is the engine installed, with its models?"""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return False
    return all(path is not None for path in _models())


def _models() -> tuple[Path | None, Path | None]:
    """The files for finding and for recognising lines that lie in the package."""
    spec = find_spec("rapidocr")
    if spec is None or not spec.origin:
        return None, None
    folder = Path(spec.origin).parent / "models"
    found = sorted(folder.glob("*.onnx")) if folder.is_dir() else []
    finds = [p for p in found if "_det_" in p.name]
    reads = [p for p in found if "_rec_" in p.name]
    return (finds[0] if finds else None), (reads[0] if reads else None)


@cache
def engine() -> Engine:
    """The one engine of this process; loading it takes a second."""
    return Engine()


class Engine:
    """Finds lines in a picture and reads them."""

    def __init__(self) -> None:
        finds, reads = _models()
        if finds is None or reads is None:
            raise ImportError("the OCR engine has no models")
        os.environ.setdefault("OMP_NUM_THREADS", str(_threads()))
        # ONNX Runtime 1.32 counts its use as soon as it is imported: it leaves files in the folders for temporary
        # and cached ones and has code to send them. Both switches are its own; the first must precede the import.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime
        from rapidocr import RapidOCR

        if hasattr(onnxruntime, "disable_telemetry_events"):
            onnxruntime.disable_telemetry_events()

        self._rapid: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Global.return_word_box": True,
                "Global.use_preprocess_img": False,
                "Det.model_path": str(finds),
                "Det.limit_side_len": LOOK,
                "Det.limit_type": "max",
                "Det.max_candidates": 4000,
                "Rec.model_path": str(reads),
                "Rec.rec_batch_num": BATCH,
                "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def lines(self, pixels: Pixels) -> list[tuple[int, int, int, int]]:
        """Boxes (x0, top, x1, bottom) of what looks like lines of text, in pixels."""
        from rapidocr.main import RapidOCRError

        try:
            _, found = self._rapid.detect_and_crop(pixels, {})
        except RapidOCRError:
            return []
        height, width = pixels.shape[:2]
        boxes: list[tuple[int, int, int, int]] = []
        for quad in found.boxes:
            xs, ys = [float(p[0]) for p in quad], [float(p[1]) for p in quad]
            x0, x1 = max(0, int(min(xs))), min(width, int(max(xs)) + 1)
            y0, y1 = max(0, int(min(ys))), min(height, int(max(ys)) + 1)
            if x1 - x0 >= 3 and y1 - y0 >= 3:
                boxes.append((x0, y0, x1, y1))
        return boxes

    def read(self, crops: Sequence[Pixels]) -> list[Heard]:
        """What stands in each picture of one line; an empty line where nothing is recognised."""
        if not crops:
            return []
        got = self._rapid.recognize_txt(list(crops))
        return [_heard(t, w) for t, w in zip(got.txts, got.word_results, strict=True)]


def _threads() -> int:
    """As many threads as there are processors for us, four at most; OMP_NUM_THREADS, where set, decides."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    try:
        return max(1, min(4, len(os.sched_getaffinity(0))))
    except AttributeError:
        return max(1, min(4, os.cpu_count() or 1))


def _heard(text: str, info: Any) -> Heard:
    """Characters with their scores and places; spaces lie between their neighbours."""
    long = max(float(info.line_txt_len), 1.0)
    places = [column for word in info.word_cols for column in word]
    letters: list[Letter] = []
    k = 0
    for index, char in enumerate(text):
        score = float(info.confs[index]) if index < len(info.confs) else 0.0
        if char.isspace():
            letters.append(Letter(" ", score, letters[-1].at if letters else 0.0))
            continue
        at = (places[k] + 0.5) / long if k < len(places) else 1.0
        k += 1
        letters.append(Letter(char, score, min(1.0, at)))
    return Heard(tuple(letters))

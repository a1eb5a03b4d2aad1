"""The limits of a reading as options, each with the default that ``belisha.Limits`` has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from belisha.isolation.limits import Limits

Command = TypeVar("Command", bound=Callable[..., Any])
MEBI = 1 << 20
_DEFAULT = Limits()
_SECONDS = click.FloatRange(0.1, 10**6)


def limit_options(command: Command) -> Command:
    """--no-isolation, and one option for every limit."""
    for option in reversed(
        (
            click.option(
                "--timeout",
                metavar="SECONDS",
                type=_SECONDS,
                default=_DEFAULT.stall,
                show_default=True,
                help="Give a file up after so long without progress.",
            ),
            click.option(
                "--page-time",
                metavar="SECONDS",
                type=_SECONDS,
                default=_DEFAULT.page,
                show_default=True,
                help="Leave a page out, and list it as unread, after so long.",
            ),
            click.option(
                "--max-time",
                metavar="SECONDS",
                type=_SECONDS,
                help="Give a file up after so long in all."
                f" [default: {_DEFAULT.base:g}, and {_DEFAULT.per_page:g} more for each page"
                " and --ocr-page-time more for each scan]",
            ),
            _size("--memory", _DEFAULT.memory, 128, "Memory that reading one file may take."),
            click.option(
                "--ocr-page-time",
                metavar="SECONDS",
                type=_SECONDS,
                default=_DEFAULT.ocr_page,
                show_default=True,
                help="The same for a page read by character recognition; the time for the file grows with each.",
            ),
            _size(
                "--ocr-memory",
                _DEFAULT.ocr_memory,
                512,
                "Memory once a page is read by character recognition.",
            ),
            _size("--max-size", _DEFAULT.input_bytes, 1, "Largest file."),
            _size("--max-stream", _DEFAULT.stream_bytes, 1, "Largest unpacked part of a file."),
            _count("--max-pages", _DEFAULT.pages, "Most pages to read of a file."),
            _count("--max-objects", _DEFAULT.objects, "Most drawn objects on a page."),
            _count("--max-characters", _DEFAULT.characters, "Most characters on a page."),
            _count("--max-pixels", _DEFAULT.pixels, "Most pixels of an image that may be a symbol."),
            click.option(
                "--no-isolation",
                is_flag=True,
                help="Read in this very process, for debuggers: a bad file can take the program along.",
            ),
        )
    ):
        command = option(command)
    return command


def limits_of(chosen: Mapping[str, Any]) -> Limits:
    """The limits from the options of a command, by their names on the command line."""
    return Limits(
        stall=chosen["timeout"],
        page=chosen["page_time"],
        total=chosen["max_time"],
        memory=chosen["memory"] * MEBI,
        ocr_page=chosen["ocr_page_time"],
        ocr_memory=chosen["ocr_memory"] * MEBI,
        input_bytes=chosen["max_size"] * MEBI,
        stream_bytes=chosen["max_stream"] * MEBI,
        pages=chosen["max_pages"],
        objects=chosen["max_objects"],
        characters=chosen["max_characters"],
        pixels=chosen["max_pixels"],
    )


def _size(name: str, default: int, least: int, what: str) -> Callable[[Command], Command]:
    return click.option(
        name,
        metavar="MIB",
        type=click.IntRange(least, 10**7),
        default=default // MEBI,
        show_default=True,
        help=what,
    )


def _count(name: str, default: int, what: str) -> Callable[[Command], Command]:
    return click.option(
        name,
        metavar="NUMBER",
        type=click.IntRange(1, 10**9),
        default=default,
        show_default=True,
        help=what,
    )

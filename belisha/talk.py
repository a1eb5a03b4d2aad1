"""What Belisha says on standard error: errors, remarks and progress, in words or as JSON lines."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from belisha.safe_text import one_line, printable

HEARTBEAT = 5.0  # seconds without a word, at most, while pages are read


class Talk:
    """How much to say and how. Set once while the command line is read, then only used.

    ``loudness``: -1 errors only, 0 remarks too, 1 progress, 2 what the libraries say.
    Imports little, for every start of the command makes one.
    """

    def __init__(
        self,
        loudness: int = 0,
        as_json: bool = False,
        colour: bool | None = None,
        debug: bool = False,
    ) -> None:
        self.loudness = loudness
        self.as_json = as_json
        self.colour = colour
        self.debug = debug

    def error(
        self, line: str, *, exit_code: int, cause: BaseException | None = None, **facts: object
    ) -> None:
        """One line that says what is wrong; the traceback only with ``--debug``."""
        if self.debug and cause is not None:
            import traceback

            lines = "".join(traceback.format_exception(cause)).rstrip().split("\n")
            self._write("\n".join(printable(line) for line in lines))
        self._say("error", line, exit_code=exit_code, **facts)

    def remark(self, line: str, **facts: object) -> None:
        """Something the user should know although all is well."""
        if self.loudness >= 0:
            self._say("warning", line, **facts)

    def progress(self, line: str, **facts: object) -> None:
        """What is being done, with ``-v``."""
        if self.loudness >= 1:
            self._say("info", line, **facts)

    def heartbeat(self, name: str) -> Callable[[int], None]:
        """A function to call with each page: it speaks every few seconds, with ``-v`` at every page."""
        last = time.monotonic()

        def beat(page: int) -> None:
            nonlocal last
            if self.loudness >= 1:
                self.progress(f"{name}, page {page}", file=name, page=page)
            elif time.monotonic() - last >= HEARTBEAT:
                self.remark(f"{name}: at page {page}", file=name, page=page)
            else:
                return
            last = time.monotonic()

        return beat

    def quieten_libraries(self) -> None:
        """Keep warnings and logs of libraries away from the user, unless ``-vv`` or ``--debug`` asks."""
        import logging
        import warnings

        if self.loudness >= 2 or self.debug:
            logging.basicConfig(stream=sys.stderr, level=logging.DEBUG if self.debug else logging.INFO)
            return
        logging.lastResort = None
        warnings.simplefilter("ignore")

    def wants_colour(self, terminal: bool) -> bool:
        """Colour only on a terminal, and never against ``--no-color``, NO_COLOR or a dumb terminal."""
        if self.colour is not None:
            return self.colour
        return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def _say(self, level: str, line: str, **facts: object) -> None:
        told = one_line(line)
        if self.as_json:
            import json

            record = {"level": level, "message": told, **{k: v for k, v in facts.items() if v is not None}}
            self._write(json.dumps(record, ensure_ascii=True, default=str))
        else:
            self._write(f"belisha: {told}")

    @staticmethod
    def _write(text: str) -> None:
        stream = sys.stderr
        if stream is None:
            return
        encoding = getattr(stream, "encoding", None) or "ascii"
        try:
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
            stream.flush()
        except (OSError, ValueError):
            pass  # nobody listens; the exit code still tells

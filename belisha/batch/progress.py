"""How far a run is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter

from belisha.safe_text import one_line, shortened
from belisha.talk import Talk

EVERY = 10.0  # seconds between plain lines
REDRAWN = 0.2  # seconds between drawings of the bar


class Meter:
    """Counts files and pages and says so. ``total`` files are to be done."""

    def __init__(self, talk: Talk, total: int) -> None:
        self._talk = talk
        self._total = total
        self._counts: Counter[str] = Counter()
        self._pages = 0
        self._start = self._last = time.monotonic()
        self._worked = 0
        self._now = ""
        self._bar = bool(sys.stderr and sys.stderr.isatty()) and not talk.as_json and talk.loudness == 0

    def done(self, state: str, pages: int, *, worked: bool) -> None:
        """A file has its outcome; ``worked``: it had to be read for it."""
        self._counts[state] += 1
        self._now = ""
        self._pages += pages
        self._worked += worked
        self.beat()

    def at(self, file: str, page: int) -> None:
        """A file is at a page."""
        self._now = f"{file}, page {page}"
        self.beat()

    def beat(self) -> None:
        """Say how far the run is, if it is time to."""
        now = time.monotonic()
        if now - self._last < (REDRAWN if self._bar else EVERY) or self._talk.loudness < 0:
            return
        self._last = now
        if self._bar:
            self._draw()
        else:
            done = sum(self._counts.values())
            self._talk.remark(
                f"{self.line}", files=self._total, done=done, pages=self._pages, seconds_left=self._left
            )

    def say(self, line: str) -> None:
        """What the run is doing after the files."""
        if self._talk.loudness < 0:
            return
        if self._bar:
            self._show(line)
        else:
            self._talk.progress(line)

    def clear(self) -> None:
        """Take the bar off the terminal."""
        if self._bar:
            self._show("")

    @property
    def line(self) -> str:
        """How far the run is, in words."""
        done = sum(self._counts.values())
        words = f"{done:,} of {self._total:,} files, {self._pages:,} pages"
        bad = self._counts["refused"] + self._counts["failed"]
        if bad:
            words += f", {bad:,} not read"
        left = self._left
        if left is not None:
            words += f", {_time(left)} left"
        return words + (f" ({self._now})" if self._now else "")

    @property
    def _left(self) -> int | None:
        done = sum(self._counts.values())
        if self._worked < 3:
            return None
        return round((self._total - done) * (time.monotonic() - self._start) / self._worked)

    def _draw(self) -> None:
        done = sum(self._counts.values())
        filled = 20 * done // max(self._total, 1)
        self._show(f"[{'=' * filled}{' ' * (20 - filled)}] {self.line}")

    @staticmethod
    def _show(text: str) -> None:
        columns = max(20, shutil.get_terminal_size().columns - 1)
        try:
            sys.stderr.write("\r\x1b[K" + shortened(one_line(text), columns))
            sys.stderr.flush()
        except (OSError, ValueError):
            pass  # nobody watches


def _time(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {left:02d} s" if minutes else f"{left} s"

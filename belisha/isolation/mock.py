"""Readers that misbehave on purpose, so that anybody can see how Belisha takes it.

Chosen by the environment variable ``BELISHA_READER``, for instance ``BELISHA_READER=mock:loop``; they never look
at the file. They work only where reading is isolated. The names:

``loop`` stays in C code for ever; ``memory`` takes all it can get; ``segfault`` and ``abort`` die as broken
libraries do; ``flood`` writes without end to the parent, ``noise`` to standard output and standard error;
``silent`` ends without a word; ``half`` dies in the middle of a long message; ``children`` starts processes of
its own and then hangs; ``write`` tries to write a file; ``error`` raises what nobody foresaw.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from belisha.isolation.child import Channel
from belisha.isolation.messages import answer_head

VARIABLE = "BELISHA_READER"
PREFIX = "mock:"
HALF = 10 << 20


def work(_: bytes, settings: Mapping[str, Any], channel: Channel) -> bytes:
    """Misbehave as ``settings["mock"]`` says."""
    MOCKS[str(settings["mock"])](channel)
    return b""


def _loop(_: Channel) -> None:
    pow(3, 1 << 10**8, (1 << 20_000) + 1)  # hours of squaring without a step in Python


def _memory(_: Channel) -> None:
    held = []
    while True:
        held.append(bytearray(32 << 20))


def _segfault(_: Channel) -> None:
    ctypes.string_at(0)


def _abort(_: Channel) -> None:
    os.abort()


def _flood(channel: Channel) -> None:
    while True:
        channel._write(b"\x00" * (1 << 20))


def _noise(_: Channel) -> None:
    for _number in range(2000):
        os.write(1, b"noise" * 1000)
        os.write(2, b"\x1b[31mnoise" * 1000)
    raise ValueError("noise is over")


def _silent(_: Channel) -> None:
    os._exit(0)


def _half(channel: Channel) -> None:
    channel._write(answer_head(HALF) + bytes(HALF // 2))
    os.kill(os.getpid(), signal.SIGKILL)


def _children(channel: Channel) -> None:
    for _number in range(3):
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    _loop(channel)


def _write(_: Channel) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 10)


def _error(_: Channel) -> None:
    raise LookupError("nobody thought of this\x1b[31m")


MOCKS: dict[str, Callable[[Channel], None]] = {
    "loop": _loop,
    "memory": _memory,
    "segfault": _segfault,
    "abort": _abort,
    "flood": _flood,
    "noise": _noise,
    "silent": _silent,
    "half": _half,
    "children": _children,
    "write": _write,
    "error": _error,
}

"""Ways to harm the bytes of a file, each drawn from a seeded source so that every case can be had again."""

from __future__ import annotations

import random
from collections.abc import Callable

Harm = Callable[[bytes, random.Random], bytes]


def flip_bits(data: bytes, dice: random.Random) -> bytes:
    """One to sixteen bits turned."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 16)):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def flip_outside_streams(data: bytes, dice: random.Random) -> bytes:
    """One byte changed in what holds the file together: dictionaries, tables, the trailer."""
    places: list[tuple[int, int]] = []
    start = 0
    while (at := data.find(b"stream", start)) >= 0:
        places.append((start, at))
        end = data.find(b"endstream", at)
        start = end if end >= 0 else len(data)
    places.append((start, len(data)))
    first, last = dice.choice([p for p in places if p[1] > p[0]])
    out = bytearray(data)
    out[dice.randrange(first, last)] = dice.choice(b"0123456789/<>[]() RnfobjABCxyz\x00\xff")
    return bytes(out)


def cut(data: bytes, dice: random.Random) -> bytes:
    """The end is missing."""
    return data[: dice.randrange(1, len(data))]


def drop(data: bytes, dice: random.Random) -> bytes:
    """A piece is missing from the middle."""
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randint(1, 4000) :]


def splice(data: bytes, dice: random.Random) -> bytes:
    """A piece stands a second time somewhere else, over what was there or between it."""
    size = dice.randint(1, 3000)
    source, at = dice.randrange(len(data)), dice.randrange(len(data))
    over = dice.choice([0, size])
    return data[:at] + data[source : source + size] + data[at + over :]


def zero(data: bytes, dice: random.Random) -> bytes:
    """A block of nothing, as a bad disk leaves it."""
    size = dice.choice([16, 512, 4096])
    at = dice.randrange(len(data))
    return data[:at] + bytes(len(data[at : at + size])) + data[at + size :]


HARMS: dict[str, Harm] = {
    "bits": flip_bits,
    "structure": flip_outside_streams,
    "cut": cut,
    "drop": drop,
    "splice": splice,
    "zero": zero,
}

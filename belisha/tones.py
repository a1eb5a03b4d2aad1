"""How statuses and verdicts look, the same in every output that has colour."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Tone(Struct, frozen=True):
    """A look: its name, and background, ink and edge as RRGGBB."""

    name: str
    back: str
    ink: str
    line: str


class Tones(Struct, frozen=True):
    """All looks, and which status and verdict has which."""

    looks: dict[str, Tone]
    statuses: dict[str, str]
    verdicts: dict[str, str]

    def of_status(self, status: str | None) -> Tone:
        """The look of a status; a word that is not known is no judgement to us."""
        return self.looks[self.statuses.get(status or "", "none")]

    def of_verdict(self, verdict: str | None) -> Tone:
        """The look of a verdict."""
        return self.looks[self.verdicts.get(verdict or "", "none")]


@cache
def tones() -> Tones:
    """The looks as data/tones.toml has them."""
    data = tomllib.loads(files("belisha").joinpath("data", "tones.toml").read_text(encoding="utf-8"))
    looks = {name: Tone(name, **colours) for name, colours in data["tones"].items()}
    return Tones(looks, _turned(data["statuses"]), _turned(data["verdicts"]))


def _turned(lists: dict[str, list[str]]) -> dict[str, str]:
    return {word: tone for tone, words in lists.items() for word in words}


def in_words(status: str | None) -> str:
    """A status or a field's name as people say it: "no target", "N/A"."""
    if status == "not_applicable":
        return "N/A"
    return (status or "").replace("_", " ")

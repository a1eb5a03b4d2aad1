"""A status as printed, in words, letters or colour, as one lower_snake_case word.

``status_from_colour`` knows colours only by hue, chroma and lightness; what a report calls its lights is
for the caller, who may pass the words that the report's own rule uses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from msgspec import Struct

from normalise.memory import remembered
from normalise.vocabulary import HueRange, StatusWords, Vocabulary, load, snake
from normalise.words import collapse, is_word

_LIGHTS = {
    "🟢": "green",
    "🟩": "green",
    "💚": "green",
    "🔴": "red",
    "🟥": "red",
    "🛑": "red",
    "🟠": "amber",
    "🟧": "amber",
    "🟡": "amber",
    "🟨": "amber",
    "🔵": "blue",
    "🟦": "blue",
    "⚪": "white",
    "⚫": "black",
}
LONGEST_STATUS = 60  # characters; a longer cell is a sentence about a status, not one
_BAND = re.compile(r"(?i)(?:within|outside)\s\d[\d.]*\s?%(?:\s(?:of\s)?target)?")  # "Within 5%"
_OWN_WORDS = 4  # words that an unknown status of the report's own may have


class ReadStatus(Struct, frozen=True):
    """A status. ``misprint`` marks a word that was read as the status it is nearest to ("Gren").

    ``known`` is False for a word that no vocabulary has and that was taken because the cell is a status cell.
    """

    status: str
    printed: str
    misprint: bool = False
    known: bool = True


@remembered
def read_status(
    text: str, *, any_word: bool = False, vocabulary: Vocabulary | None = None
) -> ReadStatus | None:
    """The status that a cell prints, None where it prints none.

    With ``any_word`` a short unknown word is taken as the report's own status (``known`` is then False).
    """
    words = (vocabulary or load()).statuses
    printed = collapse(text)
    if not printed or len(printed) > LONGEST_STATUS:
        return None
    lights = {name for sign, name in _LIGHTS.items() if sign in printed}
    plain = _plain(printed)
    exact = _exact(plain, words) or _exact(_unlabelled(plain), words)
    if exact:
        return ReadStatus(exact, printed)
    by_colour = _colour_inside(plain, words)
    if by_colour:
        return ReadStatus(by_colour, printed)
    lettered = re.match(r"\(?([A-Z]{1,2})\)?\s*(?:[-–:(]\s*)\(?[A-Za-z]", printed)
    if lettered and by_colour is None and lettered[1].lower() in words.letters:
        return ReadStatus(words.letters[lettered[1].lower()], printed)
    if len(lights) == 1 and not by_colour:
        return ReadStatus(lights.pop(), printed)
    if by_colour is None:  # no colour word at all; "" would mean several that contradict each other
        joined = _exact(plain.replace(" ", ""), words) if " " in plain else None
        if joined and len(plain) > 4:
            return ReadStatus(joined, printed)
        begun = _begins(plain, words)
        if begun:
            return ReadStatus(begun, printed)
        meant = _meant(plain, words)
        if meant:
            return ReadStatus(snake(meant), printed, misprint=True)
    if any_word and _may_be_own_word(printed):
        return ReadStatus(snake(printed), printed, known=False)
    return None


def is_rated(status: str, *, vocabulary: Vocabulary | None = None) -> bool:
    """False for statuses that judge nothing: annual, no target, no data, not due …"""
    return status not in (vocabulary or load()).statuses.unrated


def status_from_colour(
    colour: str | None, *, used: Collection[str] = (), vocabulary: Vocabulary | None = None
) -> str | None:
    """The status that a fill or ink shows, None for white, black, paper and header tints.

    ``colour`` is ``RRGGBB`` (a leading # is allowed). Yellow counts as amber and purple as nothing, unless
    ``used``, the statuses that the report itself names, holds them.
    """
    hexcone = _hexcone(colour)
    if hexcone is None:
        return None
    words = (vocabulary or load()).statuses
    name = _hue_name(hexcone, words) or _pale_name(hexcone, words, used)
    if name == "yellow":
        return "yellow" if "yellow" in used else "amber"
    if name == "amber" and "amber" not in used and set(used) & {"orange", "yellow"}:
        return "orange" if "orange" in used else "yellow"
    if name == "purple" and "purple" not in used:
        return None
    return name


_FINE = (("red", 17), ("orange", 36), ("amber", 52), ("yellow", 67))  # names up to a hue


def fine_name(colour: str | None) -> str | None:
    """A finer name of a colour than its status: orange beside amber, and names for purple, black, white and pale grey."""
    hexcone = _hexcone(colour)
    if hexcone is None:
        return None
    hue, chroma, value = hexcone
    if chroma < 0.06:
        return "black" if value < 0.3 else "grey" if value < 0.95 else "white"
    warm = next((name for name, end in _FINE if hue < end), None) if 8 <= hue < _FINE[-1][1] else None
    return warm or _hue_name(hexcone, (load()).statuses)


def brightest(colour: str) -> float:
    """The strongest of the three inks, from 0 to 1: what tells dark green from light green."""
    return max(int(colour[i : i + 2], 16) for i in (0, 2, 4)) / 255


def brightness(colour: str) -> float:
    """How light a colour is, from 0 to 1."""
    return sum(int(colour[i : i + 2], 16) for i in (0, 2, 4)) / 765


def colours_agree(status: str, colour: str | None, *, vocabulary: Vocabulary | None = None) -> bool | None:
    """Whether a colour word fits the colour it is printed on; None where that cannot be said.

    Neighbours on the colour wheel are given the benefit of the doubt: an amber may be yellow or orange.
    """
    words = (vocabulary or load()).statuses
    parts = [part for part in status.split("_") if part in words.colours]
    hexcone = _hexcone(colour)
    if not parts or hexcone is None:
        return None
    name = _hue_name(hexcone, words)
    if name is None or name not in words.colours or name == "purple":
        return None
    hue = hexcone[0]
    if name in ("red", "amber") and abs(hue - 17) <= 7 and set(parts) & {"red", "amber", "orange"}:
        return True
    return any(
        part == name or any(part in group and name in group for group in words.alike) for part in parts
    )


def _plain(text: str) -> str:
    """Lower case, signs that only decorate removed: "● GREEN." -> "green"."""
    lowered = text.lower().replace("’", "'")
    kept = re.sub(r"[^\w%/\\.&' -]|_", " ", lowered)
    return collapse(kept).strip(" .-/'")


def _unlabelled(plain: str) -> str:
    return re.sub(
        r"^(?:current |forecast |overall )?(?:status|rag|brag|rating|rag rating|rag status)\b\s*[-:]*\s*",
        "",
        plain,
    )


def _exact(plain: str, words: StatusWords) -> str | None:
    if plain in words.lookup:
        return words.lookup[plain]
    if re.fullmatch(r"[a-z]\s?[/&-]\s?[a-z]", plain):
        return words.lookup.get(re.sub(r"[^a-z]", "", plain))
    return None


def _colour_inside(plain: str, words: StatusWords) -> str | None:
    """The one colour word of a phrase; "amber_red" for two joined ones; "" for several that stand apart."""
    found = re.findall(rf"\b({'|'.join(words.colours)})\b", plain)
    names = list(dict.fromkeys("grey" if name == "gray" else name for name in found))
    if not names:
        return None
    if len(names) == 1:
        return "" if re.search(r"\b(?:not|no longer|was|previously)\b", plain) else names[0]
    if len(names) == 2 and re.fullmatch(r"\w+\s?[/-]?\s?\w+", plain):
        return "_".join(sorted(names))
    return ""


def _begins(plain: str, words: StatusWords) -> str | None:
    """A phrase that opens with an unrated form: "Annual - due in March"."""
    for form, status in words.unrated_forms.items():
        if plain.startswith(form) and re.match(rf"{re.escape(form)}\b", plain):
            return status
    return None


def _meant(plain: str, words: StatusWords) -> str | None:
    """The one known status a slip away; a lost or swapped letter comes before a changed one."""
    if len(plain) < 3 or not re.fullmatch(r"[a-z ]+", plain) or (len(plain) < 6 and is_word(plain)):
        return None
    near = {(len(form) == len(plain) and sorted(form) != sorted(plain), status)
            for length in (len(plain) - 1, len(plain), len(plain) + 1)
            for form, status in words.forms_of_length.get(length, ())
            if length >= 3 and length + len(plain) >= 7 and one_slip(plain, form)}  # fmt: skip
    for changed in (False, True):
        found = {status for was_changed, status in near if was_changed is changed}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def one_slip(a: str, b: str) -> bool:
    """Whether one lost, added, changed or swapped letter turns ``a`` into ``b`` (equal words: no)."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) + len(b) > 4 and a[0] != b[0] and a[-1] != b[-1]:  # one slip leaves one end as it is
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        longer, shorter = (rest_a, rest_b) if len(a) > len(b) else (rest_b, rest_a)
        return longer[1:] == shorter
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])


def _may_be_own_word(printed: str) -> bool:
    words = printed.split()
    return (
        len(words) <= _OWN_WORDS
        and bool(snake(printed))
        and (not re.search(r"\d", printed) or bool(_BAND.fullmatch(printed)))
        and bool(re.search(r"[A-Za-z]", printed))
    )


@lru_cache(maxsize=1024)
def _hexcone(colour: str | None) -> tuple[float, float, float] | None:
    """Hue in degrees, chroma and value (both 0 to 1) of an ``RRGGBB`` colour."""
    if not colour or not re.fullmatch(r"#?[0-9A-Fa-f]{6}", colour):
        return None
    r, g, b = (int(colour[-6:][i : i + 2], 16) / 255 for i in (0, 2, 4))
    value, chroma = max(r, g, b), max(r, g, b) - min(r, g, b)
    if chroma == 0:
        return 0.0, 0.0, value
    if value == r:
        hue = ((g - b) / chroma) % 6
    elif value == g:
        hue = (b - r) / chroma + 2
    else:
        hue = (r - g) / chroma + 4
    return hue * 60, chroma, value


def _hue_name(hexcone: tuple[float, float, float], words: StatusWords) -> str | None:
    hue, chroma, value = hexcone
    if chroma < 0.06:
        low, high = words.grey
        return "grey" if low <= value <= high else None
    return next((r.status for r in _fitting(hue, words.hues) if _strong(r, chroma, value)), None)


def _pale_name(hexcone: tuple[float, float, float], words: StatusWords, used: Collection[str]) -> str | None:
    """A status that the report names, of a colour too pale to be one where it does not."""
    hue, chroma, value = hexcone
    fitting = (r for r in _fitting(hue, words.hues) if r.status in used and r.named_chroma)
    return next((r.status for r in fitting if chroma >= r.named_chroma and value >= r.min_value), None)


def _fitting(hue: float, ranges: Iterable[HueRange]) -> list[HueRange]:
    return [r for r in ranges if (r.low <= hue < r.high if r.low < r.high else hue >= r.low or hue < r.high)]


def _strong(hue: HueRange, chroma: float, value: float) -> bool:
    needed = max(hue.min_chroma, hue.dark_chroma) if value < 0.6 else hue.min_chroma
    return chroma >= needed and value >= hue.min_value

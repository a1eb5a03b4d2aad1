"""A picture of a page to lines of text: which end is up, where lines stand, what they say."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extract.scan.engine import FAINTEST, Engine, Heard, Letter
from extract.scan.ruling import Run
from extract.scan.straight import turned

if TYPE_CHECKING:
    from extract.scan.picture import Pixels

PixelBox = tuple[int, int, int, int]

TALL = 1.7  # height over width from which a box holds text on its side, or a single letter
SHORT = 26  # letters of a line that may be a figure with its label
SAMPLE = 6  # lines that are read to tell which end is up
SURE = 0.9  # mean score from which these lines need not be tried upside down
# What the engine, which knows other scripts, takes for a dash or a bar.
_FOREIGN = str.maketrans(
    {"一": "–", "丨": "|", "～": "~", "—": "–", "ー": "–", "〇": "0", "▪": "•", "·": "•"}
)


class ReadLine(Struct, frozen=True):
    """A line as read: its box in the picture, the angle its text runs at, and its own level picture."""

    box: PixelBox
    angle: int
    heard: Heard
    crop: Pixels


def lies_on_its_side(boxes: Sequence[PixelBox]) -> bool:
    """Do most lines run up or down the picture?"""
    tall = sum(b[3] - b[1] for b in boxes if b[3] - b[1] > TALL * (b[2] - b[0]))
    wide = sum(b[2] - b[0] for b in boxes if b[2] - b[0] > TALL * (b[3] - b[1]))
    return tall > 1.5 * wide


def is_upside_down(engine: Engine, pixels: Pixels, boxes: Sequence[PixelBox]) -> bool:
    """Do its lines read better with the picture upside down?"""
    level = [b for b in boxes if 4 <= (b[2] - b[0]) / max(1, b[3] - b[1]) <= 18]
    level.sort(key=lambda b: b[0] - b[2])
    crops = [cut(pixels, b) for b in level[:SAMPLE]]
    if not crops:
        return False
    upright = _mean(engine.read(crops))
    return upright < SURE and _mean(engine.read([turned(c, 2) for c in crops])) > upright + 0.05


def _mean(heard: Sequence[Heard]) -> float:
    return sum(h.score * len(h.letters) for h in heard) / max(1, sum(len(h.letters) for h in heard))


def cut(pixels: Pixels, box: PixelBox) -> Pixels:
    return pixels[box[1] : box[3], box[0] : box[2]]


def parted_by_rules(boxes: Sequence[PixelBox], rules: Sequence[Run]) -> list[PixelBox]:
    """Boxes cut where an upright rule passes through them: then they hold the text of two cells."""
    upright = sorted((r for r in rules if r.vertical), key=lambda r: r.x0)
    out: list[PixelBox] = []
    for x0, top, x1, bottom in boxes:
        edges = [x0]
        for rule in upright:
            if not x0 + 2 < rule.at < x1 - 2:
                continue
            if min(bottom, rule.bottom) - max(top, rule.top) >= 0.6 * (bottom - top):
                edges += [rule.x0, rule.x1]
        edges.append(x1)
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            if right - left >= 5:
                out.append((left, top, right, bottom))
    return out


def read_lines(engine: Engine, pixels: Pixels, boxes: Sequence[PixelBox]) -> list[ReadLine]:
    """What stands in each box; boxes in which nothing is recognised are left out."""
    crops = [cut(pixels, b) for b in boxes]
    heard = [_cleaned(h) for h in engine.read(crops)]
    found: list[ReadLine] = []
    sideways: list[int] = []
    for k, (box, line, crop) in enumerate(zip(boxes, heard, crops, strict=True)):
        if box[3] - box[1] > TALL * (box[2] - box[0]) and (len(line.letters) != 1 or line.score < SURE):
            sideways.append(k)
        else:
            found.append(ReadLine(box, 0, line, crop))
    up = [turned(crops[k], 3) for k in sideways]  # text that runs up the page, laid level
    down = [turned(crops[k], 1) for k in sideways]
    read_up = [_cleaned(h) for h in engine.read(up)]
    read_down = [_cleaned(h) for h in engine.read(down)]
    for n, k in enumerate(sideways):
        ways = [
            (heard[k].score * min(1.0, len(heard[k].letters)), 0, heard[k], crops[k]),
            (read_up[n].score, 90, read_up[n], up[n]),
            (read_down[n].score, 270, read_down[n], down[n]),
        ]
        _, angle, line, crop = max(ways, key=lambda way: way[0])
        found.append(ReadLine(boxes[k], angle, line, crop))
    return [f for f in found if f.heard.letters and f.heard.score >= FAINTEST]


def _cleaned(heard: Heard) -> Heard:
    """Wide and foreign forms of a character as the plain one; spaces at the ends dropped."""
    letters: list[Letter] = []
    for letter in heard.letters:
        char = unicodedata.normalize("NFKC", letter.char.translate(_FOREIGN))
        if len(char) != 1:
            char = letter.char
        letters.append(letter if char == letter.char else replace(letter, char=char))
    while letters and letters[0].char == " ":
        letters.pop(0)
    while letters and letters[-1].char == " ":
        letters.pop()
    return Heard(tuple(letters))


def second_look(engine: Engine, lines: Sequence[ReadLine]) -> set[int]:
    """Which of the short lines with figures read otherwise from a larger picture with more ground around it."""
    asked = [
        k
        for k, line in enumerate(lines)
        if len(line.heard.letters) <= SHORT and any(x.char.isdigit() for x in line.heard.letters)
    ]
    again = engine.read([_larger(lines[k].crop) for k in asked])
    return {
        k for k, heard in zip(asked, again, strict=True) if _plain(lines[k].heard) != _plain(_cleaned(heard))
    }


def _larger(crop: Pixels) -> Pixels:
    import cv2

    height = crop.shape[0]
    edge = max(2, height // 6)
    wide = cv2.copyMakeBorder(crop, edge, edge, 2 * edge, 2 * edge, cv2.BORDER_REPLICATE)
    larger: Pixels = cv2.resize(wide, None, fx=1.6, fy=1.6, interpolation=cv2.INTER_CUBIC)
    return larger


def _plain(heard: Heard) -> str:
    """What of a reading bears on a figure: no spaces, and signs of one look made one."""
    text = heard.text.replace(" ", "").replace("–", "-")
    return text.translate(str.maketrans("OolI|", "00111"))

"""A picture of a page as a ``RawPage``, as the reader of text pages gives one: the door of this package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from extract import glyphs
from extract.page.parts import ICON, RawPage, Rule, Shape, TextItem
from extract.scan import look_alikes, signs
from extract.scan.engine import Engine, engine
from extract.scan.ink import blobs, ink_colour, luminance
from extract.scan.lettering import Lettering, Word, measure
from extract.scan.low_rows import upright_in_low_rows
from extract.scan.picture import drawn
from extract.scan.reading import (
    SURE,
    PixelBox,
    ReadLine,
    cut,
    is_upside_down,
    lies_on_its_side,
    parted_by_rules,
    read_lines,
    second_look,
)
from extract.scan.ruling import find_rules, without_rules
from extract.scan.scanned import Scanned
from extract.scan.setting import bold_from, settled_sizes
from extract.scan.shading import WHOLE_ROW, band_fills, cell_fills, has_colours, of_whole_rows
from extract.scan.straight import Turn, skew, straightened, turned
from extract.scan.whole_rules import made_whole

if TYPE_CHECKING:
    from extract.scan.ink import Mask
    from extract.scan.picture import Pixels

BEARING = 0.05  # font sizes between the ink of a letter and the edge of its box on text pages
ASCENT, DESCENT = 0.73, 0.2  # as for the words of text pages
LEFT_OVER = 4.0  # points: ink smaller than this that nobody read is a speck
INKED = 70  # levels from which on a pixel is ink
PALER = 20  # levels that colour alone counts less than darkness
TALLEST = 60.0  # points
APART = 1.0  # font sizes between two words from which they are pieces of their own
SECOND_LOOK = "ocr-doubt-second-look"
SIGN_DOUBT = "ocr-doubt-sign"
_SCORED = frozenset(".,%£$€+<>/")


def read_picture(pdf: Any, number: int) -> Scanned:
    """Read page ``number`` (from 1) of an open document from its picture. Raises PageTrouble."""
    pixels, scale, width, height = drawn(pdf, number)
    reader = engine()
    pixels, boxes, quarters, angle = _put_upright(reader, pixels)
    turn = Turn(quarters, angle, (width, height))
    runs, mask = find_rules(luminance(pixels), scale, boxes)
    runs = made_whole(pixels, runs, scale)
    low = upright_in_low_rows(luminance(pixels), runs, scale)
    runs += low
    for run in low:
        mask[run.top : run.bottom, run.x0 - 1 : run.x1 + 1] = 1
    plain = without_rules(pixels, mask, scale)
    boxes = parted_by_rules(boxes, runs)
    lines = [x for x in read_lines(reader, plain, boxes) if not _is_drawing(x, scale)]
    lines += _overlooked(reader, plain, lines, scale)
    differing = second_look(reader, lines)
    found = RawPage(number, *turn.upright, images=1)
    found.rules = [Rule(r.vertical, r.at / scale, r.start / scale, r.end / scale) for r in runs]
    words = _put_text(found, lines, differing, scale)
    found.words = lambda: [replace(w) for w in words]
    _put_signs(found, plain, lines, scale)
    colourless = not has_colours(pixels)
    _put_fills(found, pixels, scale, colourless)
    return Scanned(found, turn, colourless)


def _is_drawing(line: ReadLine, scale: float) -> bool:
    """What is taller than any heading and hardly recognised is no text."""
    tall = line.crop.shape[0] / scale
    return tall > TALLEST and line.heard.score < SURE


def _put_upright(reader: Engine, pixels: Pixels) -> tuple[Pixels, list[PixelBox], int, float]:
    """The picture straight and upright, the boxes of its lines, quarter turns made and degrees turned."""
    angle, quarters = skew(pixels), 0
    straight = straightened(pixels, angle)
    boxes = reader.lines(straight)
    if lies_on_its_side(boxes):
        pixels, quarters = turned(pixels, 1), 1
        straight = straightened(pixels, angle)
        boxes = reader.lines(straight)
    if is_upside_down(reader, straight, boxes):
        height, width = straight.shape[:2]
        quarters, straight = quarters + 2, turned(straight, 2)
        boxes = [(width - x1, height - bottom, width - x0, height - top) for x0, top, x1, bottom in boxes]
    return straight, boxes, quarters, angle


def _put_text(found: RawPage, lines: Sequence[ReadLine], differing: set[int], scale: float) -> list[TextItem]:
    """Put the pieces of text on the page; gives its single words."""
    settings = [measure(line.heard, line.crop) for line in lines]
    for setting in settings:
        look_alikes.settle(setting)
    sizes = settled_sizes(settings, [line.crop.shape[0] for line in lines])
    bold = bold_from(settings)
    words: list[TextItem] = []
    for k, (line, setting, size) in enumerate(zip(lines, settings, sizes, strict=True)):
        if k in differing:
            for word in setting.words:
                word.doubts.add(SECOND_LOOK)
        heavy = bold(setting)
        items = [_item(w, line, setting, size, heavy, scale) for w in setting.words]
        if signs.is_sign("".join(i.text for i in items)) and len(items) <= 2:
            items = [_sign(items, line, setting)]
        words += items
        found.items += _pieces(items)
    for item in words[:-1]:
        item.text += " "
    return words


def _item(word: Word, line: ReadLine, setting: Lettering, size: float, bold: bool, scale: float) -> TextItem:
    left, top, right, bottom = line.box
    space = 0.0 if line.angle else BEARING * size
    start, end = word.x0 - space, word.x1 + space
    low, high = setting.base - ASCENT * size, setting.base + DESCENT * size
    box: tuple[float, float, float, float]
    if line.angle == 90:
        box, base = (left + low, bottom - end, left + high, bottom - start), left + setting.base
    elif line.angle == 270:
        box, base = (right - high, top + start, right - low, top + end), right - setting.base
    else:
        box, base = (left + start, top + low, left + end, top + high), top + setting.base
    x0, y0, x1, y1 = (v / scale for v in box)
    scored = [x.score for x in word.letters if x.char.isalnum() or x.char in _SCORED]
    return TextItem(
        word.text,
        x0,
        y0,
        x1,
        y1,
        base / scale,
        size / scale,
        line.angle,
        "",
        bold,
        setting.colour,
        score=min(scored, default=line.heard.score),
        doubts=tuple(sorted(word.doubts)),
    )


def _sign(items: Sequence[TextItem], line: ReadLine, setting: Lettering) -> TextItem:
    """A piece that is a sign: what it shows by its character, and by its ink."""
    text = "".join(i.text for i in items)
    by_name = glyphs.table_shape(text[0], "")
    by_ink = signs.shape_of(setting.mask)
    shape, doubt = glyphs.settle(by_name, by_ink)
    sign = replace(items[0], text=text, x1=items[-1].x1, shape=shape, doubt=doubt)
    if doubt:
        sign.doubts = (*sign.doubts, SIGN_DOUBT)
    return sign


def _pieces(words: Sequence[TextItem]) -> list[TextItem]:
    """Words joined to pieces of text, parted at wide gaps."""
    out: list[TextItem] = []
    for word in words:
        before = out[-1] if out else None
        if before is None or before.shape or word.shape or _gap(before, word) > APART * word.size:
            out.append(replace(word))
            continue
        before.text += " " + word.text
        before.x0, before.x1 = min(before.x0, word.x0), max(before.x1, word.x1)
        before.top, before.bottom = min(before.top, word.top), max(before.bottom, word.bottom)
        before.score = min(before.score or 0.0, word.score or 0.0)
        before.doubts = tuple(sorted({*before.doubts, *word.doubts}))
    return out


def _gap(before: TextItem, word: TextItem) -> float:
    if word.angle == 90:
        return before.top - word.bottom
    return word.top - before.bottom if word.angle == 270 else word.x0 - before.x1


def _overlooked(reader: Engine, pixels: Pixels, lines: Sequence[ReadLine], scale: float) -> list[ReadLine]:
    """Ink that stands in no line, read once more by itself; single figures are often passed over."""
    import numpy as np

    mask = np.asarray(_ink_depth(pixels, scale) > INKED)
    for line in lines:
        x0, top, x1, bottom = line.box
        mask[max(0, top - 2) : bottom + 2, max(0, x0 - 2) : x1 + 2] = False
    boxes = [
        (max(0, x0 - 6), max(0, top - 4), x1 + 6, bottom + 4)
        for x0, top, x1, bottom in _groups(mask, scale)
        if min(x1 - x0, bottom - top) / scale <= 30
    ]
    again = read_lines(reader, pixels, boxes)
    return [
        a
        for a in again
        if a.heard.score > (SURE if len(a.heard.text) == 1 and a.heard.text.isalnum() else 0.6)
    ]


def _ink_depth(pixels: Pixels, scale: float) -> Pixels:
    """By how many levels each pixel is darker than the paper or fill around it, or has more colour."""
    import cv2
    import numpy as np

    reach = max(9, round(9 * scale)) | 1
    square = np.ones((reach, reach), np.uint8)
    dark, coloured = (  # an amber light is hardly darker than paper
        cv2.morphologyEx(grey, cv2.MORPH_CLOSE, square) - grey
        for grey in (luminance(pixels), np.ascontiguousarray(pixels.min(axis=2)))
    )
    depth: Pixels = np.maximum(dark, np.maximum(coloured, PALER) - PALER)
    return depth


def _groups(mask: Mask, scale: float) -> list[PixelBox]:
    """Boxes of ink that stands together, specks left out."""
    import cv2
    import numpy as np

    near = max(3, round(1.5 * scale)) | 1
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((near, near), np.uint8)) > 0
    edge = near // 2
    out: list[PixelBox] = []
    for b in blobs(grown)[:2000]:
        x0, top, x1, bottom = b.x0 + edge, b.top + edge, b.x1 - edge, b.bottom - edge
        if (
            max(x1 - x0, bottom - top) < LEFT_OVER * scale
            or min(x1 - x0, bottom - top) < 0.25 * LEFT_OVER * scale
        ):
            continue
        if mask[top:bottom, x0:x1].mean() < 0.08:
            continue
        out.append((x0, top, x1, bottom))
    return out


def _put_signs(found: RawPage, pixels: Pixels, lines: Sequence[ReadLine], scale: float) -> None:
    """Ink that is no text: lights, arrows that no character stands for. What has no known shape is kept as such."""
    import numpy as np

    depth = _ink_depth(pixels, scale)
    mask = np.asarray(depth > INKED)
    for line in lines:
        x0, top, x1, bottom = line.box
        mask[max(0, top - 2) : bottom + 2, max(0, x0 - 2) : x1 + 2] = False
    for box in _groups(mask, scale):
        x0, top, x1, bottom = box
        wide, tall = (x1 - x0) / scale, (bottom - top) / scale
        if max(wide, tall) > ICON or min(wide, tall) < LEFT_OVER:
            continue
        part = cut(depth, box)
        own = np.asarray(part > max(INKED, np.percentile(part, 95)) / 2)
        shape = signs.shape_of(own)
        colour = ink_colour(cut(pixels, box), own) if shape else None
        found.shapes.append(
            Shape(x0 / scale, top / scale, x1 / scale, bottom / scale, shape, colour, "image")
        )


def _put_fills(found: RawPage, pixels: Pixels, scale: float, colourless: bool) -> None:
    """Put the grounds of cells and bands on the page. Without colours only whole rows are shaded: a grey cell
    among others may have had any colour."""
    from extract.ruled import find_ruled

    grids = find_ruled(found)
    outside = band_fills(pixels, [g.box for g in grids], scale)
    if colourless:
        outside = [f for f in outside if f.x1 - f.x0 >= WHOLE_ROW * found.width]
    cells = [(c.x0, c.top, c.x1, c.bottom) for grid in grids for c in grid.cells]
    inside = cell_fills(pixels, cells, scale)
    if colourless:
        inside = [f for grid in grids for f in of_whole_rows(inside, grid.box)]
    found.fills = [*outside, *inside]

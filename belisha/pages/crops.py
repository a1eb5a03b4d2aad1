"""Pictures of the report's pages: whole pages to cut rows from, and crops with frames for findings.

Each page with rows is in the file once; a row shows its part of it. A finding has a picture of its own, so
that it can be saved and sent on. What there is no room for is left out and said so.
"""

from __future__ import annotations

import base64
import io
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from belisha.pages.markup import Markup, join, tag
from extract.document import open_pdf
from extract.errors import BelishaError
from normalise.records import BBox

if TYPE_CHECKING:
    from PIL.Image import Image

    from belisha.original import Original

ROOM = 3_200_000  # characters of pictures in one file; with the words it stays under 5 MB
CLOSE = 2.0  # pixels a point in the crops of findings
SHARP, MIDDLING, COARSE = 1.6, 1.4, 1.2  # the same in whole pages, the more pages the fewer
SHOTS_KEPT = 6
FEW_PAGES, MANY_PAGES = 15, 45
LARGEST_SIDE = 2400  # pixels: a page of unusual size gets fewer pixels a point
COLOURS = 24
MARGIN = 22.0  # points of page kept round what a crop shows
ROW_MARGIN = 5.0
SHOWN_AT = 1.35  # pixels of the screen a point
FRAME, FRAME_BESIDE = (184, 0, 32), (20, 80, 160)


class PageImage(Struct, frozen=True):
    """A page as a picture (a data address), with its size in points."""

    number: int
    width: float
    height: float
    address: str


class Camera(Struct):
    """Takes pictures of one report's pages while its PDF is open; ``spent`` counts characters."""

    pdf: Any
    room: int = ROOM
    spent: int = 0
    pages: dict[int, PageImage] = field(default_factory=dict)
    _shots: OrderedDict[tuple[int, float], tuple[Image, float, float]] = field(default_factory=OrderedDict)

    def rows(self, numbers: Sequence[int]) -> None:
        """Take whole pages, in this order, until the room is used up."""
        scale = SHARP if len(numbers) <= FEW_PAGES else MIDDLING if len(numbers) <= MANY_PAGES else COARSE
        for number in numbers:
            if number in self.pages or self.spent > self.room:
                continue
            shot = self._shot(number, scale)
            if shot is None:
                continue
            picture, width, height = shot
            address = _address(picture)
            if self.spent + len(address) > self.room:
                continue
            self.spent += len(address)
            self.pages[number] = PageImage(number, width, height, address)

    def crop(
        self, number: int, show: BBox, framed: Sequence[BBox], beside: Sequence[BBox]
    ) -> tuple[str, float] | None:
        """A picture of part of a page with ``framed`` cells in a thick frame and ``beside`` in a thin one.

        Gives its data address and the width to show it at. None where the page cannot be drawn or the room is used up.
        """
        from PIL import ImageDraw

        if self.spent > self.room:
            return None
        shot = self._shot(number, CLOSE)
        if shot is None:
            return None
        picture, width, height = shot
        scale = picture.width / width
        left, top, right, bottom = grown(show, MARGIN, width, height)
        piece = picture.crop((int(left * scale), int(top * scale), int(right * scale), int(bottom * scale)))
        draw = ImageDraw.Draw(piece)
        for boxes, colour, thick in ((beside, FRAME_BESIDE, 2), (framed, FRAME, 4)):
            for box in boxes:
                x0, y0, x1, y1 = grown(box, 2.5, width, height)
                corner = ((x0 - left) * scale, (y0 - top) * scale, (x1 - left) * scale, (y1 - top) * scale)
                draw.rectangle(corner, outline=colour, width=thick)
        address = _address(piece)
        self.spent += len(address)
        return address, round((right - left) * SHOWN_AT)

    def _shot(self, number: int, scale: float) -> tuple[Image, float, float] | None:
        """The page as a picture, with its size in points; the last few are remembered."""
        kept = self._shots.get((number, scale))
        if kept is not None:
            return kept
        import pypdfium2

        try:
            page = self.pdf[number - 1]
            width, height = page.get_size()
            if not (width > 0 and height > 0):
                return None
            pixels = min(scale, LARGEST_SIDE / max(width, height))
            picture = page.render(scale=pixels, rev_byteorder=True).to_pil()
            page.close()
        except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError):
            return None
        shot = self._shots[number, scale] = (
            picture if picture.mode == "RGB" else picture.convert("RGB"),
            width,
            height,
        )
        while len(self._shots) > SHOTS_KEPT:
            self._shots.popitem(last=False)
        return shot


def take(original: Original | None, name: str, pages: Sequence[int], room: int = ROOM) -> PageAlbum:
    """Open the PDF for pictures. Without one, or if it cannot be opened again, there are none."""
    return PageAlbum(original, name, pages, room)


class PageAlbum:
    """A context: the camera while the PDF is open, or None."""

    def __init__(self, original: Original | None, name: str, pages: Sequence[int], room: int) -> None:
        self._original, self._name, self._pages, self._room = original, name, pages, room
        self._context: Any = None

    def __enter__(self) -> Camera | None:
        if self._original is None or not self._original.data:
            return None
        context = open_pdf(self._original.data, name=self._name, password=self._original.password)
        try:
            opened = context.__enter__()
        except BelishaError:
            return None
        self._context = context
        return Camera(opened.pdf, self._room)

    def __exit__(self, *trouble: object) -> None:
        if self._context is not None:
            self._context.__exit__(None, None, None)


def page_store(images: Iterable[PageImage], prefix: str) -> Markup:
    """The pages, once, where crops can refer to them."""
    held = [
        tag(
            "image",
            id=f"{prefix}p{image.number}",
            width=image.width,
            height=image.height,
            href=image.address,
            preserveAspectRatio="none",
        )
        for image in images
    ]
    if not held:
        return Markup("")
    return tag("svg", tag("defs", held), cls="store", width="0", height="0", aria_hidden="true")


def row_crop(
    image: PageImage, prefix: str, show: BBox, framed: Sequence[BBox], beside: Sequence[BBox], label: str
) -> Markup:
    """The part of a page that holds a row, framed; cut from the stored page."""
    left, top, right, bottom = grown(show, ROW_MARGIN, image.width, image.height)
    frames: list[Markup] = []
    for boxes, kind in ((beside, "beside"), (framed, "framed")):
        sides = [grown(box, 1.5, image.width, image.height) for box in boxes]
        drawn = "".join(f"M{a:.0f} {b:.0f}h{c - a:.0f}v{d - b:.0f}h{a - c:.0f}z" for a, b, c, d in sides)
        frames += [tag("path", cls=kind, d=drawn)] if drawn else []
    return tag(
        "svg",
        join(tag("use", href=f"#{prefix}p{image.number}"), frames),
        cls="crop",
        viewBox=f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}",
        width=round((right - left) * SHOWN_AT),
        height=round((bottom - top) * SHOWN_AT),
        role="img",
        aria_label=label,
    )


def grown(box: BBox, by: float, width: float, height: float) -> BBox:
    """A box with a margin, kept inside the page and never empty."""
    left, top = max(0.0, min(box[0] - by, width - 1)), max(0.0, min(box[1] - by, height - 1))
    return left, top, max(left + 1, min(box[2] + by, width)), max(top + 1, min(box[3] + by, height))


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box round all of these (at least one)."""
    found = list(boxes)
    return (
        min(b[0] for b in found),
        min(b[1] for b in found),
        max(b[2] for b in found),
        max(b[3] for b in found),
    )


def _address(picture: Image) -> str:
    from PIL.Image import Dither, Quantize

    # few flat colours are what a page of text and tables has: small, quick and sharp
    few = picture.quantize(COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=4)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")

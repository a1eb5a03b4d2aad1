"""Whether a page's text can be used, or whether the page must be read from its picture."""

from __future__ import annotations

from typing import Any, Literal

import pypdfium2.raw as raw

from extract.page.parts import RawPage
from extract.page.soundness import NONSENSE, is_nonsense
from extract.scan import engine

Ocr = Literal["auto", "never", "always"]

PICTURES_ONLY = "the page has no text, only pictures or drawings"
OVERLAID = "the text of the page was laid, unseen, over a scan by another program"
COVERS = 0.6  # share of the page from which a picture on it may be a scan of it
STAMP = 60  # characters of real text that a scan may carry: a stamp, a page number


def why_unusable(page: RawPage, handle: Any) -> str | None:
    """The reason why a page must be read from its picture, None where its text will do."""
    covered = _is_covered(page)
    if not page.items:
        return PICTURES_ONLY if page.images or page.shapes or page.rules or page.fills else None
    if covered and sum(len(i.text.strip()) for i in page.items) <= STAMP:
        return PICTURES_ONLY
    if covered and _is_invisible(handle):
        return OVERLAID
    return NONSENSE if is_nonsense([item.text for item in page.items]) else None


def _is_covered(page: RawPage) -> bool:
    """Does one picture lie over most of the page, or do several like the strips of a scan?"""
    area = sum(
        max(0.0, min(x1, page.width) - max(x0, 0.0)) * max(0.0, min(bottom, page.height) - max(top, 0.0))
        for x0, top, x1, bottom in page.pictures
    )
    return area >= COVERS * page.width * page.height


def _is_invisible(handle: Any) -> bool:
    """Is the text one that some other program laid, unseen, over a scan?"""
    seen = unseen = 0
    for index in range(min(raw.FPDFPage_CountObjects(handle), 2000)):
        obj = raw.FPDFPage_GetObject(handle, index)
        if raw.FPDFPageObj_GetType(obj) == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(obj) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                unseen += 1
            else:
                seen += 1
    return unseen > 4 * seen


def unread_because(ocr: Ocr) -> str:
    """What to do about a page that was left because its picture was not read."""
    if ocr == "never" and engine.available():
        return "to have it read by character recognition, leave --ocr never out"
    return f"to have it read by character recognition, type: {engine.INSTALL}"


def way_to_read(why: str | None, ocr: Ocr) -> Literal["text", "picture", "leave"]:
    """How to read a page whose text cannot be used for the reason ``why``, if any."""
    if ocr == "always":
        return "picture"
    if why is None:
        return "text"
    if ocr == "auto" and engine.available():
        return "picture"
    return "text" if why == OVERLAID else "leave"

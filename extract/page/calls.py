"""PDFium's functions that are called for every object and every character, taking and giving addresses.

They are those of ``pypdfium2.raw``, bound once more: for every pointer that a function there gives, ctypes makes an
object, and for every number that it fills in, a reference, which together take longer than most of the calls.
An address is an int, None for none.
"""

from __future__ import annotations

from ctypes import CFUNCTYPE, addressof, c_int, c_uint, c_ulong, c_void_p, cast
from typing import Any

import pypdfium2.raw as raw

_AT = c_void_p


def _bound(name: str, result: Any, *arguments: Any) -> Any:
    return CFUNCTYPE(result, *arguments)(cast(getattr(raw, name), c_void_p).value or 0)


def address(handle: Any) -> int | None:
    """Where a handle of PDFium's points. (A cast would hold the handle in a cycle until Python looks for those.)"""
    return addressof(handle.contents) if handle else None


# objects of a page and of a form: which, and of which kind
page_object = _bound("FPDFPage_GetObject", _AT, _AT, c_int)
form_object = _bound("FPDFFormObj_GetObject", _AT, _AT, c_ulong)
count_in_form = _bound("FPDFFormObj_CountObjects", c_int, _AT)
kind = _bound("FPDFPageObj_GetType", c_int, _AT)
# where it stands and what it is drawn with; numbers go to the addresses given
bounds = _bound("FPDFPageObj_GetBounds", c_int, _AT, _AT, _AT, _AT, _AT)
matrix = _bound("FPDFPageObj_GetMatrix", c_int, _AT, _AT)
fill_colour = _bound("FPDFPageObj_GetFillColor", c_int, _AT, _AT, _AT, _AT, _AT)
stroke_colour = _bound("FPDFPageObj_GetStrokeColor", c_int, _AT, _AT, _AT, _AT, _AT)
# paths
draw_mode = _bound("FPDFPath_GetDrawMode", c_int, _AT, _AT, _AT)
count_segments = _bound("FPDFPath_CountSegments", c_int, _AT)
# pieces of text: the object, the text page, the buffer and its bytes
text_of = _bound("FPDFTextObj_GetText", c_ulong, _AT, _AT, _AT, c_ulong)
# the text of a page: from which character on, how many, and the buffer
text_of_page = _bound("FPDFText_GetText", c_int, _AT, c_int, c_int, _AT)
font = _bound("FPDFTextObj_GetFont", _AT, _AT)
font_size = _bound("FPDFTextObj_GetFontSize", c_int, _AT, _AT)
# characters: the text page and the place in it
code_of = _bound("FPDFText_GetUnicode", c_uint, _AT, c_int)
is_generated = _bound("FPDFText_IsGenerated", c_int, _AT, c_int)
is_hyphen = _bound("FPDFText_IsHyphen", c_int, _AT, c_int)
object_of = _bound("FPDFText_GetTextObject", _AT, _AT, c_int)
loose_box = _bound("FPDFText_GetLooseCharBox", c_int, _AT, c_int, _AT)

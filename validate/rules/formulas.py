"""Rules set as formulas: "Target > Actual ≥ Target - 5%" → "actual < target and ≥ -5%"."""

from __future__ import annotations

import re

_SIGN = r"[<>]=?|=[<>]|[≤≥⩽⩾]"
_OF_US = r"(?:(?:the )?(?:actual|performance|result|outturn|figure|value)(?: (?:performance|figure|result|value))?)"
_TARGET = r"(?:the )?target"
_SIZE = r"\d+(?:\.\d+)?(?:\s?(?:%|percentage points?|pp))?"
_TURNED = str.maketrans("<>≤≥⩽⩾", "><≥≤⩾⩽")
# the other way round: "target > actual", "target - 5% ≤ actual"
_TARGET_FIRST = re.compile(
    rf"(?P<end>{_TARGET}(?:\s*[-–−+]\s?{_SIZE})?)\s*(?P<sign>{_SIGN})\s*(?P<actual>{_OF_US})\b", re.IGNORECASE
)
_GOES_ON = re.compile(rf"({_TARGET}(?:\s*[-–−+]\s?{_SIZE})?)\s*(?={_SIGN})", re.IGNORECASE)
_LESS = re.compile(rf"\b(?P<target>{_TARGET})\s+(?P<how>minus|less|plus)\s+(?=\d)", re.IGNORECASE)
_FROM_TARGET = re.compile(
    rf"(?P<sign>{_SIGN})\s*{_TARGET}\s*(?P<way>[-–−+])\s?(?P<size>{_SIZE})(?!\s*(?:to|of|-)\b)", re.IGNORECASE
)


def as_distances(text: str) -> str:
    """The text with its formulas worded as distances from target; other text as it is."""
    if not re.search(_SIGN, text):
        return text
    text = _LESS.sub(lambda m: f"{m['target']} {'+' if m['how'].lower() == 'plus' else '-'} ", text)
    turned = _TARGET_FIRST.sub(lambda m: f"{m['actual']} {m['sign'].translate(_TURNED)} {m['end']}", text)
    if turned != text:  # a chain goes on behind "actual": "target > actual ≥ target - 5%"
        turned = _GOES_ON.sub(r"\1 and ", turned)
    return _FROM_TARGET.sub(lambda m: f"{m['sign']} {'+' if m['way'] == '+' else '-'}{m['size']}", turned)

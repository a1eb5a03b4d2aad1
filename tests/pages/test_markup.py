"""Markup: what is text stays text."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from belisha.pages.markup import Markup, join, lines, tag, text
from belisha.pages.page import audits_html
from belisha.render.audited import Audited
from belisha.safe_text import printable
from tests.belisha.records_at_hand import small_report
from tests.render.hostile import SCRIPTS


class Seen(HTMLParser):
    """Collects elements, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(markup: str) -> Seen:
    found = Seen()
    found.feed(markup)
    found.close()
    return found


@given(st.text() | st.sampled_from(SCRIPTS))
def test_any_text_comes_back_as_text_and_as_an_attribute(words: str) -> None:
    found = seen(tag("p", words, title=words))
    assert found.tags == ["p"]
    assert found.words == printable(words)
    assert found.attributes == {"title": printable(words)}


@given(st.lists(st.text()))
def test_joined_text_is_escaped_once(words: list[str]) -> None:
    assert html.unescape(join(*words)) == "".join(map(printable, words))
    assert text(text("<")) == "&lt;"


def test_attributes_that_are_not_there_are_left_out() -> None:
    assert tag("a", "x", href=None, hidden=True, cls="c", aria_label="l") == (
        '<a hidden class="c" aria-label="l">x</a>'
    )
    assert tag("img", src="s") == '<img src="s">'


def test_bullets_become_a_list() -> None:
    assert lines("First\n• one\n• two\nlast") == "<p>First</p><ul><li>one</li><li>two</li></ul><p>last</p>"


def test_the_policy_names_the_page_s_own_style_and_script_and_nothing_else() -> None:
    page = audits_html([Audited(small_report())], {})
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]  # fails where it is missing, as it should
    told = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert told["default-src"] == "'none'"
    assert told["img-src"] == "data:"
    for kind, name in (("style-src", "style"), ("script-src", "script")):
        inside = re.search(f"<{name}>(.*?)</{name}>", page, re.S)[1]  # type: ignore[index]  # fails where it is missing, as it should
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert told[kind] == f"'sha256-{digest}'"
    assert "style=" not in re.sub("<style>.*?</style>|<script>.*?</script>", "", page, flags=re.S)


def test_markup_is_only_made_here() -> None:
    assert isinstance(tag("p", "x"), Markup)
    assert tag("p", Markup("<b>x</b>")) == "<p><b>x</b></p>"

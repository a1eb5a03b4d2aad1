"""The page in a browser: sorting, filtering, opening a crop, nothing run, nothing fetched, no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from belisha.original import Original
from belisha.pages.page import audits_html
from belisha.render.audited import Audited
from normalise.records import Finding
from tests.belisha.records_at_hand import small_report
from tests.belisha.running import REPORT
from tests.pages.browser import chromium
from tests.render.hostile import SCRIPTS
from tests.render.reports_at_hand import audited

WIDTHS = (1280, 768, 375)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo's report as a page in a file."""
    one = audited(REPORT)
    page = audits_html([one], {one.report.source.sha256: Original(REPORT.read_bytes())})
    file = tmp_path_factory.mktemp("page") / "audit.html"
    file.write_text(page, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The page, opened; at the end nothing may have been complained of or fetched."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    trouble: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda m: trouble.append(m.text))
    opened.on("pageerror", lambda e: trouble.append(str(e)))
    opened.on("request", lambda r: asked.append(r.url[:60]))
    opened.goto(address)
    yield opened
    assert trouble == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    opened.close()


def codes(page: Any) -> list[str]:
    """The codes of the rows that are shown, from top to bottom."""
    found: list[str] = page.eval_on_selector_all(
        "#dashboard tbody:not([hidden]) .code", "all => all.map(e => e.textContent)"
    )
    return found


def test_rows_sort_by_a_column_both_ways_and_back(page: Any) -> None:
    printed = codes(page)
    page.click("#dashboard th.c-forecast button")
    assert page.get_attribute("#dashboard th.c-forecast", "aria-sort") == "ascending"
    values = page.eval_on_selector_all(
        "#dashboard td.c-forecast", "all => all.map(e => e.dataset.v).filter(v => v !== '').map(Number)"
    )
    assert values == sorted(values)
    assert values
    page.click("#dashboard th.c-forecast button")
    assert page.get_attribute("#dashboard th.c-forecast", "aria-sort") == "descending"
    falling = page.eval_on_selector_all(
        "#dashboard td.c-forecast", "all => all.map(e => e.dataset.v).filter(v => v !== '').map(Number)"
    )
    assert falling == values[::-1]
    page.click("#dashboard button[type=reset]")
    page.wait_for_function("() => document.querySelectorAll('#dashboard th[aria-sort]').length === 0")
    assert codes(page) == printed


def test_rows_without_a_figure_come_last_whichever_way(page: Any) -> None:
    for _ in range(2):
        page.click("#dashboard th.c-forecast button")
        values = page.eval_on_selector_all("#dashboard td.c-forecast", "all => all.map(e => e.dataset.v)")
        first_empty = values.index("")
        assert set(values[first_empty:]) == {""}


def test_rows_filter_by_status_verdict_section_and_text(page: Any) -> None:
    report = audited(REPORT).report
    page.select_option('#dashboard [data-for="status"]', "red")
    red = [m.code for m in report.measures if "red" in (m.status, m.forecast_status)]
    assert codes(page) == red
    assert page.inner_text("#dashboard .count") == f"{len(red)} of {len(report.measures)} rows"
    page.click("#dashboard button[type=reset]")
    page.wait_for_function(
        f"() => document.querySelectorAll('#dashboard tbody:not([hidden])').length === {len(report.measures)}"
    )
    section = report.measures[-1].section
    page.select_option('#dashboard [data-for="section"]', section)
    assert codes(page) == [m.code for m in report.measures if m.section == section]
    page.click("#dashboard button[type=reset]")
    page.fill('#dashboard [data-for="text"]', str(report.measures[5].title).upper())
    page.wait_for_function("() => document.querySelectorAll('#dashboard tbody:not([hidden])').length < 5")
    assert report.measures[5].code in codes(page)


def test_a_row_opens_to_its_crop_with_the_keyboard(page: Any) -> None:
    opener = page.locator("#m2 .open")
    assert not page.is_visible("#m2d")
    opener.focus()
    page.keyboard.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    crop = page.locator("#m2 svg.crop")
    assert crop.is_visible()
    assert crop.get_attribute("aria-label").startswith("The row on page ")
    target = crop.locator("use").get_attribute("href")
    assert page.locator(target).count() == 1
    box = crop.bounding_box()
    assert box["width"] > 300
    assert len(set(crop.screenshot())) > 20, "the crop shows something"
    page.keyboard.press("Enter")
    assert not page.is_visible("#m2d")


def test_a_finding_leads_to_its_row(page: Any) -> None:
    page.click("#findings .torow >> nth=0")
    row = page.evaluate("location.hash")
    page.wait_for_function(f"() => !document.querySelector('{row}').classList.contains('closed')")
    assert page.is_visible(f"{row}d")


def test_findings_show_pictures_that_load(page: Any) -> None:
    sizes = page.eval_on_selector_all(
        ".shot img", "all => all.map(i => i.decode().then(() => i.naturalWidth))"
    )
    assert len(sizes) >= len([f for f in audited(REPORT).report.findings if f.bbox])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_bars_the_way(browser: Any, address: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python"
    )
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    opened = context.new_page()
    opened.goto(address)
    for n in (1, 3):
        opened.click(f"#m{n} .open")
    found = axe.Axe().run(opened).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs over the side"
    context.close()


def test_it_reads_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert opened.is_visible("#m1d")
    assert not opened.is_visible("#dashboard form")
    context.close()


def hostile_page() -> str:
    """Each payload in every place that shows words of a report."""
    one = small_report()
    measures = tuple(
        one.measures[0].model_copy(
            update={
                **dict.fromkeys(("code", "title", "section", "note"), text),
                "status": text,
                "actual": one.measures[0].actual
                and one.measures[0].actual.model_copy(update={"printed": text}),
                "extra": {text: one.measures[0].extra["Owner"].model_copy(update={"printed": text})},
            }
        )
        for text in SCRIPTS
    )
    rows = tuple(
        one.improvements[0].model_copy(update={"title": t, "context": f"• {t}\n{t}", "directorate": t})
        for t in SCRIPTS
    )
    findings = tuple(
        Finding(
            kind=t,
            verdict="contradicted",
            title=t,
            message=t,
            arithmetic=t,
            rule=t,
            causes=(t,),
            expected=(t,),
        )
        for t in SCRIPTS
    )
    unread = tuple(one.unread[0].model_copy(update={"text": t, "reason": t}) for t in SCRIPTS)
    reports = [
        one.model_copy(
            update={
                "measures": measures,
                "improvements": rows,
                "findings": findings,
                "unread": unread,
                "source": one.source.model_copy(update={"file": text}),
                "report": one.report.model_copy(update={"organisation": text, "title": text}),
                "notes": SCRIPTS,
            }
        )
        for text in SCRIPTS[:2]
    ]
    return audits_html(
        [Audited(report, rule=SCRIPTS[0], readings=((SCRIPTS[1], SCRIPTS[2]),)) for report in reports], {}
    )


def test_no_text_of_a_report_is_run(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    text = hostile_page()
    file.write_text(text, encoding="utf-8")
    # without the policy, so that escaping has to hold by itself
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.goto(file.as_uri())
    opened.hover("h1")
    opened.click("#r1m1 .open")
    assert opened.evaluate("typeof window.ran") == "undefined"
    tags = opened.evaluate(
        "[...new Set([...document.querySelectorAll('*')].map(e => e.tagName.toLowerCase()))]"
    )
    assert not set(tags) & {"iframe", "math", "object", "embed", "video", "base", "template", "style>"}
    assert opened.evaluate("document.scripts.length") == 1
    assert opened.evaluate(
        "[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"
    )
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()

"""Makes the pictures of the README and the tutorial from the report that ships with Belisha.

Needs Chromium and the extra dev: ``python docs/make_pictures.py``. Writes docs/pictures/*.png.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from belisha.annotate import annotated
from belisha.demonstration import demo_report
from belisha.original import Original
from belisha.pages.page import audits_html
from belisha.pipeline import read
from belisha.render.audited import Audited

PICTURES = Path(__file__).resolve().parent / "pictures"
LARGEST = 200_000  # bytes
COLOURS = 96
WIDTH, HEIGHT = 1180, 860


def main() -> int:
    """Make all pictures. Returns the exit code."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        print("make_pictures: needs Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    data = demo_report().read_bytes()
    audited = Audited.of(read(data, name="report.pdf"))
    original = Original(data)
    page = audits_html([audited], {audited.report.source.sha256: original})
    for name, picture in (*screens(page, browser), marked_page(audited, original)):
        save(name, picture)
    return 0


def screens(page: str, browser: str) -> Iterator[tuple[str, Image.Image]]:
    """The HTML report: its top, its dashboard with a row open, and how it looks on a dark phone."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        file = Path(folder) / "audit.html"
        file.write_text(page, encoding="utf-8")
        chromium = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        opened = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        opened.goto(file.as_uri())
        yield "html-report", shot(opened)
        opened.select_option('#dashboard [data-for="sort"]', "Verdict")
        opened.click("#dashboard tbody .open >> nth=0")
        opened.evaluate("document.getElementById('dashboard').scrollIntoView()")
        yield "html-dashboard", shot(opened)
        phone = chromium.new_page(viewport={"width": 390, "height": HEIGHT}, color_scheme="dark")
        phone.goto(file.as_uri())
        phone.evaluate("document.querySelector('.finding').scrollIntoView()")
        yield "html-phone", shot(phone)
        chromium.close()


def shot(page: Any) -> Image.Image:
    """What the window shows."""
    page.evaluate("document.activeElement && document.activeElement.blur()")
    return Image.open(io.BytesIO(page.screenshot()))


def marked_page(audited: Audited, original: Original) -> tuple[str, Image.Image]:
    """The page with the first accusation, marked, as PDFium draws it."""
    import pypdfium2

    made = annotated(original, audited.report, name="report.pdf")
    number = next(f.page for f in audited.report.findings if f.verdict == "contradicted" and f.page)
    picture: Image.Image = pypdfium2.PdfDocument(made)[number - 1].render(scale=1.4).to_pil()
    return "marked-page", picture


def save(name: str, picture: Image.Image) -> None:
    """As a PNG of few colours. Raises ValueError if it is larger than a README should carry."""
    file = PICTURES / f"{name}.png"
    PICTURES.mkdir(exist_ok=True)
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file.name} has {file.stat().st_size:,} bytes, more than {LARGEST:,}")
    print(f"{file.name}: {few.width} x {few.height}, {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())

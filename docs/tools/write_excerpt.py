"""Puts the accusations that ``belisha demo`` prints into README.md, between its two marks. Run by ``make docs``."""

from __future__ import annotations

import re
from pathlib import Path

from belisha.demonstration import demo_report
from belisha.pipeline import read
from belisha.render import render_audits
from belisha.render.audited import Audited

README = Path(__file__).resolve().parents[2] / "README.md"
MARKED = re.compile(r"(<!-- excerpt[^>]*-->\n)(.*)(<!-- /excerpt -->)", re.S)


def excerpt() -> str:
    """The accusations in the demo's output as a fenced block."""
    audited = Audited.of(read(demo_report()))
    shown = render_audits([audited], "table", several=False, show_all=False, look=(80, False))
    accusations = next(block for block in shown.split("\n\n") if block.startswith("CONTRADICTED"))
    return f"```text\n{accusations}\n```\n"


def page() -> str:
    """README.md as it should be."""
    fresh = excerpt()
    return MARKED.sub(lambda found: found[1] + fresh + found[3], README.read_text(encoding="utf-8"))


if __name__ == "__main__":
    README.write_text(page(), encoding="utf-8")

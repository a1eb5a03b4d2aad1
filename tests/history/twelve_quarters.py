"""Three years of quarterly reports of one council that we made up, as PDFs, with every event planted in them.

The plan is data; what is drawn follows from it, and so does the truth.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

COUNCIL = "Tarnvale District Council"
RULE = {
    "Green": "target met or exceeded",
    "Amber": "within 5% of target",
    "Red": "more than 5% worse than target",
}
NEW_RULE = {**RULE, "Amber": "within 10% of target", "Red": "more than 10% worse than target"}
RULE_CHANGES_AT = 9  # number of the report, from 1
WITHOUT_PREVIOUS = (11,)  # reports that print no earlier figure
TITLES = (
    "Planning applications decided on time", "Repairs finished at the first visit", "Missed bins per 100,000 collections",
    "Council tax gathered by direct debit", "Invoices paid within thirty days", "Calls answered within a minute",
    "Empty homes brought back into use", "Food premises rated good or better", "Days lost to sickness for each employee",
    "Streets found free of litter", "Library loans for each resident", "Grants to village halls paid out",
    "Trees planted on council land", "Parking appeals that were upheld", "Allotments let",
    "Fly-tips cleared within two days", "Benefit claims settled within a fortnight", "Museum visitors",
    "Leisure members who stay a year", "Residents content with the council",
)  # fmt: skip
LOW = frozenset((3, 9, 14))  # numbers of measures for which low is good
COUNTS = frozenset((7, 13, 15, 18))  # numbers of measures that are counts, not percentages
ANNUAL = 20  # the number of the one that is reported at year's end only

Event = tuple[str, str, str]  # kind, code as it is at the end, period


@dataclass
class Row:
    """One measure in one report, as it is to be drawn."""

    code: str
    title: str
    good_is: str
    previous: str
    actual: str
    target: str
    status: str
    arrow: str


@dataclass
class Drawn:
    """One report of the series."""

    number: int
    pdf: bytes
    rows: list[Row]


@dataclass
class Plan:
    """What happens to the measures, by number of the report (1 to 12)."""

    retitled: dict[int, tuple[int, str]] = field(
        default_factory=lambda: {
            4: (4, "Council tax collected by direct debit"),
            7: (8, "Vacant dwellings brought back into use"),
        }
    )
    recoded: dict[int, tuple[int, str]] = field(
        default_factory=lambda: {5: (6, "TV 35"), 7: (8, "TV 37"), 10: (7, "TV 40")}
    )
    formerly: frozenset[int] = frozenset((10,))  # the new code names the old one
    restated: dict[int, tuple[int, int]] = field(default_factory=lambda: {2: (3, 7), 11: (9, -4)})
    targets: dict[int, tuple[int, int]] = field(default_factory=lambda: {5: (7, 6), 6: (5, -8), 16: (9, 3)})
    gone: dict[int, int] = field(default_factory=lambda: {12: 7, 14: 10})
    told: frozenset[int] = frozenset((14,))  # and the report says so
    wrong_arrow: tuple[int, int] = (1, 11)
    late: int = 21  # a measure that begins later
    late_from: int = 5
    reused: int = 11  # the report in which the code of a measure that went is given to another


def period(number: int) -> str:
    """The period of a report by its number."""
    year, quarter = 2013 + (number - 1) // 4, (number - 1) % 4 + 1
    return f"{year}/{(year + 1) % 100:02d} Q{quarter}"


def truth(plan: Plan) -> set[Event]:
    """Every event that the series holds."""
    code = {n: plan.recoded.get(n, (0, f"TV {n:02d}"))[1] for n in range(1, 22)}
    found: set[Event] = {("renamed", code[n], period(at)) for n, (at, _) in plan.retitled.items()}
    found |= {("recoded", code[n], period(at)) for n, (at, _) in plan.recoded.items()}
    found |= {("restated", code[n], period(at - 1)) for n, (at, _) in plan.restated.items()}
    for n, (at, _) in plan.targets.items():
        year = period(at).split()[0]
        found.add(("new-year-target" if at % 4 == 1 else "target-moved", code[n], year))
    found |= {
        ("dropped-and-said" if n in plan.told else "dropped", code[n], period(at))
        for n, at in plan.gone.items()
    }
    found |= {("added", code[plan.late], period(plan.late_from)), ("added", code[ANNUAL], period(4))}
    found.add(("rule-changed", "", period(RULE_CHANGES_AT)))
    found.add(("direction-contradicted", code[plan.wrong_arrow[0]], period(plan.wrong_arrow[1])))
    return found


def draw(plan: Plan | None = None) -> list[Drawn]:
    """The twelve reports."""
    plan = plan or Plan()
    rng = Random("tarnvale")  # noqa: S311 - figures for a drawing
    figures = {n: _figures(n, rng) for n in range(1, 23)}
    return [_report(number, plan, figures) for number in range(1, 13)]


def _figures(n: int, rng: Random) -> list[Decimal]:
    """Twelve figures that always move by more than their rounding."""
    start = Decimal(rng.randrange(300, 900)) if n in COUNTS else Decimal(rng.randrange(550, 900)) / 10
    step = 10 if n in COUNTS else 1
    found = [start]
    while len(found) < 12:
        move = Decimal(rng.choice((-3, -2, 2, 3))) * step + (
            0 if n in COUNTS else Decimal(rng.randrange(-4, 5)) / 10
        )
        found.append(found[-1] + move)
    return found


def _report(number: int, plan: Plan, figures: dict[int, list[Decimal]]) -> Drawn:
    rows = []
    for n in range(1, 22):
        if number >= plan.gone.get(n, 99) or (n == plan.late and number < plan.late_from):
            continue
        if n == ANNUAL and number % 4:
            continue
        rows.append(_row(n, number, plan, figures))
    if number >= plan.reused:
        reused = _row(22, number, plan, figures)
        reused.code, reused.title = "TV 12", "Average cost of a planning appeal in pounds"
        rows.append(reused)
    return Drawn(number, _paint(number, rows, plan), rows)


def _row(n: int, number: int, plan: Plan, figures: dict[int, list[Decimal]]) -> Row:
    at, renamed = plan.retitled.get(n, (99, ""))
    title = (
        renamed
        if number >= at
        else (TITLES[n - 1] if n <= len(TITLES) else "Play areas inspected each month")
    )
    at, recoded = plan.recoded.get(n, (99, ""))
    code = recoded if number >= at else f"TV {n:02d}"
    if number >= at and n in plan.formerly:
        title += f" (formerly TV {n:02d})"
    target = figures[n][0] + (5 if n in COUNTS else Decimal("0.5"))
    at, move = plan.targets.get(n, (99, 0))
    if number >= at:
        target += move * (10 if n in COUNTS else 1)
    now = figures[n][number - 1]
    steps = 4 if n == ANNUAL else 1
    before = figures[n][number - 1 - steps] if number > steps else None
    restated_at, by = plan.restated.get(n, (0, 0))
    if before is not None and number == restated_at:
        before += by
    good_is = "Low" if n in LOW else "High"
    better = before is not None and (now < before if good_is == "Low" else now > before)
    arrow = "" if before is None or n == ANNUAL else ("▲" if better else "▼")
    if (n, number) == plan.wrong_arrow:
        arrow = "▼" if better else "▲"
    previous = "" if before is None or number in WITHOUT_PREVIOUS or n == ANNUAL else _printed(n, before)
    return Row(
        code,
        title,
        good_is,
        previous,
        _printed(n, now),
        _printed(n, target),
        _status(n, number, now, target),
        arrow,
    )


def _printed(n: int, figure: Decimal) -> str:
    return f"{figure:,.0f}" if n in COUNTS else f"{figure:.1f}%"


def _status(n: int, number: int, now: Decimal, target: Decimal) -> str:
    variance = (now - target) / target * 100 * (-1 if n in LOW else 1)
    if variance >= 0:
        return "Green"
    return "Amber" if variance >= (-10 if number >= RULE_CHANGES_AT else -5) else "Red"


def _paint(number: int, rows: list[Row], plan: Plan) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    year, quarter = period(number).split()
    styles = getSampleStyleSheet()
    flow = [
        Paragraph(COUNCIL, styles["Heading1"]),
        Paragraph("Overview Committee", styles["Heading2"]),
        Paragraph(f"Quarter {quarter[1]} Performance Report {year}", styles["Heading2"]),
        Paragraph("How each measure is rated:", styles["BodyText"]),
    ]
    rule = NEW_RULE if number >= RULE_CHANGES_AT else RULE
    flow += [Paragraph(f"{status}: {words}", styles["BodyText"]) for status, words in rule.items()]
    flow.append(
        Paragraph(
            "Direction of travel: Up means better than the last quarter, Down means worse.",
            styles["BodyText"],
        )
    )
    for n, at in plan.gone.items():
        if n in plan.told and number == at:
            flow.append(
                Paragraph(
                    f"TV {n:02d} is no longer collected, since the service has ended.", styles["BodyText"]
                )
            )
    flow.append(Spacer(1, 10))
    before = period(number - 1) if number > 1 else None
    with_previous = before is not None and number not in WITHOUT_PREVIOUS
    head = ["Code", "Measure", "Good is"]
    if with_previous and before is not None:
        head.append(f"{before.split()[1]} {before.split()[0]}")
    head += [f"{quarter} {year}", f"Target {quarter}", "Status", "Direction of travel"]
    table = [head]
    words = {"▲": "Up", "▼": "Down", "": ""}
    for row in rows:
        cells = [row.code, row.title, row.good_is]
        if with_previous:
            cells.append(row.previous)
        table.append([*cells, row.actual, row.target, row.status, words[row.arrow]])
    drawn = Table(table, repeatRows=1, colWidths=[50, 260, 50, *[75] * (len(head) - 3)])
    drawn.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTSIZE", (0, 0), (-1, -1), 8)])
    )
    flow.append(drawn)
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4), invariant=1).build(flow)
    return out.getvalue()

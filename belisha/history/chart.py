"""Series drawn into one HTML page that needs nothing else: no scripts, no fonts, no network.

Each measure has a line of its figures with the target as a dashed one, a band behind each period tinted by its
printed status, a dot for each figure in its status's shape, and a hollow ring where a figure was printed
before it was restated. A table under the drawing says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape

from msgspec import Struct

from belisha.history.moments import Moment
from belisha.history.points import Printed
from belisha.history.remarks import notes, remarks
from belisha.history.series_view import SeriesView
from belisha.safe_text import one_line

WIDTH, HEIGHT = 720, 260  # of a drawing, in pixels of the page at its natural size
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 44
TICKS = 5  # lines across a drawing, about
_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:52rem;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2.2rem 0 .2rem}p.names{margin:.1rem 0;color:#555}p.note{margin:.5rem 0}
div.drawing{overflow-x:auto}svg{width:100%;min-width:34rem;height:auto}td:first-child{white-space:nowrap}
table{border-collapse:collapse;font-size:.85rem;width:100%}
th,td{text-align:left;padding:.15rem .5rem;border-bottom:1px solid #ddd;vertical-align:top}
"""
# inside each drawing, so that it keeps its looks when it is taken out of the page
_DRAWING_STYLE = """
.grid{stroke:#e6e6e6}.figure{stroke:#1f4e79;stroke-width:2;fill:none}
.target{stroke:#555;stroke-width:1.5;stroke-dasharray:6 4;fill:none}.was{fill:#fff;stroke:#a03;stroke-width:1.5}
.link{stroke:#a03;stroke-dasharray:2 2}text{font:11px system-ui,sans-serif;fill:#444}
.green{fill:#2e7d32}.amber{fill:#e69500}.red{fill:#c62828}.blue{fill:#1565c0}.other{fill:#666}
rect.green,rect.amber,rect.red,rect.blue{opacity:.13}
"""
_SHAPES = {"red": "diamond", "amber": "triangle", "green": "circle", "blue": "square"}


class _Scale(Struct, frozen=True):
    """Where periods and figures are drawn."""

    periods: Sequence[Moment]
    low: Decimal
    high: Decimal

    def x(self, period: Moment) -> float:
        room = WIDTH - LEFT - RIGHT
        return LEFT + room * (self.periods.index(period) + 0.5) / len(self.periods)

    def y(self, figure: Decimal) -> float:
        part = (figure - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - float(part) * (HEIGHT - TOP - BOTTOM)


def page(found: Sequence[SeriesView]) -> str:
    """The page for these series, in order."""
    bodies = list(dict.fromkeys(series.organisation for series in found))
    whose = _text(bodies[0]) if len(bodies) == 1 else f"{len(bodies)} organisations"
    title = f"{whose}: {_text(found[0].title) if len(found) == 1 else f'{len(found)} measures'}"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title if len(found) > 1 else whose}</h1>",
        (
            '<p class="names">Line: figures. Dashed: target. Dots: ● green, ▲ amber, ◆ red, ■ blue, as printed.'
            " Hollow red: what was printed before a restatement.</p>"
        ),
    ]
    parts += [_one(series, named=len(bodies) > 1) for series in found]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _one(series: SeriesView, *, named: bool) -> str:
    head = f"<h2>{_text(' '.join(filter(None, (series.code, series.title))))}</h2>"
    names = [t for t in series.titles if t != series.title]
    codes = [c for c in series.codes if c != series.code]
    also = [
        series.organisation if named else "",
        f"{series.good_is} is good" if series.good_is else "",
        f"also printed as: {'; '.join(names)}" if names else "",
        f"earlier codes: {', '.join(codes)}" if codes else "",
    ]
    lines = "".join(f'<p class="names">{_text(line)}</p>' for line in also if line)
    after = "".join(f'<p class="note">{_text(note)}</p>' for note in notes(series))
    return f"<section>{head}{lines}{_drawing(series)}{_table(series)}{after}</section>"


def drawable(series: SeriesView) -> list[Moment]:
    """The periods with a figure or a target. Whole years have no place among quarters and are left to the table."""
    found = [p for p in series.periods if _figure(series, p, "actual") or _figure(series, p, "target")]
    parts = [p for p in found if p.span != "year"]
    return parts or found


def _drawing(series: SeriesView) -> str:
    periods = drawable(series)
    figures = [
        one.value.value
        for p in periods
        for field in ("actual", "target")
        for one in series.printed(p, field)
        if one.value is not None and one.value.value is not None
    ]
    figures += [t for p in periods if (t := _target(series, p)) is not None]
    if not figures:
        return "<p>No figure to draw.</p>"
    scale, step = _scale(periods, min(figures), max(figures))
    pieces = [
        *_axes(scale, step, _unit(series)),
        *_bands(series, scale),
        _line([(p, _target(series, p)) for p in periods], scale, "target"),
        _line([(p, _figure(series, p, "actual")) for p in periods], scale, "figure"),
        *_dots(series, scale),
    ]
    style = f"<style>{_DRAWING_STYLE}</style>"
    label = _text(f"{series.title}: {len(periods)} periods from {periods[0]} to {periods[-1]}")
    return (
        f'<div class="drawing"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{style}'
        f"{''.join(pieces)}</svg></div>"
    )


def _scale(periods: Sequence[Moment], low: Decimal, high: Decimal) -> tuple[_Scale, Decimal]:
    """A scale whose ends and steps are round figures, with some room over the highest and under the lowest."""
    room = (high - low) / 10 or abs(high) / 10 or Decimal(1)
    least, most = low - room, high + room
    if low >= 0 > least:
        least = Decimal(0)  # nothing is less than nothing where no figure is
    rough = (most - least) / TICKS
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough)
    first = (least / step).to_integral_value(ROUND_FLOOR) * step
    last = (most / step).to_integral_value(ROUND_CEILING) * step
    return _Scale(periods, first, last), step


def _unit(series: SeriesView) -> str:
    """The unit of the latest figure that has one."""
    units = [
        one.value.unit
        for period in reversed(series.periods)
        if (one := series.in_force(period, "actual")) is not None and one.value is not None and one.value.unit
    ]
    return units[0] if units else ""


def _axes(scale: _Scale, step: Decimal, unit: str) -> list[str]:
    pieces = []
    for n in range(int((scale.high - scale.low) / step) + 1):
        figure = scale.low + step * n
        y = scale.y(figure)
        pieces.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        pieces.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(figure, unit)}</text>')
    if unit not in ("", "percent", "gbp", "number"):
        pieces.append(f'<text x="{LEFT}" y="{TOP - 5}">{_text(unit)}</text>')
    step_ = max(1, len(scale.periods) // 12)
    last = ""
    for period in scale.periods[::step_]:
        year, _, part = str(period).partition(" ")
        x = scale.x(period)
        pieces.append(f'<text x="{x:.1f}" y="{HEIGHT - 26}" text-anchor="middle">{part or year}</text>')
        if part and year != last:
            pieces.append(f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{year}</text>')
        last = year
    return pieces


def _bands(series: SeriesView, scale: _Scale) -> list[str]:
    """A tint behind each period in the colour of the status that was printed for it."""
    wide = (WIDTH - LEFT - RIGHT) / len(scale.periods)
    pieces = []
    for period in scale.periods:
        kind = _kind(series.in_force(period, "status"))
        if kind != "other":
            x = scale.x(period) - wide / 2
            pieces.append(
                f'<rect class="{kind}" x="{x:.1f}" y="{TOP}" width="{wide:.1f}" height="{HEIGHT - TOP - BOTTOM}"/>'
            )
    return pieces


def _line(points: Sequence[tuple[Moment, Decimal | None]], scale: _Scale, kind: str) -> str:
    """A line that breaks where a period has no figure."""
    path, pen = "", "M"
    for period, figure in points:
        if figure is None:
            pen = "M"
            continue
        path += f"{pen}{scale.x(period):.1f},{scale.y(figure):.1f}"
        pen = "L"
    return f'<path class="{kind}" d="{path}"/>' if path else ""


def _dots(series: SeriesView, scale: _Scale) -> list[str]:
    pieces = []
    for period in scale.periods:
        holds = series.in_force(period, "actual")
        if holds is None or holds.value is None or holds.value.value is None:
            continue
        x, y = scale.x(period), scale.y(holds.value.value)
        for one in series.printed(period, "actual"):
            figure = one.value.value if one.value else None
            if figure is not None and figure != holds.value.value:
                was = scale.y(figure)
                tip = _text(f"{period}: {one.printed} in {one.whence}, restated")
                pieces.append(f'<line class="link" x1="{x:.1f}" x2="{x:.1f}" y1="{was:.1f}" y2="{y:.1f}"/>')
                pieces.append(
                    f'<circle class="was" cx="{x:.1f}" cy="{was:.1f}" r="4"><title>{tip}</title></circle>'
                )
        kind = _kind(series.in_force(period, "status"))
        tip = _text(f"{period}: {holds.printed} in {holds.whence}")
        pieces.append(f'<path class="{kind}" d="{_shape(kind, x, y)}"><title>{tip}</title></path>')
    return pieces


def _shape(kind: str, x: float, y: float) -> str:
    shape = _SHAPES.get(kind, "circle")
    if shape == "diamond":
        return f"M{x:.1f},{y - 6:.1f}l6,6l-6,6l-6,-6z"
    if shape == "triangle":
        return f"M{x:.1f},{y - 6:.1f}l6,10h-12z"
    if shape == "square":
        return f"M{x - 5:.1f},{y - 5:.1f}h10v10h-10z"
    return f"M{x - 5:.1f},{y:.1f}a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z"


def _kind(status: Printed | None) -> str:
    return status.word if status is not None and status.word in _SHAPES else "other"


def _figure(series: SeriesView, period: Moment, field: str) -> Decimal | None:
    found = series.in_force(period, field)
    return found.value.value if found is not None and found.value is not None else None


def _target(series: SeriesView, period: Moment) -> Decimal | None:
    """The period's own target, else that of its year."""
    own = _figure(series, period, "target")
    return own if own is not None else _figure(series, period.whole_year, "year_end_target")


def _table(series: SeriesView) -> str:
    rows = []
    for period in series.periods:
        cells = [str(period)]
        for field in ("actual", "target", "status"):
            holds = series.in_force(period, field)
            cells.append(holds.printed if holds else "")
        cells.append(remarks(series, period))
        rows.append("<tr>" + "".join(f"<td>{_text(c)}</td>" for c in cells) + "</tr>")
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("period", "figure", "target", "status", "remarks")
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _short(figure: Decimal, unit: str) -> str:
    size = abs(figure)
    if size >= 1_000_000:
        words = f"{(figure / 1_000_000).normalize():f}m"
    else:
        whole = figure == figure.to_integral_value()
        words = f"{figure:,.0f}" if whole else f"{figure.normalize():,f}"
    if unit == "gbp":
        return f"£{words}" if figure >= 0 else f"-£{words[1:]}"
    return words + ("%" if unit == "percent" else "")


def _text(words: str) -> str:
    return escape(one_line(words), quote=True)

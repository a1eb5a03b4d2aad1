"""Series drawn into one HTML page that needs nothing else: no scripts, no fonts, no network.

Each measure has a line of its figures with the target as a dashed one, a band behind each period tinted by its
printed status, a dot for each figure in its status's shape, and a hollow ring where a figure was printed
before it was restated. A table under the drawing says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from belisha.history.history import SeriesView
from belisha.history.moments import Moment
from belisha.history.points import Printed
from belisha.safe_text import one_line

WIDTH, HEIGHT = 720, 260  # of a drawing, in pixels of the page at its natural size
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 44
TICKS = 4
_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:52rem;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2.2rem 0 .2rem}p.names{margin:.1rem 0;color:#555}
svg{width:100%;height:auto}table{border-collapse:collapse;font-size:.85rem;width:100%}
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


@dataclass(frozen=True)
class _Scale:
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
    title = (
        f"{_text(found[0].organisation)}: {_text(found[0].title)}"
        if len(found) == 1
        else f"{len(found)} measures"
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>",
        (
            '<p class="names">Line: figures. Dashed: target. Dots: ● green, ▲ amber, ◆ red, ■ blue, as printed.'
            " Hollow red: what was printed before a restatement.</p>"
        ),
    ]
    parts += [_one(series) for series in found]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _one(series: SeriesView) -> str:
    head = f"<h2>{_text(series.code or '')} {_text(series.title)}</h2>"
    names = [t for t in series.titles if t != series.title]
    also = f'<p class="names">also printed as: {_text("; ".join(names))}</p>' if names else ""
    return f"<section>{head}{also}{_drawing(series)}{_table(series)}</section>"


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
    low, high = min(figures), max(figures)
    room = (high - low) / 10 or abs(high) / 10 or Decimal(1)
    scale = _Scale(periods, low - room, high + room)
    pieces = [
        *_axes(scale),
        *_bands(series, scale),
        _line([(p, _target(series, p)) for p in periods], scale, "target"),
        _line([(p, _figure(series, p, "actual")) for p in periods], scale, "figure"),
        *_dots(series, scale),
    ]
    style = f"<style>{_DRAWING_STYLE}</style>"
    label = _text(f"{series.title}: {len(periods)} periods from {periods[0]} to {periods[-1]}")
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{style}{"".join(pieces)}</svg>'
    )


def _axes(scale: _Scale) -> list[str]:
    pieces = []
    for n in range(TICKS + 1):
        figure = scale.low + (scale.high - scale.low) * n / TICKS
        y = scale.y(figure)
        pieces.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        pieces.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(figure)}</text>')
    step = max(1, len(scale.periods) // 12)
    last = ""
    for period in scale.periods[::step]:
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
                tip = _text(f"{period}: {one.printed} in {one.vintage.name}, restated")
                pieces.append(f'<line class="link" x1="{x:.1f}" x2="{x:.1f}" y1="{was:.1f}" y2="{y:.1f}"/>')
                pieces.append(
                    f'<circle class="was" cx="{x:.1f}" cy="{was:.1f}" r="4"><title>{tip}</title></circle>'
                )
        kind = _kind(series.in_force(period, "status"))
        tip = _text(f"{period}: {holds.printed}, {holds.vintage.name}")
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
            printed = series.printed(period, field)
            holds = series.in_force(period, field)
            shown = holds.printed if holds else ""
            before = [p.printed for p in printed if holds is not None and p.printed != holds.printed]
            cells.append(shown + (f" (was {', '.join(dict.fromkeys(before))})" if before else ""))
        rows.append("<tr>" + "".join(f"<td>{_text(c)}</td>" for c in cells) + "</tr>")
    head = "".join(f'<th scope="col">{name}</th>' for name in ("period", "figure", "target", "status"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _short(figure: Decimal) -> str:
    size = abs(figure)
    if size >= 1_000_000:
        return f"{figure / 1_000_000:.3g}m"
    return f"{figure:,.0f}" if size >= 100 else f"{figure:.3g}"


def _text(words: str) -> str:
    return escape(one_line(words), quote=True)

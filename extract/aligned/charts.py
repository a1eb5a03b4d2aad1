"""Where charts stand on a page, so that their labels are not taken for cells."""

from __future__ import annotations

from extract.page.parts import RawPage

Area = tuple[float, float, float, float]
SMALLEST = (60.0, 12.0)  # points; what is smaller is a symbol or a sparkline in a cell
MARGIN_X, MARGIN_Y = 12.0, 26.0  # points around a chart without a frame that its labels take
NEAR = 4.0  # points
LARGEST = 0.6  # share of the page that the frame of a chart covers at most


def chart_areas(page: RawPage) -> list[Area]:
    """The frames of charts drawn by slanted lines, or the lines' own boxes with room for labels."""
    areas: list[Area] = []
    frames = [*page.frames, *((f.x0, f.top, f.x1, f.bottom) for f in page.fills)]
    for box in _joined(page.drawings):
        if box[2] - box[0] < SMALLEST[0] or box[3] - box[1] < SMALLEST[1]:
            continue
        around = [f for f in frames if _holds(f, box) and _area(f) <= LARGEST * page.width * page.height]
        if around:
            areas.append(min(around, key=_area))
        else:
            areas.append((box[0] - MARGIN_X, box[1] - MARGIN_Y, box[2] + MARGIN_X, box[3] + MARGIN_Y))
    return areas


def _joined(boxes: list[Area]) -> list[Area]:
    """Strokes that touch, as the pieces of one line do, taken together."""
    joined: list[Area] = []
    for box in sorted(boxes):
        if (
            joined
            and box[0] <= joined[-1][2] + NEAR
            and box[1] <= joined[-1][3] + NEAR
            and box[3] >= joined[-1][1] - NEAR
        ):
            last = joined[-1]
            joined[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            joined.append(box)
    return joined


def _holds(frame: Area, box: Area) -> bool:
    return (
        frame[0] <= box[0] + 1
        and frame[1] <= box[1] + 1
        and frame[2] >= box[2] - 1
        and frame[3] >= box[3] - 1
    )


def _area(box: Area) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])

"""The chart of a report as SVG: what the Desk draws with frappe-charts, drawn for pages and files.

pygal finds the places. Its style sheet, script and metadata are left out: colours and sizes stand at the elements, so
that engines without style sheets draw the same, and pages change them by class.
"""

from __future__ import annotations

from xml.etree import ElementTree

from sm_planner.reports.lettering import fit, width
from sm_planner.reports.quantities import number
from sm_planner.reports.table import Chart, Day, Translate, in_english, translated

WIDTH = 720
SIZE, LABEL_ROOM = 11, 230
"""Size of all texts, and how long a label may be before it is cut; the description has it in full."""
_UPRIGHT, _UPRIGHT_LABEL = 6, 14
"""Bars stand upright while there are few, with short labels; otherwise they lie."""
_HEIGHT, _BAR, _BARS_APART, _AXIS, _LEGEND = 220, 16, 12, 36, 26
_INK, _SOFT, _LINE, _PAPER = "#1b2530", "#45515c", "#c3ccd3", "#ffffff"
_FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"


def draw(chart: Chart, id: str, translate: Translate = in_english, write: Day = str) -> str:
    """The chart as an element of a page. id: unique there, and the same between runs. write: how the reader writes days and numbers."""
    labels = [str(translated(label, translate, write)) for label in chart.labels]
    names = [str(translated(dataset.name, translate, write)) for dataset in chart.datasets]
    lying = len(labels) > _UPRIGHT or max(map(len, labels), default=0) > _UPRIGHT_LABEL
    placed, height = _placed(chart, labels, names, lying, write)
    title = str(translated(chart.title, translate, write)) if chart.title else ", ".join(names)
    root = named(id, height, title, _told(chart, labels, names, translate, write))
    for group in placed.iter("g"):
        kinds = group.get("class", "").split()
        if kinds == ["plot"]:
            root.append(_plot(group, chart, lying))
        elif kinds == ["legends"]:
            root.append(_legends(group, chart))
    return ElementTree.tostring(root, encoding="unicode")


def _told(chart: Chart, labels: list[str], names: list[str], translate: Translate, write: Day) -> str:
    """The reading and every value: what the picture shows, for who cannot see it."""
    rows = (
        f"{label}: "
        + ", ".join(
            f"{name} {write(number(dataset.values[position]))}"
            for name, dataset in zip(names, chart.datasets, strict=True)
        )
        for position, label in enumerate(labels)
    )
    reading = [str(translated(chart.reading, translate, write))] if chart.reading else []
    return " ".join([*reading, f"{'; '.join(rows)}."])


def _placed(
    chart: Chart, labels: list[str], names: list[str], lying: bool, write: Day
) -> tuple[ElementTree.Element, int]:
    """The chart as pygal places it, and its height."""
    import pygal

    kinds = {
        (False, False): pygal.Bar,
        (False, True): pygal.HorizontalBar,
        (True, False): pygal.StackedBar,
        (True, True): pygal.HorizontalStackedBar,
    }
    bars = 1 if chart.stacked else len(names)
    height = _AXIS + len(labels) * (bars * _BAR + _BARS_APART) if lying else _HEIGHT
    height += _LEGEND * (len(names) > 1)
    style = pygal.style.Style(
        label_font_size=SIZE, major_label_font_size=SIZE, legend_font_size=SIZE, font_family=_FONT
    )
    plot = kinds[chart.stacked, lying](
        width=WIDTH,
        height=height,
        style=style,
        show_legend=len(names) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=len(names),
        legend_box_size=10,
        margin=6,
        margin_right=44,
        spacing=8,
        formatter=lambda value: write(number(value)),
        value_formatter=lambda value: write(number(value)),
        max_scale=6,
    )
    order = -1 if lying else 1  # pygal begins at the bottom
    plot.x_labels = [fit(label, LABEL_ROOM, SIZE) for label in labels][::order]
    for name, dataset in zip(names, chart.datasets, strict=True):
        plot.add(name, list(dataset.values)[::order])
    steps = _whole_steps(chart)
    if steps:
        plot.y_labels = steps
    return plot.render_tree(), height


def _whole_steps(chart: Chart) -> list[int]:
    """The steps of the axis where small counts would get halves."""
    values = [dataset.values for dataset in chart.datasets]
    if any(value != int(value) or value < 0 for row in values for value in row):
        return []
    highest = max((sum(row) if chart.stacked else max(row) for row in zip(*values, strict=True)), default=0)
    return list(range(int(highest) + 1)) if 0 < highest < 6 else []


def named(id: str, height: int, title: str, told: str, kind: str = "chart") -> ElementTree.Element:
    """An empty picture with its title and what it tells, for who listens to the page. kind: its classes."""
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": kind,
            "id": id,
            "role": "img",
            "aria-labelledby": f"{id}-title {id}-desc",
            "viewBox": f"0 0 {WIDTH} {height}",
            "width": str(WIDTH),
            "height": str(height),
            "font-family": _FONT,
            "font-size": str(SIZE),
        },
    )
    for tag, text in (("title", title), ("desc", told)):
        ElementTree.SubElement(root, tag, {"id": f"{id}-{tag}"}).text = text
    return root


def _plot(plot: ElementTree.Element, chart: Chart, lying: bool) -> ElementTree.Element:
    """The axes and bars of a plot, with colours and anchors."""
    made = ElementTree.Element("g", {"transform": plot.get("transform")})
    for group in plot:
        kinds = group.get("class", "").split()
        if "axis" in kinds:
            anchor = "end" if "y" in kinds else "middle"
            for item in group.iter():
                if item.tag == "path":
                    ElementTree.SubElement(
                        made, "path", {"class": "rule", "d": item.get("d"), "fill": "none", "stroke": _LINE}
                    )
                elif item.tag == "text":
                    _text(made, item.text, item.get("x"), item.get("y"), _SOFT, "axis", anchor)
        elif "series" in kinds:
            colour = chart.colors[_position(kinds[1]) % len(chart.colors)]
            alone = len(chart.datasets) == 1
            for bar in group.iter("g"):
                if bar.get("class") == "bar":
                    _bar(made, bar, colour, alone, lying)
    return made


def _bar(made: ElementTree.Element, bar: ElementTree.Element, colour: str, alone: bool, lying: bool) -> None:
    """A bar with its value: in it where there is room, or behind it if nothing stands there."""
    rect = bar.find("rect")
    x, y, wide, high = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
    value = next(desc.text or "" for desc in bar.iter("desc") if desc.get("class") == "value")
    if min(wide, high) < 0.05:
        if alone and lying:
            _text(made, value, x + 4, y + high / 2 + 4, _INK, "label", "start")
        return
    place = {"x": f"{x:.2f}", "y": f"{y:.2f}", "width": f"{wide:.2f}", "height": f"{high:.2f}"}
    ElementTree.SubElement(made, "rect", {"class": "bar", **place, "fill": colour})
    if width(value, SIZE) + 6 <= wide and high >= SIZE + 3:
        _text(made, value, x + wide / 2, y + high / 2 + 4, _PAPER, "on-bar", "middle")
    elif alone and lying:
        _text(made, value, x + wide + 4, y + high / 2 + 4, _INK, "label", "start")
    elif alone:
        _text(made, value, x + wide / 2, y - 4, _INK, "label", "middle")


def _legends(legends: ElementTree.Element, chart: Chart) -> ElementTree.Element:
    made = ElementTree.Element("g", {"transform": legends.get("transform")})
    for legend in legends:
        box, text = legend.find("rect"), legend.find("text")
        place = {name: box.get(name) for name in ("x", "y", "width", "height")}
        colour = chart.colors[_position(legend.get("id")) % len(chart.colors)]
        ElementTree.SubElement(made, "rect", {"class": "bar", **place, "fill": colour})
        _text(made, text.text, text.get("x"), text.get("y"), _INK, "label", "start")
    return made


def _position(name: str) -> int:
    """Of a data set, by the end of a class or an id of pygal."""
    return int(name.rpartition("-")[2])


def _text(
    made: ElementTree.Element, text: str, x: float | str, y: float | str, fill: str, kind: str, anchor: str
) -> None:
    place = {"x": f"{float(x):.2f}", "y": f"{float(y):.2f}", "text-anchor": anchor}
    ElementTree.SubElement(made, "text", {"class": kind, **place, "fill": fill}).text = text

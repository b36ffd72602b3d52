"""Charts of reports as SVG: named, told in words, without script, and the same each time."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from sm_planner.engine.texts import Text
from sm_planner.reports import REPORTS
from sm_planner.reports.chart import draw
from sm_planner.reports.table import Chart, Dataset

TODAY = date(2027, 2, 1)
SVG = "{http://www.w3.org/2000/svg}"


def chart(*values, labels=("Mail", "Chat"), stacked=False) -> Chart:
    return Chart(
        title=Text("Findings"),
        labels=labels,
        datasets=tuple(Dataset(f"Set {number}", row) for number, row in enumerate(values)),
        colors=("#0b5c6e", "#a3151f"),
        reading=Text("Mail has {0}.", ("3",)),
        stacked=stacked,
    )


def drawn(made: Chart, **options) -> ElementTree.Element:
    return ElementTree.fromstring(draw(made, "c", **options))


def bars(root) -> list[tuple[str, float, float]]:
    """Colour, width and height of the bars that are not the legend's."""
    plot = root.find(f"{SVG}g")
    return [
        (bar.get("fill"), float(bar.get("width")), float(bar.get("height")))
        for bar in plot.iter(f"{SVG}rect")
    ]


def test_a_chart_is_named_and_its_description_reads_every_value():
    root = drawn(chart((3, 1), (0, 2)))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-title c-desc"
    assert root.find(f"{SVG}title").text == "Findings"
    assert root.find(f"{SVG}desc").text == "Mail has 3. Mail: Set 0 3, Set 1 0; Chat: Set 0 1, Set 1 2."


def test_nothing_of_the_drawing_library_stays_but_the_places():
    text = draw(chart((3, 1)), "c")
    for word in ("script", "style", "pygal", "<!--", "tooltip"):
        assert word not in text


@pytest.mark.parametrize("name", REPORTS)
def test_the_chart_of_every_report_is_the_same_each_time(name, example):
    made = REPORTS[name].run(example, TODAY).chart
    assert draw(made, "c") == draw(made, "c")


def test_bars_are_as_long_as_their_values_and_have_the_colours_of_their_sets():
    (first, second), (third, fourth) = (
        bars(drawn(chart((4, 2), (1, 3))))[:2],
        bars(drawn(chart((4, 2), (1, 3))))[2:],
    )
    assert [first[0], third[0]] == ["#0b5c6e", "#a3151f"]
    assert first[2] == pytest.approx(2 * second[2], abs=0.05)
    assert fourth[2] == pytest.approx(3 * third[2], abs=0.05)


def test_long_labels_make_bars_lie_in_the_order_of_the_report():
    root = drawn(chart((4, 1), labels=("A label that is too long to stand", "B")))
    assert [width for _, width, _ in bars(root)][0] < [width for _, width, _ in bars(root)][1]
    places = {text.text: float(text.get("y")) for text in root.iter(f"{SVG}text")}
    assert places["A label that is too long to stand"] < places["B"], "the first is on top"


def test_values_stand_beside_the_colour():
    texts = [text.text for text in drawn(chart((12, 0))).iter(f"{SVG}text")]
    assert "12" in texts


def test_counts_have_no_halves_on_their_axis():
    texts = {text.text for text in drawn(chart((1, 2))).iter(f"{SVG}text")}
    assert {"0", "1", "2"} <= texts
    assert not [text for text in texts if "." in text]


def test_what_is_below_zero_lies_on_the_other_side():
    root = drawn(chart((-50, 50), labels=("A label that is too long to stand", "B")))
    below, above = sorted(float(bar.get("x")) for bar in root.find(f"{SVG}g").iter(f"{SVG}rect"))
    assert below < above


def test_hostile_labels_stay_text():
    hostile = "</svg><script>alert(1)</script>"
    text = draw(chart((1, 1), labels=(hostile, "B")), "c")
    assert "<script" not in text
    assert hostile in ElementTree.fromstring(text).find(f"{SVG}desc").text

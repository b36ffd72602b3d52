"""The reports Change Impact, Sponsorship Cascade and Relationships, and the picture of the cascade."""

from __future__ import annotations

import dataclasses
from datetime import date
from xml.etree import ElementTree

from sm_planner.engine.change.cascade import cascade
from sm_planner.engine.model import Person, Plan
from sm_planner.reports import cascade_picture, change_impact, relationships, sponsorship_cascade

TODAY = date(2026, 12, 14)


def test_the_greatest_change_comes_first(example):
    table = change_impact.report(example, TODAY)

    assert [str(row["impact"]) for row in table.rows] == ["High", "Medium", "Low", "Low", "Low"]
    assert [figure.value for figure in table.summary] == [5, 0, 4, 0]
    assert table.rows[1]["gain"].startswith("About seven hours")
    assert {row["id"] for row in change_impact.report(example, TODAY, impact="High").rows} == {"support"}


def test_a_group_of_which_nothing_is_said_comes_before_all(example):
    left = tuple(one for one in example.change_impacts if one.id not in ("wards", "support"))
    table = change_impact.report(dataclasses.replace(example, change_impacts=left), TODAY)

    assert [row["group_id"] for row in table.rows[:2]] == ["ward-staff", "support-teams"]
    assert str(table.rows[0]["lacks"]).startswith("Nobody has said what changes for")
    assert str(table.message).startswith("Of 2 groups nothing is said.")


def test_relationships_tell_who_spoke_last_and_where_the_score_goes(example):
    table = relationships.report(example, TODAY)
    rows = {row["id"]: row for row in table.rows}

    assert (rows["support-teams"]["scores"], str(rows["support-teams"]["trend"])) == ("4 → 3", "Falling")
    assert (rows["ward-staff"]["score"], str(rows["ward-staff"]["trend"])) == (4, "Rising")
    assert [figure.value for figure in table.summary] == [7, 0, 1, 0]
    assert {row["id"] for row in relationships.report(example, TODAY, kind="Regulator").rows} == {
        "care-inspectorate"
    }


def test_who_was_left_alone_too_long_is_named_first(example):
    later = date(2027, 2, 11)  # ninety-one days after the wards were spoken with
    table = relationships.report(example, later)

    assert {row["id"] for row in table.rows if row["waits"]} == {
        "ward-staff",
        "group-board",
        "care-inspectorate",
    }
    assert str(table.message) == "Speak with “Ward and Theatre Staff” first."


def test_the_cascade_tells_where_support_ends(example):
    table = sponsorship_cascade.report(example, TODAY)

    assert [figure.value for figure in table.summary] == [2, 1, 1, 2]
    assert (
        str(table.message)
        == "Support ends in “Nursing and Medicine” at Middle Management. Close this hole first."
    )
    holes = sponsorship_cascade.report(example, TODAY, show="Nobody").rows
    assert [str(row["level"]) for row in holes] == ["Middle Management", "First Line"]


def test_without_anything_each_report_says_what_to_do():
    for one in (change_impact, relationships, sponsorship_cascade):
        table = one.report(Plan(id="p"), TODAY)
        assert (table.rows, table.chart) == ([], None)
        assert str(table.message)


def test_the_picture_says_in_words_what_it_shows(example):
    drawn = ElementTree.fromstring(cascade_picture.draw(cascade(example, TODAY), "c"))
    kinds = [one.get("class") for one in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    told = drawn.find("{http://www.w3.org/2000/svg}desc").text

    assert (kinds.count("bar"), kinds.count("hole")) == (6, 2)
    assert "Middle Management: Nobody" in told
    assert "First Line: Pádraig Nealon, Only words" in told


def test_what_somebody_is_called_is_text_in_the_picture(example):
    people = tuple(
        dataclasses.replace(one, title="<script>alert(1)</script> & co") if one.id == "orla-kinsella" else one
        for one in example.people
    )
    drawn = cascade_picture.draw(cascade(dataclasses.replace(example, people=people), TODAY), "c")

    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn) is not None


def test_who_could_be_won_is_named():
    asked = tuple(Person(id=str(number), title=f"Person {number}") for number in range(5))
    cell = sponsorship_cascade.Cell("First Line", (), asked)

    assert str(sponsorship_cascade.whom_to_win(cell)) == "Win Person 0, Person 1, Person 2."

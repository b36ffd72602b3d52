"""The frameworks that come with SM Planner, one's own as files, and how an assessment begins by them."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from sm_planner.engine.assessment import frameworks
from sm_planner.engine.assessment.opening import opened
from sm_planner.engine.model import Plan, Process
from sm_planner.engine.model.assessments import AREAS, Assessment
from sm_planner.engine.reading.problems import PlanFileError

OURS = frameworks.shipped()
STAND, FITSM = OURS["where-we-stand"], OURS["fitsm-3"]


@pytest.mark.parametrize("framework", OURS.values(), ids=list(OURS))
def test_each_line_of_ours_tells_five_levels_in_words_of_its_own(framework):
    looks = frameworks.narratives(framework)
    assert len(looks) == len(framework.lines)
    for levels in looks.values():
        assert len(levels) == len(framework.levels) == 5
        assert set(levels).isdisjoint(framework.levels)
    assert framework.version and framework.credit and framework.goal
    assert {row.area for row in framework.lines} <= set(AREAS)


def test_where_we_stand_covers_all_that_is_looked_at():
    counts = Counter(row.area for row in STAND.lines)
    assert len(STAND.lines) == 40
    assert set(counts) == set(AREAS) and min(counts.values()) >= 5
    assert all(row.typical_evidence for row in STAND.lines if row.levels)


def test_fitsm_has_the_codes_that_the_standard_has():
    codes = [row.code for row in FITSM.lines]
    assert all(re.fullmatch(r"(GR[1-7]|PR([1-9]|1[0-4]))\.[1-9]", code) for code in codes)
    sizes = Counter(code.partition(".")[0] for code in codes)
    assert [sizes[f"GR{number}"] for number in range(1, 8)] == [3, 4, 2, 2, 2, 2, 2]
    assert [sizes[f"PR{number}"] for number in range(1, 15)] == [4, 5, 3, 4, 4, 5, 6, 4, 6, 4, 5, 6, 6, 3]
    assert len(codes) == len(set(codes)) == 82
    assert "ITEMO" in FITSM.credit and "CC BY 4.0" in FITSM.credit


@pytest.mark.parametrize("ending", [".yaml", ".xlsx"])
@pytest.mark.parametrize("framework", OURS.values(), ids=list(OURS))
def test_a_framework_reads_back_as_it_was_written(framework, ending):
    assert frameworks.read(frameworks.dump([framework], ending), f"mine{ending}") == (framework,)


def test_a_workbook_that_is_wrong_is_told_at_its_cell():
    book = openpyxl.load_workbook(io.BytesIO(frameworks.dump([STAND], ".xlsx")))
    sheet = book["Assessment Framework Criteria"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(row=3, column=headings.index("Topic") + 1).value = "Weather"
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(PlanFileError) as refused:
        frameworks.read(written.getvalue(), "mine.xlsx")
    (problem,) = refused.value.problems
    column = openpyxl.utils.get_column_letter(headings.index("Topic") + 1)
    assert f"mine.xlsx Assessment Framework Criteria!{column}3" in str(problem.place) or f"{column}3" in str(
        problem.place
    )
    assert "Weather" in str(problem.message)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("[{code: a, title: A}, {code: a, title: B}]", "The line “a” is there twice."),
        ("[{code: a, title: A, levels: [x]}]", "tells 1 levels, not 2"),
        ("[{title: A}]", "Line is missing."),
    ],
)
def test_lines_that_make_no_sense_are_refused_with_their_place(lines, told):
    text = f"assessment_frameworks:\n  - id: mine\n    levels: [No, Yes]\n    lines: {lines}\n"
    with pytest.raises(PlanFileError) as refused:
        frameworks.read(text, "mine.yaml")
    (problem,) = refused.value.problems
    assert told in str(problem.message)
    assert str(problem.place).startswith("mine.yaml:4:")


def test_a_file_of_something_else_is_refused():
    with pytest.raises(PlanFileError, match="is missing"):
        frameworks.read("plan: {id: p}\n", "plan.yaml")


def test_an_assessment_begins_with_the_lines_and_no_level():
    begun = opened(Assessment(id="a", framework=STAND.id), STAND, Plan(id="p"))
    assert [row.code for row in begun.answers] == [row.code for row in STAND.lines]
    assert {(row.score, row.target, row.process) for row in begun.answers} == {(None, 3, "")}
    assert (begun.framework_version, begun.levels, begun.goal) == ("1", STAND.levels, 3)


def test_processes_are_found_by_their_names_and_others_get_lines_of_their_own():
    long = "x" * 40
    plan = Plan(
        id="p",
        processes=(
            Process(id="chg", title="change  MANAGEMENT"),
            Process(id="parking", title="Parking"),
            Process(id=long, title="Long"),
        ),
    )
    begun = opened(Assessment(id="a", framework=STAND.id), STAND, plan)
    linked = {row.process: row for row in begun.answers if row.process}
    assert linked["chg"].code == "prc-change"
    assert (linked["parking"].code, linked["parking"].group) == ("parking", "Processes")
    assert len(linked[long].code) <= 36
    assert len(begun.answers) == 42


def test_each_requirement_of_a_process_is_about_that_process():
    plan = Plan(id="p", processes=(Process(id="chg", title="Change Management (CHM)"),))
    named = replace(plan, processes=(Process(id="chg", title="Change management"),))
    count = [
        sum(row.process == "chg" for row in opened(Assessment(id="a", framework="f"), FITSM, one).answers)
        for one in (plan, named)
    ]
    assert count == [0, 6]


def test_ones_own_goes_before_ours():
    own = replace(STAND, version="2")
    assert frameworks.known(Plan(id="p", assessment_frameworks=(own,)))["where-we-stand"] == own

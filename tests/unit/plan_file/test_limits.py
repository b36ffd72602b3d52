"""Files that are made to cost much: what is told and compared is bounded, whatever stands in them."""

import io
import zipfile

import pytest

from sm_planner.engine import plan_file
from sm_planner.engine.catalogue_import import map_file
from sm_planner.engine.plan_file.workbook_layout import sheets
from sm_planner.engine.reading import problems
from sm_planner.engine.reading.problems import LONGEST_WORD, MAX_PROBLEMS, PlanFileError, Suggestions

MANY = 20_000
HEAD = "plan: {id: p, title: P}\n"


@pytest.fixture
def compared(monkeypatch) -> list[int]:
    """How many words each look for what was meant compared."""
    looks: list[int] = []
    real = problems.closest

    def counting(word, words):
        looks.append(len(words))
        return real(word, words)

    monkeypatch.setattr(problems, "closest", counting)
    return looks


def refused(text: str) -> PlanFileError:
    with pytest.raises(PlanFileError) as found:
        plan_file.loads(text)
    return found.value


def keys(count: int) -> str:
    return "".join(f"x{number}: 1\n" for number in range(count))


FILES = {
    "unknown names": HEAD + keys(MANY),
    "unknown fields": HEAD + "people:\n- id: a\n" + "".join(f"  x{n}: 1\n" for n in range(MANY)),
    "records without what they need": HEAD + "people:\n" + "- {reports_to: a}\n" * MANY,
    "ids given twice": HEAD + "people:\n" + "- {id: a, title: A}\n" * MANY,
    "links to nothing": HEAD
    + "people:\n"
    + "".join(f"- {{id: a{n}, title: A, reports_to: b{n}}}\n" for n in range(MANY)),
    "values of no kind": HEAD
    + "people:\n"
    + "".join(f"- {{id: a{n}, title: A, level: z{n}}}\n" for n in range(MANY)),
    "names twice": HEAD + "title: x\n" * MANY,
    "anchors": HEAD + "people:\n" + "".join(f"- &a{n} {{id: a{n}}}\n" for n in range(MANY)),
    "aliases": HEAD + "people:\n" + "- *a\n" * MANY,
    "tags": HEAD + "people:\n" + "- !!str a\n" * MANY,
}


@pytest.mark.parametrize("kind", FILES)
def test_problems_stop_at_a_limit_and_say_so(kind, compared):
    error = refused(FILES[kind])

    assert len(error.problems) == MAX_PROBLEMS + 1
    assert (
        sum(
            str(problem.message).startswith("Reading stopped after 1,000 problems.")
            for problem in error.problems
        )
        == 1
    )
    assert sum(compared) <= Suggestions.MOST_COMPARED


@pytest.mark.parametrize(
    "text",
    [
        f"{'x' * 1_000_000}: 1\n",
        f"people: [{{id: {'x' * 1_000_000}, title: A}}]\n",
        f"people: [{{id: a, title: A, level: {'x' * 1_000_000}}}]\n",
        f"people: [{{id: a, title: A, reports_to: b{'x' * 90}}}]\nservices: [{{id: s, title: S, support_hours: {'9' * 500_000}}}]\n",
    ],
)
def test_a_problem_does_not_repeat_a_huge_word(text):
    for problem in refused(HEAD + text).problems:
        assert len(str(problem)) < 5 * LONGEST_WORD + 2_000


def test_nesting_and_bombs_of_aliases_are_refused():
    assert "nested more than" in str(refused("a: " + "[" * 5_000))
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert "Anchors are not used in plan files." in str(refused(bomb))


def test_a_file_of_few_problems_tells_all_and_suggests(compared):
    error = refused(HEAD + "peple: []\nx: 1\n")

    assert [str(problem.fix) for problem in error.problems][0] == "Write “people”."
    assert len(error.problems) == 2


def test_a_map_of_unknown_names_stops_too(tmp_path, compared):
    path = tmp_path / "map.yaml"
    path.write_text("source: {kind: csv}\n" + keys(MANY))
    with pytest.raises(PlanFileError) as found:
        map_file.load_map(path)

    assert len(found.value.problems) == MAX_PROBLEMS + 1
    assert sum(compared) <= Suggestions.MOST_COMPARED


def workbook(rows: str) -> bytes:
    """A workbook with one sheet, People."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationships><Relationship Id="r1" Type="{0}/{1}" Target="{2}"/></Relationships>'
    title = next(sheet.title for sheet in sheets() if sheet.section == "people" and not sheet.field)
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": relation.format(kind, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns:r="{kind}"><sheets><sheet name="{title}" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation.format(kind, "worksheet", "sheet1.xml"),
        "xl/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cell(text: str) -> str:
    return f'<c t="str"><v>{text}</v></c>'


WORKBOOKS = {
    "a wide row of headings": f"<row>{''.join(cell(f'x{n}') for n in range(MANY))}</row>",
    "a wide row of cells": f"<row>{cell('ID')}</row><row>{cell('a') * MANY}</row>",
    "formulas": f"<row>{cell('ID')}</row>" + "<row><c><f>1</f></c></row>" * MANY,
}


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_problems_of_a_workbook_stop_at_a_limit(kind, compared):
    with pytest.raises(PlanFileError) as found:
        plan_file.read(workbook(WORKBOOKS[kind]), "plan.xlsx")

    assert len(found.value.problems) == MAX_PROBLEMS + 1
    assert sum(compared) <= Suggestions.MOST_COMPARED

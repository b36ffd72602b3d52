"""Workbooks: what is written reads as it was, and what cannot be read is told with its sheet and cell."""

import io
import re
import time
import tracemalloc
import zipfile
from datetime import date, time as clock, timedelta

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.model import Calendar, CalendarWindow, Plan, Service, Settings, Team
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.engine.plan_file.workbook_layout import sheets
from sm_planner.engine.plan_file.workbook_writer import workbook
from sm_planner.engine.reading.xlsx_cells import MOST


def read(data: bytes) -> Plan:
    return plan_file.read(data, "plan.xlsx")


def problems_of(data: bytes) -> list[str]:
    with pytest.raises(PlanFileError) as caught:
        read(data)
    return [str(problem) for problem in caught.value.problems]


def made(**tables: list[list]) -> bytes:
    """A workbook of the sheets given, and a plan named p."""
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    book.active.append(["ID", "p"])
    for title, rows in tables.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def repacked(data: bytes, change) -> bytes:
    """The workbook with its parts changed: ``change`` takes and gives a mapping of names to bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return written.getvalue()


def with_shared_texts(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts as spreadsheet programs write them: texts in a part of their own, in runs, with pronunciations."""
    texts: list[str] = []

    def shared(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c{match[1]} t="s"><v>{len(texts) - 1}</v></c>'

    inline = re.compile(r'<c([^>]*) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>')
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    changed = {name: inline.sub(shared, parts[name].decode()).encode() for name in sheets}
    runs = "".join(
        f"<si><r><t>{text[:3]}</t></r><r><rPr/><t>{text[3:]}</t></r><rPh><t>spoken</t></rPh></si>"
        if "&" not in text
        else f"<si><t>{text}</t></si>"
        for text in texts
    )
    relation = '<Relationship Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml" Id="rIdT"/></Relationships>'
    relations = parts["xl/_rels/workbook.xml.rels"].decode().replace("</Relationships>", relation)
    return {
        **parts,
        **changed,
        "xl/_rels/workbook.xml.rels": relations.encode(),
        "xl/sharedStrings.xml": f"<x:sst xmlns:x='x'>{runs}</x:sst>".encode(),
    }


def test_texts_that_sheets_share_are_read(example):
    data = repacked(workbook(example), with_shared_texts)
    assert b"inlineStr" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet9.xml")
    assert read(data) == example


def test_every_sample_plan_reads_back_as_it_was_written(example, minimal):
    for plan in (example, minimal):
        assert read(workbook(plan)) == plan


@settings(max_examples=8)
@given(data=st.data())
def test_any_plan_reads_back_as_it_was_written(plan_strategy, data):
    plan = data.draw(plan_strategy)
    assert read(workbook(plan)) == plan


def test_a_plan_with_every_field_filled_reads_back_as_it_was_written(full_plan):
    assert read(workbook(full_plan)) == full_plan


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-",
        "@x",
        "#N/A",
        "TRUE",
        "010",
        "1:30",
        "2027-03-31",
        "_x0041_",
        "a\uffffb",
        "two\nlines",
        "a\tb",
        "😀",
    ],
)
def test_a_text_stays_what_it_is_and_no_cell_is_a_formula(text):
    plan = Plan(id="p", lineage="p", why=text, services=(Service(id="s", title="s", description=text),))
    data = workbook(plan)
    cell = openpyxl.load_workbook(io.BytesIO(data))["Services"]["E2"]

    assert read(data) == plan
    assert cell.data_type == "s"
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))
    assert not re.search(rb"<f>", zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml"))


def test_an_empty_value_where_an_empty_cell_means_another_is_a_dash():
    plan = Plan(
        id="p", lineage="p", version=None, teams=(Team(id="t", kind=""),), settings=Settings(scan_months=None)
    )
    data = workbook(plan)

    assert read(data) == plan
    assert openpyxl.load_workbook(io.BytesIO(data))["Teams"]["C2"].value == "-"
    assert read(made(Teams=[["ID", "Kind"], ["t", None]])).teams[0].kind == "Internal"


def test_a_sheet_is_made_to_be_worked_in(example):
    book = openpyxl.load_workbook(io.BytesIO(workbook(example)))
    sheet = book["Services"]
    lists = {str(one.sqref): one for one in sheet.data_validations.dataValidation}

    assert book.sheetnames == [*(one.title for one in sheets()), "Choices"]
    assert sheet["A1"].comment.text == "id: id.\nRequired."
    assert sheet.freeze_panes == "B2"
    assert sheet.tables["Services"].ref == f"A1:V{len(example.services) + 1}"
    assert (
        lists["H2:H1048576"].formula1 == "'People'!$A$2:INDEX('People'!$A:$A,MAX(2,COUNTA('People'!$A:$A)))"
    )
    assert book["Choices"][lists["C2:C1048576"].formula1.split("!")[1].split(":")[0]].value == "Pipeline"
    assert lists["D2:D1048576"].formula1 == '"TRUE,FALSE"'
    assert book["Agreements"]["M2"].value.isoformat() == "2027-01-01T00:00:00"


def test_titles_and_headings_of_the_sheets_are_clear_and_fit():
    titles = [sheet.title.casefold() for sheet in sheets()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 31
    for sheet in sheets():
        names = [name for one in sheet.all_columns for name in {one.name.casefold(), one.heading.casefold()}]
        assert len(set(names)) == len(names), sheet.title


def test_headings_and_sheets_are_found_by_label_or_name_in_any_order():
    plan = read(
        made(
            SERVICES=[["full name of none"[:0], "title", "ID"], [None, "Mail", "mail"]],
            people=[["Id"], ["a"]],
        )
    )
    assert plan.services == (Service(id="mail", title="Mail"),)
    assert [person.id for person in plan.people] == ["a"]


def test_what_a_spreadsheet_program_makes_of_typed_values_is_read_as_meant():
    book = openpyxl.load_workbook(
        io.BytesIO(made(Services=[["ID", "Title", "Accepted On", "Customer-facing"]]))
    )
    book["Services"].append([7, 10.5, date(2027, 3, 31), True])
    times = book.create_sheet("Service Calendar Windows")
    book.create_sheet("Calendars").append(["ID"])
    book["Calendars"].append(["c"])
    times.append(["Service Calendar ID", "Weekday", "Opens", "Closes"])
    times.append(["c", "Monday", clock(9, 0), timedelta(hours=24)])
    plan = read(saved(book))

    assert plan.services == (
        Service(id="7", title="10.5", accepted_on=date(2027, 3, 31), customer_facing=True),
    )
    assert plan.calendars == (
        Calendar(id="c", windows=(CalendarWindow(weekday="Monday", opens="09:00", closes="24:00"),)),
    )


@pytest.mark.parametrize(
    "day", [date(1, 1, 1), date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)]
)
def test_days_at_the_ends_of_what_spreadsheets_know_are_kept(day):
    plan = Plan(id="p", lineage="p", horizon=day)
    assert read(workbook(plan)).horizon == day


def test_days_that_are_counted_from_1904_are_read(example):
    book = openpyxl.load_workbook(io.BytesIO(made()))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["Plan"].append(["Horizon", date(2031, 5, 6)])
    assert read(saved(book)).horizon == date(2031, 5, 6)


def test_all_problems_are_told_at_once_with_their_cells():
    book = openpyxl.load_workbook(
        io.BytesIO(
            made(
                Services=[
                    ["ID", "Titel", "Title", "Status", "Accepted On", "Service Owner", "title"],
                    ["mail", None, "=A1", "live", "2026-02-30", "jame"],
                    ["Mail", None, None, None, None, None, None, "x"],
                ],
                People=[["ID", "Level"], ["jane", 0.5], ["joe joe"]],
                Agreement_Targets=[["Agreement ID", "Metric"], ["sla", "Response"], [None, "Response"]],
                Servces=[["a"]],
            )
        )
    )
    book["People"]["B2"].number_format = "0.0%"

    assert problems_of(saved(book)) == [
        "plan.xlsx Agreement Targets!A2: “sla” is not in agreements. Add “sla” to agreements, or correct the id.",
        "plan.xlsx Agreement Targets!A3: This row does not say what it belongs to. Fill in “Agreement ID”.",
        "plan.xlsx People!B2: This is shown as a percentage, but its value is 0.5. Format it as a number, and enter 50.",
        "plan.xlsx Servces: “Servces” is not a sheet of a plan. Name it “Services”.",
        "plan.xlsx Services!B1: “Titel” is not a field here. Write “Title”.",
        "plan.xlsx Services!G1: “title” occurs twice here. Keep one of them; the first is at plan.xlsx Services!C1.",
        "plan.xlsx Services!C2: This cell has a formula, whose stored result may be out of date. "
        "Enter the value itself: copy the cell, and paste it as a value.",
        "plan.xlsx Services!H3: This cell is not below any heading of the table. Empty it.",
    ]


def test_values_that_fields_refuse_are_told_with_their_cells():
    data = made(
        Services=[
            ["ID", "Status", "Accepted On", "Service Owner"],
            ["mail", "live", "2026-02-30", "jame"],
            ["Mail"],
        ],
        People=[["ID"], ["jane"]],
        RACI=[["Process", "Letter"], ["incident", "R"]],
    )
    assert problems_of(data) == [
        "plan.xlsx RACI!A2: Only N/A can be entered without a role. Choose a role.",
        "plan.xlsx RACI!A2: “incident” is not in processes. Add “incident” to processes, or correct the id.",
        "plan.xlsx Services!B2: “live” is not a Status. Write Live.",
        "plan.xlsx Services!C2: The date 2026-02-30 does not exist. Enter a date that exists.",
        "plan.xlsx Services!D2: “jame” is not in people. Write “jane”, or add “jame” to people.",
        "plan.xlsx Services!A3: “Mail” is here a second time; the first is at plan.xlsx Services!A2. "
        "Give each its own, or remove one. Upper and lower case count as the same.",
    ]


def test_a_text_that_no_cell_can_hold_is_told_and_nothing_is_written(tmp_path):
    plan = Plan(id="p", lineage="p", why="x" * 32_768)
    with pytest.raises(PlanFileError, match=r"^Plan!B19: This text has 32,768 characters, more than a cell"):
        plan_file.dump(plan, tmp_path / "plan.xlsx")
    assert list(tmp_path.iterdir()) == []


def with_sheet(xml: str):
    """Changes the first sheet of a workbook into the XML given."""

    def change(parts):
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return {**parts, "xl/worksheets/sheet1.xml": xml.replace("NS", f'xmlns="{main}"').encode()}

    return change


def bomb(parts):
    return {**parts, "xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 150_000_000}


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet NS>&b;</worksheet>'
SPREAD = "<worksheet NS><sheetData>{}</sheetData></worksheet>"
OUTSIDE = "declares a document type, which a workbook must not do. Save it with a spreadsheet program."


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (bomb, "The workbook unpacks to 9 parts and 150 MB. Keep only the sheets of the plan, and save it again."),
        (lambda parts: parts | {f"x{n}": b"" for n in range(3_000)}, "The workbook unpacks to 3009 parts and 0 MB."),
        (with_sheet(ENTITIES), f"The workbook {OUTSIDE}"),
        (lambda parts: parts | {"xl/vbaProject.bin": b"x"}, "The workbook holds macros. Save it as .xlsx, without macros."),
        (
            lambda parts: parts | {"xl/externalLinks/externalLink1.xml": b"<x/>"},
            "The workbook takes values from other workbooks. Break its links to them, and save it again.",
        ),
        (lambda parts: parts | {"xl/workbook.xml": b"<workbook"}, "This is not a workbook. Save it as .xlsx."),
        (lambda parts: {"a": b"b"}, "This is not a workbook. Save it as .xlsx."),
    ],
    ids=["zip bomb", "parts", "entities", "macros", "external", "broken", "other zip"],
)  # fmt: skip
def test_hostile_workbooks_get_one_clear_error_and_cost_little(change, problem):
    data = repacked(made(), change)
    begun = time.process_time()
    (found,) = problems_of(data)
    assert found.startswith(f"plan.xlsx: {problem}")
    assert time.process_time() - begun < 2


def test_a_workbook_of_more_cells_than_the_limit_is_refused_with_what_to_do():
    data = repacked(
        made(), with_sheet(SPREAD.format("".join(f'<row r="{n}"><c/><c/></row>' for n in range(200_000))))
    )
    begun = time.process_time()
    with pytest.raises(PlanFileError) as caught:
        plan_file.read(data, "plan.xlsx", plan_file.Limit(300_000, MOST.fix))
    assert str(caught.value) == (
        "plan.xlsx: The workbook has more than 300,000 cells. Delete empty columns and rows, or split the plan."
    )
    assert time.process_time() - begun < 2


def test_a_lonely_last_cell_costs_nothing():
    data = repacked(made(), with_sheet(SPREAD.format(
        '<row r="1"><c r="A1" t="str"><v>ID</v></c><c r="B1" t="str"><v>p</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )))  # fmt: skip
    tracemalloc.start()
    begun = time.process_time()
    assert read(data).id == "p"
    assert time.process_time() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_lonely_last_cell_of_a_table_is_told():
    book = openpyxl.load_workbook(io.BytesIO(made(Services=[["ID"], ["a"]])))
    book["Services"]["XFD1048576"] = "x"
    assert problems_of(saved(book)) == [
        "plan.xlsx Services!XFD1048576: This cell is not below any heading of the table. Empty it."
    ]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        (
            "plan.xlsx",
            b"\xd0\xcf\x11\xe0rest",
            "plan.xlsx: This is a workbook in the old format, or one with a password.",
        ),
        ("plan.xlsx", b"plan: {id: p}", "plan.xlsx: This is not a workbook. Save it as .xlsx."),
        ("plan.xlsx", b"", "plan.xlsx: This is not a workbook. Save it as .xlsx."),
        ("plan.xlsm", b"", "plan.xlsm: Files of the type “.xlsm” cannot be read. Save it as .xlsx."),
        ("plan.xlsx", b"PK" * 11_000_000, "plan.xlsx: The workbook is 22 MB large. Keep it below 15 MB."),
    ],
)
def test_what_is_no_workbook_is_told(name, data, problem):
    with pytest.raises(PlanFileError) as caught:
        plan_file.read(data, name)
    assert str(caught.value).startswith(problem)


MINIMAL = repacked(
    made(Services=[["ID", "Title", "Accepted On"], ["a", "b", date(2027, 1, 1)]]), with_shared_texts
)


@settings(max_examples=150)
@given(place=st.integers(0, len(MINIMAL) - 1), byte=st.integers(0, 255), end=st.integers(0, len(MINIMAL)))
def test_a_damaged_workbook_is_a_plan_or_a_told_problem(place, byte, end):
    damaged = bytearray(MINIMAL)
    damaged[place] = byte
    for data in (bytes(damaged), MINIMAL[:end]):
        try:
            assert isinstance(read(data), Plan)
        except PlanFileError as error:
            assert error.problems


PARTS = [
    "xl/workbook.xml",
    "xl/worksheets/sheet2.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "_rels/.rels",
]


@settings(max_examples=100)
@given(place=st.integers(0, 5_000), junk=st.binary(min_size=1, max_size=8), part=st.sampled_from(PARTS))
def test_damaged_parts_are_a_plan_or_a_told_problem(place, junk, part):
    def change(parts):
        at = place % len(parts[part])
        return {**parts, part: parts[part][:at] + junk + parts[part][at + len(junk) :]}

    try:
        assert isinstance(read(repacked(MINIMAL, change)), Plan)
    except PlanFileError as error:
        assert error.problems


def test_merged_cells_are_told():
    book = openpyxl.load_workbook(io.BytesIO(made(Services=[["ID", "Title"], ["a", "Mail"], ["b", None]])))
    book["Services"].merge_cells("B2:B3")
    book["Plan"].merge_cells("B1:D1")

    assert problems_of(saved(book)) == [
        "plan.xlsx Services!B2: Cells are merged here, so all but the first would be empty. "
        "Unmerge them, and write the value into each cell that it is for."
    ]

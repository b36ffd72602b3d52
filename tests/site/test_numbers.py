"""Numbers on a site: what is empty is not 0, and what is no number is refused with its place."""

from __future__ import annotations

import dataclasses
import json

import frappe
import pytest

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.site import presentation, site_numbers
from sm_planner.adapters.site.doctypes import NUMBER_FIELDS, SETTINGS
from sm_planner.engine.model import Agreement, AgreementTarget, Improvement, Plan, Settings
from sm_planner.engine.model.values import number_fix
from sm_planner.engine.sealing import canonical
from sm_planner.engine.texts import say

TABLES = [doctype for doctype in NUMBER_FIELDS if doctype != SETTINGS]


def new(doctype: str, **values: object):
    return frappe.get_doc({"doctype": doctype, "title": "A title", **values})


def sent_by_the_desk(doc):
    """The document as a form loads it and sends it back."""
    return frappe.get_doc(json.loads(frappe.as_json(doc.as_dict())))


@pytest.fixture
def plan() -> str:
    """A plan, whose lineage has the same name."""
    return new("SM Plan", title="A plan").insert().name


@pytest.fixture
def efforts(plan: str) -> dict[str, float | None]:
    """Improvement → effort."""
    found = {"none": None, "zero": 0, "twelve": 12, "ninety": 90, "exact": 99.95, "hundred-and-ten": 110}
    for id, effort in found.items():
        new("SM Improvement", lineage=plan, id=id, title=id, effort_days=effort).insert()
    return found


def listed(plan: str, *filters: list, order_by: str = "name asc") -> list[str]:
    return frappe.get_list(
        "SM Improvement", filters=[["lineage", "=", plan], *filters], pluck="id", order_by=order_by
    )


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("99.50", 99.5),
        (" 4 ", 4),
        (4, 4),
        (0.25, 0.25),
        (0, 0),
        ("0", 0),
        ("1e-9", 1e-9),
        ("95,5", 95.5),
        ("1.234,5", 1234.5),
        (123456789012.25, 123456789012.25),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_kept_as_it_is_written_and_empty_is_not_0(written, stored):
    agreement = new("SM Agreement", kind="SLA", targets=[{"metric": "Response", "value": written}]).insert()
    agreement.reload()
    assert agreement.targets[0].value == stored
    assert (agreement.targets[0].value is None) == (stored is None)


@pytest.mark.parametrize(("written", "stored"), [(0, 0), ("03", 3), (None, None), ("", None)])
def test_an_integer_that_may_be_0_is_not_taken_for_empty_then(written, stored):
    agreement = new("SM Agreement", kind="SLA", notice_months=written).insert()
    agreement.reload()
    assert agreement.notice_months == stored
    assert (agreement.notice_months is None) == (stored is None)


@pytest.mark.parametrize(
    "written",
    ["1,234", "abc", "10 days", "95%", "-1", "1e400", "NaN", "0.1234567891", float("inf"), True, [4]],
)
def test_what_is_no_number_is_refused_with_its_place(written):
    agreement = new("SM Agreement", kind="SLA", targets=[{"metric": "Response", "value": written}])
    with pytest.raises(frappe.ValidationError, match="Targets, row 1 · Value"):
        agreement.insert()


@pytest.mark.parametrize("written", ["61", "-1", "1.5", 1.5, "two"])
def test_what_is_no_such_integer_is_refused(written):
    with pytest.raises(frappe.ValidationError, match="Notice"):
        new("SM Agreement", kind="SLA", notice_months=written).insert()


def test_a_0_is_not_taken_for_empty_where_1_is_the_least():
    with pytest.raises(frappe.ValidationError, match="Review Every .*: 0 is too small. Use 1 or more."):
        new("SM Agreement", kind="SLA", review_months=0).insert()


@pytest.mark.parametrize("written", ["10 days", "95%", "83,5 Tage"])
def test_what_is_no_number_is_refused_where_a_part_of_a_plan_is_edited(plan, written):
    objective = new("SM Objective", plan=plan, id="one", title="One", target=4).insert()
    objective.target = written
    with pytest.raises(frappe.ValidationError, match=f"{plan}-one · Target: “{written}” is not a number"):
        objective.save()
    measurement = new("SM Measurement", objective=f"{plan}-one", day="2026-11-28", value=written)
    with pytest.raises(frappe.ValidationError, match="Value: “.*” is not a number"):
        measurement.insert()


def test_what_is_no_date_is_refused_where_a_part_of_a_plan_is_edited(plan):
    waiver = new("SM Waiver", lineage=plan, rule="RAC-03").insert()
    waiver.expires = "tomorrow"
    with pytest.raises(frappe.ValidationError, match="Expires: “tomorrow” is not a date"):
        waiver.save()


def test_what_is_no_date_is_refused_where_a_plan_is_edited(plan):
    doc = frappe.get_doc("SM Plan", plan)
    doc.period_start = "soon"
    with pytest.raises(frappe.ValidationError, match="Period Start: “soon” is not a date"):
        doc.save()


def test_a_new_document_has_no_numbers():
    improvement = frappe.new_doc("SM Improvement")
    assert {improvement.get(field) for field in NUMBER_FIELDS["SM Improvement"]} == {None}
    row = frappe.new_doc("SM Agreement").append("targets", {})
    assert row.value is None


def test_a_form_sends_back_what_it_was_given(plan, efforts):
    for id, effort in efforts.items():
        doc = sent_by_the_desk(frappe.get_doc("SM Improvement", f"{plan}-{id}"))
        doc.title = "Other"
        doc.save()
        doc.reload()
        assert (doc.effort_days, doc.benefit_target) == (effort, None)


def test_a_copy_has_the_same_numbers(plan, efforts):
    for id, effort in efforts.items():
        copy = frappe.copy_doc(frappe.get_doc("SM Improvement", f"{plan}-{id}"))
        copy.id = f"{id}-2"
        copy.insert()
        assert frappe.get_doc("SM Improvement", copy.name).effort_days == effort


def test_settings_that_were_emptied_stay_empty_and_a_0_stays_0():
    settings = frappe.get_single(SETTINGS)
    settings.update({"least_slack": 0, "largest_over_commitment": None, "scan_months": ""}).save()
    settings = sent_by_the_desk(frappe.get_single(SETTINGS)).save()
    frappe.clear_document_cache(SETTINGS, SETTINGS)
    settings = frappe.get_single(SETTINGS)
    assert (settings.least_slack, settings.largest_over_commitment, settings.scan_months) == (0, None, None)


@pytest.fixture
def number_format(monkeypatch):
    """Sets the number format of the user."""

    def give(format: str) -> None:
        defaults = {**frappe.defaults.get_defaults(), "number_format": format}
        monkeypatch.setattr(frappe.defaults, "get_defaults", lambda user=None: defaults)

    return give


def test_the_timeline_tells_of_numbers_as_they_are_written(plan, number_format):
    number_format("#.###,##")
    doc = new("SM Improvement", lineage=plan, id="one", title="One").insert()
    for change in ({"title": "Other"}, {"effort_days": 1234.125}, {"effort_days": None}):
        doc.update(change).save(ignore_version=False)
    told = frappe.get_all("Version", {"docname": doc.name}, pluck="data", order_by="creation asc")
    changes = [change for data in told for change in json.loads(data)["changed"] if change[0] != "modified"]
    assert changes == [
        ["title", "One", "Other"],
        ["effort_days", None, "1.234,125"],
        ["effort_days", "1.234,125", None],
    ]


@pytest.mark.parametrize(("format", "example"), [("#,###.##", "99.5"), ("#.###,##", "99,5")])
def test_what_to_write_is_told_in_the_writing_of_the_reader(number_format, format, example):
    number_format(format)
    with pytest.raises(frappe.ValidationError, match=f"Write a number such as {example}, without a unit"):
        new("SM Agreement", kind="SLA", unit_cost="much").insert()


@pytest.mark.parametrize(
    ("language", "format", "told"),
    [
        ("en", "#,###.##", "99.5 %, 1"),
        ("de", "#,###.##", "99,5 %, 1"),
        ("de", "#.###,##", "99,5 %, 1"),
        ("de", "#'###.##", "99.5 %, 1"),
        ("en", "#.###,##", "99,5 %, 1"),
    ],
)
def test_texts_write_numbers_as_their_reader_does(number_format, monkeypatch, language, format, told):
    """As the site or the user chose; in German with a comma where nobody did."""
    number_format(format)
    monkeypatch.setattr(frappe.local, "lang", language)
    assert presentation.told(say("{0} %, {1}", 99.5, 1)) == told
    assert presentation.told_html(say("{0} %, {1}", 99.5, 1)) == told


def test_what_to_write_is_told_in_german_with_a_comma(number_format, monkeypatch):
    number_format("#,###.##")
    monkeypatch.setattr(frappe.local, "lang", "de")
    assert site_numbers.shown(1234.5) == "1.234,5"
    assert str(site_numbers.with_example(number_fix("99.5")).args[0]) == "99,5"
    boot = frappe._dict()
    site_numbers.tell_browser(boot)
    assert boot.sm_planner_signs == {"group": ".", "decimal": ","}


@pytest.mark.parametrize(
    ("format", "value", "shown"),
    [
        ("#,###.##", 99.95, "99.95"),
        ("#.###,##", 99.95, "99,95"),
        ("#.###,##", -1234.5, "-1.234,5"),
        ("# ###,##", 1234567, "1 234 567"),
        ("#.###", 0.5, "0,5"),
        ("#,###", 0.000000001, "0.000000001"),
        ("#.###,##", 0, "0"),
        ("#.###,##", None, ""),
    ],
)
def test_prints_and_mails_show_all_decimal_places_and_nothing_for_none(number_format, format, value, shown):
    number_format(format)
    assert new("SM Improvement", effort_days=value).get_formatted("effort_days") == shown


def test_a_print_shows_no_0_where_a_number_is_empty(plan):
    doc = new("SM Objective", plan=plan, id="one", title="One", target=99.95, baseline=0).insert()
    told = frappe.get_print("SM Objective", doc.name)
    assert "99.95" in told
    assert "Benchmark" not in told


def test_lists_filter_and_sort_numbers_as_numbers(plan, efforts):
    assert listed(plan, ["effort_days", ">", 50]) == ["exact", "hundred-and-ten", "ninety"]
    assert listed(plan, ["effort_days", "<", 50]) == ["twelve", "zero"]
    assert listed(plan, ["effort_days", "<=", 0]) == ["zero"]
    assert listed(plan, ["effort_days", "=", 0]) == ["zero"]
    assert listed(plan, ["effort_days", "=", "99.95"]) == ["exact"]
    assert listed(plan, order_by="effort_days desc") == [
        "hundred-and-ten",
        "exact",
        "ninety",
        "twelve",
        "zero",
        "none",
    ]


def test_the_database_adds_up_numbers_and_leaves_out_what_is_empty(plan, efforts):
    table = frappe.qb.DocType("SM Improvement")
    functions = frappe.query_builder.functions
    query = frappe.qb.from_(table).where(table.lineage == plan)
    total, average, least = query.select(
        functions.Sum(table.effort_days), functions.Avg(table.effort_days), functions.Min(table.effort_days)
    ).run()[0]
    assert (total, average, least) == (311.95, 62.39, 0)


@pytest.mark.parametrize("doctype", TABLES)
def test_every_column_of_a_number_can_be_empty(doctype):
    columns = frappe.qb.Schema("information_schema").columns
    found = (
        frappe.qb.from_(columns)
        .select("column_name", "column_type", "is_nullable", "column_default")
        .where((columns.table_schema == frappe.conf.db_name) & (columns.table_name == f"tab{doctype}"))
        .where(columns.column_name.isin(list(NUMBER_FIELDS[doctype])))
        .run()
    )
    types = {"number": "decimal(21,9)", "integer": "int(11)"}
    assert sorted(found) == sorted(
        (field, types[spec.kind], "YES", "NULL") for field, spec in NUMBER_FIELDS[doctype].items()
    )


@pytest.mark.parametrize("doctype", TABLES)
def test_frappe_finds_nothing_to_change_in_these_columns(doctype):
    site_numbers.let_columns_be_empty()
    from frappe.database.mariadb.schema import MariaDBTable

    table = MariaDBTable(doctype)
    table.setup_table_columns()
    for column in table.columns.values():
        column.build_for_alter_table(table.current_columns.get(column.fieldname.lower()))
    changed = {column.fieldname for column in (*table.change_type, *table.set_default)}
    assert not changed & set(NUMBER_FIELDS[doctype])


def test_other_columns_are_made_as_frappe_makes_them():
    site_numbers.let_columns_be_empty()
    from frappe.database.mariadb.schema import MariaDBTable

    column = MariaDBTable("SM Plan Seal").columns["number"]
    assert "not null" in column.get_definition().lower()
    column = MariaDBTable("Currency").columns["smallest_currency_fraction_value"]
    assert "not null" in column.get_definition().lower()


@pytest.mark.parametrize(("property", "value"), [("precision", "2"), ("fieldtype", "Data"), ("length", "10")])
def test_nobody_narrows_the_column_of_a_number(property, value):
    setter = {"doctype_or_field": "DocField", "doc_type": "SM Improvement", "field_name": "effort_days"}
    with pytest.raises(frappe.ValidationError, match="keep all their decimal places"):
        new("Property Setter", **setter, property=property, value=value).insert()
    new("Property Setter", **setter, property="label", value="Days").insert()


def test_a_plan_comes_back_with_its_numbers_its_zeros_and_its_empty_ones(minimal: Plan):
    numbers = (None, 0.0, 99.95, 1e-9, 123456789012.25)
    plan = dataclasses.replace(
        minimal,
        id="numbers",
        lineage="",
        settings=Settings(),
        agreements=(
            *minimal.agreements,
            *(
                Agreement(
                    id=f"numbers-{place}",
                    title="A",
                    kind="UC",
                    notice_months=place or None,
                    unit_cost=number,
                    targets=(AgreementTarget(metric="Quality", value=number),),
                )
                for place, number in enumerate(numbers)
            ),
            Agreement(id="numbers-zero", title="A", kind="UC", notice_months=0),
        ),
        improvements=(
            *minimal.improvements,
            *(
                Improvement(id=f"i-{place}", title="I", effort_days=number, benefit_actual=number)
                for place, number in enumerate(numbers)
            ),
        ),
    )
    name = plan_writer.save(plan)
    assert canonical.content(plan_reader.load(name)) == canonical.content(
        dataclasses.replace(plan, lineage="numbers")
    )

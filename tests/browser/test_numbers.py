"""Numbers in the Desk of somebody who writes a decimal comma: typed, shown, filtered, added up, refused in words."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

PLANNER = "tomasz.wieczorek@example.org"


@pytest.fixture
def page(log_in, give_default):
    """The Desk of a planner who writes 1.234,5."""
    give_default(PLANNER, "number_format", "#.###,##")
    return log_in(PLANNER, expected=("417", "ValidationError"))


def open_form(page, doctype: str, name: str) -> None:
    page.goto(f"/app/{doctype}/{name}")
    page.wait_for_function("name => window.cur_frm && cur_frm.doc && cur_frm.doc.name === name", arg=name)


def write(page, fieldname: str, text: str) -> str:
    """Type a text into a field, and leave it; what the field shows then."""
    page.evaluate(
        "(fieldname) => cur_frm.scroll_to_field(fieldname)", fieldname
    )  # whichever tab it stands on
    field = page.locator(f"input[data-fieldname={fieldname}]")
    field.fill(text)
    field.press("Tab")
    return field.input_value()


def save(page) -> None:
    page.locator(".page-head .primary-action:visible", has_text="Save").wait_for()  # what the keys stand for
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !cur_frm.is_dirty()")


def test_a_number_is_read_and_shown_with_the_comma_of_its_user_or_refused_in_words(page, example, shoot):
    name = "ardlough-service-plan-archive-night-cover"
    open_form(page, "sm-improvement", name)
    assert page.locator("input[data-fieldname=benefit_actual]").input_value() == ""
    shown = [write(page, "effort_days", text) for text in ("95,5", "1.234,5", "0,125", "95.5", "0", "")]
    assert shown == ["95,5", "1.234,5", "0,125", "95,5", "0", ""]
    write(page, "effort_days", "1234,123456789")
    save(page)

    open_form(page, "sm-improvement", name)
    assert page.locator("input[data-fieldname=effort_days]").input_value() == "1.234,123456789"
    assert page.evaluate("() => [cur_frm.doc.effort_days, cur_frm.doc.benefit_actual]") == [
        1234.123456789,
        None,
    ]
    shoot(page, "number-form")
    write(page, "effort_days", "")
    save(page)
    open_form(page, "sm-improvement", name)
    assert page.locator("input[data-fieldname=effort_days]").input_value() == ""

    assert write(page, "effort_days", "10 days") == "10 days"
    page.keyboard.press("Control+s")
    page.locator(".modal.show", has_text="Effort (Person-days): “10 days” is not a number.").wait_for()
    shoot(page, "number-refused")
    assert page.evaluate("() => cur_frm.is_dirty()")


def test_lists_and_reports_show_and_add_up_numbers(page, example, shoot):
    asked = quote(json.dumps([">", 50]))
    page.goto(f"/app/sm-improvement/view/report?effort_days={asked}")
    page.locator(".dt-row-0 .dt-cell").first.wait_for()
    page.evaluate(
        """async () => {
            cur_list.fields = ["title", "effort_days", "benefit_actual"].map((f) => [f, "SM Improvement"]);
            cur_list.add_totals_row = 1;
            cur_list.setup_columns();
            await cur_list.refresh();
            cur_list.render(true);
        }"""
    )
    page.locator(".dt-row", has_text="Totals").locator(".dt-cell", has_text="385").wait_for()
    shoot(page, "number-report")
    efforts = page.evaluate("() => cur_list.data.map((row) => row.effort_days)")
    assert sorted(efforts) == [55, 60, 70, 90, 110]
    assert page.evaluate("() => [...new Set(cur_list.data.map((row) => row.benefit_actual))]") == [None]


def test_charts_of_reports_write_their_tooltips_with_the_comma(page, example, shoot):
    page.goto("/app/query-report/Team Load")
    page.wait_for_function("() => window.cur_page && frappe.query_report?.chart_options?.tooltipOptions")
    assert page.evaluate(
        "() => [89.1, 1234.5, 0].map(frappe.query_report.chart_options.tooltipOptions.formatTooltipY)"
    ) == ["89,1", "1.234,5", "0"]
    bar = page.locator(".chart-container .bar").first
    bar.wait_for()
    bar.hover()
    page.locator(".graph-svg-tip", has_text=",").first.wait_for()
    shoot(page, "number-tooltip")

    page.goto("/app/sm-planner")
    page.locator(".dashboard-widget-box .chart-container, .widget.dashboard-widget-box svg").first.wait_for()
    page.wait_for_function("() => frappe.form.formatters.SMNumber?.(1.5) === '1,5'")


def test_a_row_of_a_table_takes_a_comma_and_stays_empty(page, example, shoot):
    page.goto("/app/sm-agreement/sla-dictation")
    page.wait_for_function("() => window.cur_frm && cur_frm.doc && cur_frm.doc.name === 'sla-dictation'")
    page.evaluate("() => { cur_frm.scroll_to_field('targets') }")
    page.evaluate("() => { cur_frm.fields_dict.targets.grid.get_row(0).toggle_view(true) }")
    field = page.locator(".form-in-grid input[data-fieldname=value]")
    field.fill("99,95")
    field.press("Tab")
    assert page.evaluate("() => cur_frm.doc.targets[0].value") == 99.95
    page.evaluate("() => { cur_frm.fields_dict.targets.grid.get_row(0).toggle_view(false) }")
    page.locator(".grid-row [data-fieldname=value]", has_text="99,95").first.wait_for()
    shoot(page, "number-grid")

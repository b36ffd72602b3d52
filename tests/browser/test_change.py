"""Change and engagement in the Desk: a champion and an answered objection, a relationship that rises, the hole of the cascade."""

from __future__ import annotations

from desk_kit import PLANNER, ahead, begin, fill, fits, open_form, rows_of, rules_broken, save, see_report

LINEAGE = "ardlough-service-plan"
GROUP, NAME, CHAMPION = "support-teams", "Support and Engineering Teams", "ingrid-solheim"
IMPACT, STAKEHOLDER, ENGAGEMENT = "sm-change-impact", "sm-stakeholder", "sm-engagement"


def test_an_objection_is_open_until_somebody_answers_it(log_in, example, shoot):
    page = log_in(PLANNER)
    begin(page, IMPACT)
    fill(
        page,
        {
            "champions": [{"person": CHAMPION}],
            "resistance": [{"objection": "Nobody takes a duty from us when this one comes."}],
        },
        title="Duty on Sundays",
        plan=example,
        stakeholder=GROUP,
        impact="High",
        readiness="Aware",
        what_changes="Two of them are on duty on Sundays.",
        gain="The Monday after it is free.",
    )
    shoot(page, "change-impact-new")
    name = save(page)
    id = page.evaluate("() => cur_frm.doc.id")
    assert "OCM-02" in rules_broken(page, example, id)

    see_report(page, "Change Impact", plan=example)
    page.locator(".dt-cell", has_text="Duty on Sundays").first.wait_for()
    page.get_by_text("Objections that nobody has answered: 1.").wait_for()
    shoot(page, "change-impact-report")
    open_form(page, IMPACT, name)
    page.evaluate(
        "() => frappe.model.set_value(cur_frm.doc.resistance[0].doctype, cur_frm.doc.resistance[0].name,"
        " 'answer', 'The duty of Wednesdays goes to the centre.')"
    )
    save(page)
    assert "OCM-02" not in rules_broken(page, example, id)
    see_report(page, "Change Impact", plan=example)
    page.get_by_text("It is known what changes for each group, and each objection is answered.").wait_for()


def test_an_engagement_lifts_the_trend_of_a_relationship(log_in, example, shoot):
    page = log_in(PLANNER)

    def trend() -> str:
        see_report(page, "Relationships", plan=example)
        page.locator(".dt-cell", has_text=NAME).first.wait_for()
        (row,) = page.evaluate("(name) => frappe.query_report.data.filter((row) => row.title === name)", NAME)
        page.locator(".dt-cell .indicator-pill", has_text=row["trend"]).first.wait_for()
        return row["trend"]

    assert trend() == "Falling"
    begin(page, ENGAGEMENT)
    fill(
        page,
        lineage=LINEAGE,
        person="tomasz-wieczorek",
        stakeholder=GROUP,
        day=ahead(page, 0),
        kind="Meeting",
        about="Rosters of the estates.",
        outcome="The estates agreed.",
        score=5,
    )
    save(page)
    assert "Rosters of the estates." in page.locator(".page-head .title-text").inner_text()
    shoot(page, "engagement")
    assert trend() == "Rising"
    shoot(page, "relationships")


def test_the_picture_of_the_cascade_shows_the_hole(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto(f"/app/sm-lineage/{LINEAGE}")
    picture = page.locator("[data-fieldname=home_html] svg", has_text="Nursing and Medicine").first
    picture.wait_for()
    picture.scroll_into_view_if_needed()
    shoot(page, "cascade-picture")
    assert "Nobody" in picture.inner_html()
    holes = [row for row in rows_of(page, "Sponsorship Cascade", plan=example, show="Nobody") if row["unit"]]
    assert {row["level"] for row in holes} == {"Middle Management", "First Line"}
    phone = log_in(PLANNER, touch=True)
    phone.goto(f"/app/sm-lineage/{LINEAGE}")
    phone.locator("[data-fieldname=home_html] svg", has_text="Nursing and Medicine").first.wait_for()
    fits(phone)
    shoot(phone, "cascade-phone")

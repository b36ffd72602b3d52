"""Communication in the Desk: supervisors are briefed before their team, a run is entered, feedback is given and answered."""

from __future__ import annotations

from desk_kit import PLANNER, ahead, begin, fill, open_form, rules_broken, save, see_report

LINEAGE = "ardlough-service-plan"
LEAD, TEAM = "joao-meireles", "clinical-applications"
NURSE, OWNER = "siobhan.geraghty@example.org", "nuala.brogan@example.org"
FEEDBACK = "sm-feedback"


def planned(page, plan: str, title: str, kind: str, day: str, **whom: list[dict]) -> tuple[str, str]:
    """A communication as the planner writes it; its name and its id in the plan."""
    begin(page, "sm-communication")
    fill(
        page,
        whom,
        title=title,
        plan=plan,
        kind=kind,
        purpose="Nobody is surprised by the new hours.",
        message="From March on the centre answers at night, too.",
        clarity="Easy to Say",
        channel="Round at the table of the shift",
        sender="tomasz-wieczorek",
        two_way=1,
        frequency="Once",
        first_date=day,
    )
    name = save(page)
    return name, page.evaluate("() => cur_frm.doc.id")


def held(page, communication: str, day: str, *reached: str) -> None:
    begin(page, "sm-communication-run")
    fill(
        page,
        {"reached": [{"record": person} for person in reached]},
        communication=communication,
        day=day,
        sender="tomasz-wieczorek",
        questions=2,
    )
    save(page)


def test_supervisors_are_briefed_before_their_team_and_both_are_on_record(log_in, example, shoot):
    page = log_in(PLANNER)
    page.goto("/app/sm-communication")
    page.locator(".list-row", has_text="The plan begins").first.wait_for()
    lead = [{"record": "technical-service-owner"}]
    early, late, later = ahead(page, 33), ahead(page, 40), ahead(page, 47)
    supervisors, _id = planned(page, example, "Nights, for leads", "Supervisor Briefing", late, roles=lead)
    shoot(page, "communication")
    team, id = planned(
        page, example, "Nights, for the team", "Team Briefing", early, teams=[{"record": TEAM}]
    )
    assert "COM-06" in rules_broken(page, example, id)
    see_report(page, "Plan Findings", plan=example, family="COM")
    page.locator(".dt-cell", has_text="João Meireles").first.wait_for()
    shoot(page, "communication-finding")

    open_form(page, "sm-communication", team)
    fill(page, first_date=later)
    save(page)
    assert "COM-06" not in rules_broken(page, example, id)

    held(page, supervisors, ahead(page, -1), LEAD)
    title = page.locator(".page-head .title-text")
    assert "Nights, for leads" in title.inner_text()
    shoot(page, "communication-run")
    held(page, team, ahead(page, 0), LEAD, "mei-ling-tan")
    see_report(page, "Communication Plan", plan=example)
    page.locator(".dt-cell", has_text="Nights, for the team").first.wait_for()
    shoot(page, "communication-report")
    runs = page.evaluate(
        "() => Object.fromEntries(frappe.query_report.data.map((row) => [row.title, [row.runs, row.reached]]))"
    )
    assert (runs["Nights, for leads"], runs["Nights, for the team"]) == ([1, 1], [1, 2])
    assert "COM-06" not in rules_broken(page, example, id)


def test_a_question_of_a_stakeholder_is_answered_by_who_owns_the_service(log_in, example, shoot):
    nurse = log_in(NURSE)
    begin(nurse, FEEDBACK)
    fill(
        nurse,
        title="Who moves a visit at night?",
        lineage=LINEAGE,
        kind="Question",
        said="Patients ask us at night, and the desk is closed.",
        stakeholder="ward-staff",
        service="appointments",
    )
    name = save(nurse)
    assert nurse.evaluate("() => [cur_frm.doc.reported_by, cur_frm.doc.answer]") == ["siobhan-geraghty", ""]
    shoot(nurse, "feedback-given")

    owner = log_in(OWNER)
    owner.goto(f"/app/{FEEDBACK}")
    waiting = owner.locator(".list-row", has_text="Who moves a visit at night?")
    waiting.locator(".indicator-pill", has_text="Not Answered").first.wait_for()
    shoot(owner, "feedback-list")
    open_form(owner, FEEDBACK, name)
    fill(owner, answer="The support centre does, on extension 3000.")
    save(owner)
    assert owner.evaluate("() => cur_frm.doc.answered_by") == "nuala-brogan"
    owner.locator("[data-fieldname=answered_by] .control-value", has_text="Nuala Brogan").wait_for()
    shoot(owner, "feedback-answered")

    nurse.goto(f"/app/{FEEDBACK}/{name}")
    nurse.locator("[data-fieldname=answer]", has_text="extension 3000").first.wait_for()
    shoot(nurse, "feedback-read")
    nurse.goto(f"/app/{FEEDBACK}")
    nurse.locator(".list-row", has_text="Who moves a visit at night?").locator(
        ".indicator-pill", has_text="Answered"
    ).first.wait_for()

"""The scorecard of an owner: what was kept, what was not, and what nobody knows, which is never a zero."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Improvement,
    Measurement,
    Objective,
    Person,
    Plan,
    Process,
    Role,
    RoleHolder,
    Service,
)
from sm_planner.engine.model.approvals import CLOSE, Approval
from sm_planner.engine.model.reviews import Review, ReviewAttendance, ReviewDecision
from sm_planner.engine.part.confirmation import State
from sm_planner.engine.part.duties import For
from sm_planner.engine.scorecard import Card, Score, What, card, cards
from sm_planner.reports import owner_scorecard

TODAY = date(2027, 6, 1)
PEOPLE = tuple(Person(id=id, title=id.title()) for id in ("ana", "bo", "cy"))


def target(priority: str = "P1", value: float | None = 4) -> AgreementTarget:
    return AgreementTarget(metric="Resolution", priority=priority, value=value, unit="Hours")


def of(person: str, **values: object) -> Card:
    found = card(Plan(id="p", people=PEOPLE, **values), person, TODAY)
    assert found
    return found


def counts(score: Score) -> tuple[int, int, int]:
    """Kept, missed, not known."""
    return score.kept, len(score.missed), len(score.unknown)


def told(score: Score) -> list[str]:
    return [str(text) for text in (*score.missed, *score.unknown)]


def test_who_owns_nothing_has_no_card():
    plan = Plan(id="p", people=PEOPLE, services=(Service(id="mail", service_owner="ana"),))
    assert card(plan, "bo", TODAY) is None
    assert card(plan, "stranger", TODAY) is None
    assert [one.person for one in cards(plan, TODAY)] == ["ana"]


def test_what_somebody_owns_is_counted_once_whatever_leads_to_it():
    found = of(
        "ana",
        services=(Service(id="mail", service_owner="ana"), Service(id="web", service_owner="ana")),
        roles=(Role(id="lead", holders=(RoleHolder(person="ana"),)),),
        processes=(Process(id="incident", owner_role="lead"),),
        improvements=(Improvement(id="i", status="Rejected", improvement_owner="ana"),),
    )
    assert (found.owns, found.improvements) == (((For.SERVICE, 2), (For.PROCESS_OWNER, 1)), 0)
    assert str(owner_scorecard.owns(found)) == "2 services, 1 process"


def test_targets_of_ones_own_agreements_and_of_the_slas_of_ones_services_are_judged():
    targets = (target(), target("P2"), target("P3"), target("P4", None))
    sla = Agreement(
        id="sla",
        title="Mail",
        kind="SLA",
        agreement_owner="bo",
        targets=targets,
        scope=(AgreementScope(service="mail"),),
    )
    measured = tuple(
        Measurement(
            agreement="sla", metric="Resolution", priority=priority, day=date(2027, 5, 31), value=value
        )
        for priority, value in (("P1", 3), ("P2", 5), ("P4", 1))
    )
    plan = {
        "services": (Service(id="mail", service_owner="ana"),),
        "agreements": (
            sla,
            Agreement(id="old", kind="SLA", status="Ended", agreement_owner="ana", targets=targets),
        ),
        "measurements": measured,
    }
    for person in ("ana", "bo"):
        score = of(person, **plan).scores[What.TARGETS]
        assert counts(score) == (1, 1, 2)
        assert score.percent == 50
        assert told(score) == [
            "Mail, Resolution P2: missed on 2027-05-31",
            "Mail, Resolution P4: the target says no value to compare with",
            "Mail: 1 target not measured yet",
        ]


def test_targets_that_nobody_measured_are_told_together_and_count_neither_way():
    sla = Agreement(id="sla", title="Mail", agreement_owner="ana", targets=(target(), target("P2")))
    score = of("ana", agreements=(sla,)).scores[What.TARGETS]
    assert (counts(score), score.percent) == ((0, 0, 1), None)
    assert told(score) == ["Mail: 2 targets not measured yet"]


def objective(id: str, **values: object) -> Objective:
    due = {"baseline_date": date(2027, 1, 1), "due": date(2027, 12, 31)}
    return Objective(**{"id": id, "objective_owner": "ana", "baseline": 0, "target": 100, **due, **values})


def test_objectives_are_on_target_behind_or_not_known():
    facts = tuple(
        Measurement(objective=id, day=date(2027, 5, 31), value=value)
        for id, value in (("fast", 60), ("slow", 10), ("there", 100))
    )
    found = of(
        "ana",
        objectives=(
            objective("fast"),
            objective("slow"),
            objective("there"),
            objective("dark"),
            objective("vague", target=None),
            objective("late", due=date(2027, 5, 31)),
        ),
        measurements=facts,
    )
    score = found.scores[What.OBJECTIVES]
    assert counts(score) == (2, 2, 2)
    assert told(score) == [
        "slow: behind",
        "late: overdue",
        "dark: not measured yet",
        "vague: without baseline and target it cannot be measured",
    ]


def action(id: str, **values: object) -> Improvement:
    due = {"status": "In Progress", "due": date(2027, 5, 1)}
    return Improvement(**{"id": id, "improvement_owner": "ana", **due, **values})


def closed(entry: str, day: date) -> Approval:
    return Approval(register="improvements", entry=entry, number=1, act=CLOSE, day=day, person="bo", what="")


def test_actions_are_judged_once_they_are_due_or_over():
    found = of(
        "ana",
        improvements=(
            action("late"),
            action("ahead", due=date(2027, 7, 1)),
            action("some-day", due=None),
            action("done", status="Closed"),
            action("slow", status="Closed"),
            action("dark", status="Closed"),
            action("other", improvement_owner="bo"),
        ),
        approvals=(closed("done", date(2027, 5, 1)), closed("slow", date(2027, 5, 2))),
    )
    score = found.scores[What.ACTIONS]
    assert counts(score) == (1, 2, 2)
    assert told(score) == [
        "late: overdue since 2027-05-01",
        "slow: closed on 2027-05-02, due on 2027-05-01",
        "some-day: nobody said by when",
        "dark: nobody noted when it was closed",
    ]


def review(**values: object) -> Review:
    day = date(2027, 3, 31)
    return Review(**{"kind": "Plan Review", "scheduled": day, "held_on": day, "chair": "bo", **values})


def test_decisions_of_reviews_are_actions_too():
    def decision(text: str, **values: object) -> ReviewDecision:
        due = date(2027, 5, 1)
        return ReviewDecision(**{"text": text, "kind": "Resource", "person": "ana", "due": due, **values})

    held = review(
        decisions=(
            decision("kept", done_on=date(2027, 4, 30)),
            decision("late"),
            decision("slow", done_on=date(2027, 5, 2)),
            decision("ahead", due=date(2027, 7, 1)),
            decision("some-day", due=None),
            decision("nothing", kind="No Action"),
            decision("counted there", became="i"),
        )
    )
    found = of("ana", reviews=(held,), improvements=(action("i", due=date(2027, 7, 1)),))
    score = found.scores[What.ACTIONS]
    assert counts(score) == (1, 2, 1)
    assert told(score) == [
        "“late”: overdue since 2027-05-01",
        "“slow”: done on 2027-05-02, due on 2027-05-01",
        "“some-day”: nobody said by when",
    ]


def test_reviews_of_the_last_year_are_attended_missed_or_not_known():
    def attendance(there: bool) -> tuple[ReviewAttendance, ...]:
        return (ReviewAttendance(person="ana", attended=there),)

    long_ago = date(2026, 5, 31)
    found = of(
        "ana",
        services=(Service(id="mail", service_owner="ana"),),
        reviews=(
            review(attendance=attendance(True)),
            review(kind="Planning Slot", attendance=attendance(False)),
            review(kind="Service Review", chair="ana"),
            review(kind="Supplier Review"),
            review(scheduled=long_ago, held_on=long_ago, attendance=attendance(False)),
            review(held_on=None, scheduled=TODAY, attendance=attendance(False)),
        ),
    )
    score = found.scores[What.REVIEWS]
    assert counts(score) == (1, 1, 1)
    assert told(score) == [
        "Planning Slot of 2027-03-31: not there",
        "Service Review of 2027-03-31: the attendance was not noted",
    ]


def test_the_report_leaves_empty_what_is_not_known_and_begins_with_who_kept_least():
    plan = Plan(
        id="p",
        people=PEOPLE,
        services=(Service(id="mail", service_owner="ana"),),
        objectives=(objective("dark"),),
        improvements=(action("late", improvement_owner="cy"),),
    )
    table = owner_scorecard.report(plan, TODAY)
    cy, ana = table.rows
    assert (cy["title"], cy["actions"] and str(cy["actions"]), cy["actions_share"]) == ("Cy", "0 of 1", 0)
    assert str(cy["missed"]) == "late: overdue since 2027-05-01"
    assert (ana["objectives"], ana["objectives_share"], str(ana["unknown"])) == (
        "",
        None,
        "dark: not measured yet",
    )
    assert {str(figure.label): str(figure.value) for figure in table.summary} == {
        "Owners": "2",
        "With Something Not Kept": "1",
        "Targets kept": "not known",
        "Objectives on target": "not known",
        "Actions on time": "0 of 1",
        "Reviews attended": "not known",
    }
    assert [row["id"] for row in owner_scorecard.report(plan, TODAY, owner="ana").rows] == ["ana"]


def test_a_plan_without_owners_says_so():
    table = owner_scorecard.report(Plan(id="p", people=PEOPLE), TODAY)
    assert (table.rows, table.chart) == ([], None)
    assert str(table.message).startswith("Nobody owns a service")


def test_an_owner_of_the_example_has_a_weak_spot(example):
    nuala = card(example, "nuala-brogan", date(2026, 11, 29))
    assert [str(text) for text in nuala.missed] == ["Reminders that arrive: behind"]
    assert nuala.confirmation.state is State.CONFIRMED
    assert nuala.scores[What.TARGETS].percent is None
    assert nuala.unknown

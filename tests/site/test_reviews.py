"""Reviews and triggers on a site: planned ahead, held, confirmed, decided; who may, and who may not."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import add_days, getdate
from seeds import account_with, acting

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer, reviews
from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.site import sessions
from sm_planner.engine import plan_file
from sm_planner.engine.model.proof import BROWSER
from sm_planner.engine.model.reviews import Review, ReviewAttendance, ReviewRhythm
from sm_planner.engine.model.vocabulary import REVIEW_TOPICS
from sm_planner.engine.sign_off.requests import Request

CHAIR, SPONSOR, PLANNER, OTHER = (f"{name}@example.org" for name in ("chair", "sponsor", "planner", "other"))


@pytest.fixture
def plan(minimal) -> str:
    """A draft whose reviews are led by somebody who is no planner; the first was scheduled for ten days ago."""
    account_with("SM Service Owner", name=CHAIR)
    account_with("SM Executive Sponsor", name=SPONSOR)
    account_with("SM Planner User", name=PLANNER)
    account_with("SM Service Owner", name=OTHER)
    accounts = {"omar": CHAIR, "edith": SPONSOR, "nadia": OTHER}
    people = tuple(dataclasses.replace(one, user=accounts.get(one.id, "")) for one in minimal.people)
    rhythm = ReviewRhythm(
        kind="Plan Review", months=3, first_date=getdate() - timedelta(days=10), chair="omar"
    )
    return plan_writer.save(dataclasses.replace(minimal, people=people, review_rhythm=(rhythm,)))


@pytest.fixture
def lineage(plan) -> str:
    return frappe.db.get_value("SM Plan", plan, "lineage")


@pytest.fixture
def review(lineage) -> str:
    """The review that was scheduled for ten days ago; its name."""
    api.plan_reviews(lineage)
    return frappe.get_all("SM Review", {"lineage": lineage}, pluck="name", order_by="scheduled asc")[0]


@pytest.fixture
def held(review) -> str:
    with acting(CHAIR):
        api.hold_review(review)
    return review


@pytest.fixture
def in_browser(monkeypatch):
    """Requests come as after a log-in in a browser."""
    monkeypatch.setattr(sessions, "request", lambda: Request(way=BROWSER, session="mark"))


def saved(name: str, user: str, **values) -> None:
    with acting(user):
        doc = frappe.get_doc("SM Review", name)
        doc.update(values)
        doc.save()


def decide(name: str, *decisions: dict, user: str = CHAIR) -> None:
    saved(name, user, decisions=list(decisions))


TRAIN = {"text": "Train the desk", "kind": "Improve", "person": "nadia", "due": "2027-12-01"}


def test_reviews_are_planned_a_year_ahead_once(lineage):
    assert api.plan_reviews(lineage) == {"made": 5, "dropped": 0}
    assert api.plan_reviews(lineage) == {"made": 0, "dropped": 0}
    first = frappe.get_doc("SM Review", {"lineage": lineage, "scheduled": getdate() - timedelta(days=10)})
    assert (first.kind, first.chair, first.from_rhythm, first.entered_by or "") == (
        "Plan Review",
        "omar",
        1,
        "",
    )
    assert [row.person for row in first.attendance] == ["omar", "edith", "nadia"]


def test_a_changed_rhythm_drops_what_lies_ahead_and_was_not_touched(plan, lineage):
    api.plan_reviews(lineage)
    doc = frappe.get_doc("SM Plan", plan)
    doc.review_rhythm[0].months = 6
    doc.save()
    assert api.plan_reviews(lineage) == {"made": 0, "dropped": 2}


def test_the_nightly_job_plans_for_plans_in_force_and_tells_each_once(minimal, monkeypatch):
    rhythm = ReviewRhythm(
        kind="Plan Review", months=3, first_date=getdate() + timedelta(days=14), chair="omar"
    )
    account_with("SM Service Owner", name=CHAIR)
    people = tuple(dataclasses.replace(one, user=CHAIR if one.id == "omar" else "") for one in minimal.people)
    name = plan_writer.save(dataclasses.replace(minimal, people=people, review_rhythm=(rhythm,)))
    lineage = frappe.db.get_value("SM Plan", name, "lineage")
    mails = []
    monkeypatch.setattr(sign_off_mails, "send", lambda *given: mails.append(given))
    reviews.look_ahead()
    assert frappe.db.count("SM Review", {"lineage": lineage}) == 0  # a draft binds nobody
    frappe.db.set_value("SM Lineage", lineage, "active", name)
    reviews.look_ahead()
    reviews.look_ahead()
    assert frappe.db.count("SM Review", {"lineage": lineage}) == 4
    assert [(users, doctype) for _name, users, _mail, doctype in mails] == [([CHAIR], "SM Review")] * 2
    (line,) = mails[0][2].lines
    assert "Plan Review takes place on" in str(line)


def test_what_the_form_of_a_review_tells_before_it_is_held(review):
    with acting(CHAIR):
        told = api.review_agenda(review)
    assert (told["state"], told["late"], told["may_hold"], told["may_confirm"]) == (
        "Overdue",
        10,
        True,
        False,
    )
    assert [topic["name"] for topic in told["topics"]] == list(REVIEW_TOPICS)
    with acting(OTHER):
        assert not api.review_agenda(review)["may_hold"]


def test_the_chair_holds_a_review_and_its_inputs_are_frozen(review, plan):
    with acting(CHAIR):
        api.hold_review(review)
    doc = frappe.get_doc("SM Review", review)
    assert (doc.held_on, doc.day, doc.held_by, doc.entered_by or "") == (getdate(), getdate(), CHAIR, "")
    assert [row.topic for row in doc.inputs] == list(REVIEW_TOPICS)
    before = [row.text for row in doc.inputs]
    frappe.get_doc(
        {"doctype": "SM Trigger", "lineage": doc.lineage, "title": "New law", "kind": "KPI"}
    ).insert()
    assert [row.text for row in frappe.get_doc("SM Review", review).inputs] == before
    assert frappe.get_doc("SM Review", review).get_doc_before_save() is None


def test_a_planner_holds_it_for_the_chair_and_that_is_noted(review):
    with acting(PLANNER):
        api.hold_review(review)
    assert frappe.db.get_value("SM Review", review, "entered_by") == PLANNER


def test_holding_ends_the_day_that_was_set_for_the_review(review, lineage):
    frappe.db.set_value("SM Lineage", lineage, "next_review", add_days(getdate(), -1))
    with acting(CHAIR):
        api.hold_review(review)
    assert frappe.db.get_value("SM Lineage", lineage, "next_review") is None


def test_holding_one_notes_the_earlier_open_ones_of_its_series_as_skipped(review, lineage):
    def planned(kind: str, days: int, **values) -> str:
        given = {"doctype": "SM Review", "lineage": lineage, "kind": kind, "chair": "omar"}
        return frappe.get_doc({**given, "scheduled": add_days(getdate(), days), **values}).insert().name

    earlier, other = planned("Plan Review", -100), planned("Service Review", -100, about="Lending")
    before, ahead = planned("Plan Review", -200, skip_reason="Merger"), planned("Plan Review", 1)
    with acting(CHAIR):
        api.hold_review(review)

    reason = f"One of these reviews was held on {frappe.format(getdate(), 'Date')}."
    reasons = {
        name: frappe.db.get_value("SM Review", name, "skip_reason") or ""
        for name in (earlier, other, before, ahead, review)
    }
    assert reasons == {earlier: reason, other: "", before: "Merger", ahead: "", review: ""}
    assert frappe.db.get_value("SM Review", earlier, "held_on") is None
    with acting(CHAIR), pytest.raises(frappe.ValidationError, match="This review is skipped"):
        api.hold_review(earlier)


def test_a_review_that_cannot_be_held_skips_no_other(review, lineage):
    given = {"doctype": "SM Review", "lineage": lineage, "kind": "Plan Review", "chair": "omar"}
    earlier = frappe.get_doc({**given, "scheduled": add_days(getdate(), -100)}).insert().name
    with acting(OTHER), pytest.raises(frappe.PermissionError):
        api.hold_review(review)
    assert not frappe.db.get_value("SM Review", earlier, "skip_reason")


def test_nobody_else_holds_a_review(review):
    for user in (OTHER, SPONSOR):
        with acting(user), pytest.raises(frappe.PermissionError, match="Only the chair of a review"):
            api.hold_review(review)
    assert frappe.db.get_value("SM Review", review, "held_on") is None


def test_a_review_is_held_once(held):
    with acting(CHAIR), pytest.raises(frappe.ValidationError, match="This review was held on"):
        api.hold_review(held)


def test_the_chair_moves_a_review_with_a_reason_and_skips_it(review):
    with pytest.raises(frappe.ValidationError, match="Moved Because"):
        saved(review, CHAIR, moved_to=add_days(getdate(), 3))
    saved(review, CHAIR, moved_to=add_days(getdate(), 3), move_reason="Strike")
    assert frappe.db.get_value("SM Review", review, "day") == add_days(getdate(), 3)
    saved(review, CHAIR, skip_reason="Merger")
    with acting(CHAIR), pytest.raises(frappe.ValidationError, match="This review is skipped"):
        api.hold_review(review)


@pytest.mark.parametrize(
    ("user", "values", "said"),
    [
        (OTHER, {"moved_to": "2030-01-01", "move_reason": "x"}, "Only the chair of the review"),
        (CHAIR, {"held_on": "2026-01-01"}, "kept by the site"),
        (PLANNER, {"held_on": "2026-01-01"}, "kept by the site"),
        (PLANNER, {"inputs": [{"topic": "Risks", "text": "None"}]}, "kept by the site"),
        (PLANNER, {"from_rhythm": 0}, "kept by the site"),
        (CHAIR, {"kind": "Service Review"}, "Only planners change"),
        (CHAIR, {"chair": "nadia"}, "Only planners change"),
        (
            PLANNER,
            {"attendance": [{"person": "edith", "attended": 1, "confirmed": "2026-01-01"}]},
            "kept by the site",
        ),
        (
            CHAIR,
            {"decisions": [{"text": "x", "kind": "Improve", "became": "IMP-01"}]},
            "kept by the site",
        ),
    ],
)
def test_what_is_not_entered_by_hand(review, user, values, said):
    before = frappe.get_doc("SM Review", review).as_dict()
    with pytest.raises(frappe.PermissionError, match=said):
        saved(review, user, **values)
    assert frappe.get_doc("SM Review", review).as_dict() == before


def test_a_scheduled_day_stays(review):
    with pytest.raises(frappe.PermissionError, match="The scheduled day stays"):
        saved(review, PLANNER, scheduled="2030-01-01")


def test_only_planners_plan_reviews_beside_the_rhythm(lineage):
    extra = {
        "doctype": "SM Review",
        "lineage": lineage,
        "kind": "Plan Review",
        "scheduled": getdate(),
        "chair": "omar",
    }
    with acting(CHAIR), pytest.raises(frappe.PermissionError, match="Only planners plan reviews"):
        frappe.get_doc(extra).insert()
    with acting(PLANNER):
        made = frappe.get_doc(extra).insert()
        assert not made.from_rhythm
        with pytest.raises(frappe.DuplicateEntryError):
            frappe.get_doc(extra).insert()


def test_who_held_a_review_writes_its_minutes_within_a_day_and_nobody_else(held):
    decide(held, TRAIN)
    assert frappe.get_doc("SM Review", held).decisions[0].text == "Train the desk"
    with pytest.raises(frappe.PermissionError, match="within a day"):
        saved(held, PLANNER, remarks="Changed")
    frappe.db.set_value("SM Review", held, "held_at", add_days(frappe.utils.now_datetime(), -2))
    with pytest.raises(frappe.PermissionError, match="within a day"):
        decide(held, {**TRAIN, "person": "omar"})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"inputs": []}, "kept by the site"),
        ({"moved_to": "2030-01-01", "move_reason": "x"}, "stays as it is"),
        ({"skip_reason": "Not held"}, "stays as it is"),
        ({"held_on": None}, "kept by the site"),
    ],
)
def test_not_even_who_held_it_changes_what_was_held(held, values, said):
    with pytest.raises(frappe.PermissionError, match=said):
        saved(held, CHAIR, **values)


def test_who_held_it_and_when_is_the_sites_to_write(held):
    saved(held, CHAIR, held_by=OTHER, held_at="2040-01-01 00:00:00", entered_by="")
    assert frappe.db.get_value("SM Review", held, "held_by") == CHAIR


def test_a_review_that_was_held_is_not_deleted(held, lineage):
    with pytest.raises(frappe.PermissionError, match="is not deleted"):
        frappe.delete_doc("SM Review", held)
    planned = frappe.get_all("SM Review", {"lineage": lineage, "held_on": ("is", "not set")}, pluck="name")
    with acting(CHAIR), pytest.raises(frappe.PermissionError, match="Only planners delete"):
        frappe.delete_doc("SM Review", planned[0])
    frappe.delete_doc("SM Review", planned[0])


def test_the_sponsor_confirms_the_attendance_in_a_session_of_his_own(held, in_browser):
    with acting(SPONSOR):
        assert api.review_agenda(held)["may_confirm"]
        api.confirm_attendance(held)
        assert not api.review_agenda(held)["may_confirm"]
    row = next(row for row in frappe.get_doc("SM Review", held).attendance if row.person == "edith")
    assert (row.attended, row.confirmed) == (1, getdate())
    assert '"way":"browser"' in row.proof
    with pytest.raises(frappe.PermissionError, match="kept by the site"):
        saved(held, CHAIR, attendance=[{"person": "edith", "attended": 0}])


def test_nobody_confirms_for_another_nor_before_the_review(review, held, in_browser):
    with acting(PLANNER), pytest.raises(frappe.PermissionError, match="stands for nobody"):
        api.confirm_attendance(held)
    later = frappe.get_all("SM Review", {"held_on": ("is", "not set")}, pluck="name", order_by="day asc")[0]
    with acting(SPONSOR), pytest.raises(frappe.PermissionError, match="not held yet"):
        api.confirm_attendance(later)


def test_nobody_confirms_but_in_a_browser(held):
    with acting(SPONSOR), pytest.raises(frappe.PermissionError, match="Log in yourself"):
        api.confirm_attendance(held)


def test_a_decision_becomes_an_improvement_in_one_step(held, lineage, plan):
    decide(held, TRAIN)
    with acting(CHAIR):
        assert api.review_agenda(held)["open"] == [1]
        made = api.decision_becomes(held, 1, "improvement")
    improvement = frappe.get_doc(made["doctype"], made["name"])
    assert (improvement.lineage, improvement.title, improvement.status) == (lineage, "Train the desk", "New")
    assert (improvement.improvement_owner, str(improvement.due)) == ("nadia", "2027-12-01")
    assert improvement.source.startswith("Plan Review of")
    assert improvement.source.endswith("decision 1")
    assert frappe.get_doc("SM Review", held).decisions[0].became == improvement.id
    with acting(CHAIR), pytest.raises(frappe.ValidationError, match="This decision became"):
        api.decision_becomes(held, 1, "nothing")
    with pytest.raises(frappe.PermissionError, match="kept by the site"):
        decide(held, {**TRAIN, "text": "Other words"})
    assert api.review_agenda(held)["became"] == {improvement.id: made}
    assert plan_reader.load(plan).reviews[0].decisions[0].became == improvement.id


def test_a_decision_becomes_a_trigger_that_makes_a_version_due_or_is_done(held):
    decide(held, {**TRAIN, "kind": "Change Plan"}, {**TRAIN, "kind": "Resource"})
    with acting(CHAIR):
        made = api.decision_becomes(held, 1, "trigger", "Goal Changed")
        assert api.decision_becomes(held, 2, "nothing") == {}
    trigger = frappe.get_doc(made["doctype"], made["name"])
    assert (trigger.status, trigger.kind, trigger.decided_on) == ("Version Due", "Goal Changed", getdate())
    assert frappe.get_doc("SM Review", held).decisions[1].done_on == getdate()


@pytest.mark.parametrize("user", [OTHER, SPONSOR])
def test_nobody_else_says_what_becomes_of_a_decision(held, user):
    decide(held, TRAIN)
    with acting(user), pytest.raises(frappe.PermissionError, match="Only the chair of a review"):
        api.decision_becomes(held, 1, "improvement")
    assert not frappe.get_doc("SM Review", held).decisions[0].became


def test_an_unknown_outcome_and_a_trigger_without_a_kind_are_refused(held):
    decide(held, TRAIN)
    with acting(CHAIR):
        with pytest.raises(frappe.ValidationError, match="becomes one of these"):
            api.decision_becomes(held, 1, "party")
        with pytest.raises(frappe.ValidationError):
            api.decision_becomes(held, 1, "trigger", "Nonsense")


def trigger(lineage: str, user: str, **values):
    with acting(user):
        given = {"doctype": "SM Trigger", "lineage": lineage, "title": "New law", "kind": "Environment"}
        return frappe.get_doc({**given, **values}).insert()


def test_anybody_with_a_role_notices_a_trigger_and_planners_decide_it(lineage):
    noticed = trigger(lineage, OTHER)
    assert (noticed.noticed_by, noticed.noticed_on, noticed.status) == ("nadia", getdate(), "Open")
    with acting(OTHER), pytest.raises(frappe.PermissionError, match="Planners decide"):
        frappe.get_doc("SM Trigger", noticed.name).update({"status": "Done", "reason": "x"}).save()
    with acting(PLANNER):
        doc = frappe.get_doc("SM Trigger", noticed.name)
        doc.update({"status": "Deferred", "reason": "No staff", "deferred_until": "2030-01-01"}).save()
        assert doc.decided_on == getdate()
        doc.update({"status": "Open"}).save()
        assert doc.decided_on is None
        with pytest.raises(frappe.ValidationError, match="Reason"):
            doc.update({"status": "Done", "reason": ""}).save()
    with acting(OTHER), pytest.raises(frappe.PermissionError):
        frappe.delete_doc("SM Trigger", noticed.name)
    assert frappe.db.exists("SM Trigger", noticed.name)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "Version Due"}, "Leave the status"),
        ({"noticed_by": "omar"}, "noticed yourself"),
    ],
)
def test_who_notices_decides_nothing_and_speaks_for_nobody(lineage, values, said):
    with pytest.raises(frappe.PermissionError, match=said):
        trigger(lineage, OTHER, **values)


def test_a_file_brings_reviews_but_no_confirmation(plan, minimal):
    read = plan_reader.load(plan)
    mine = Review(
        kind="Plan Review",
        scheduled=date(2026, 1, 5),
        held_on=date(2026, 1, 5),
        chair="omar",
        attendance=(ReviewAttendance(person="edith", attended=True, confirmed=date(2026, 1, 5), proof="{}"),),
    )
    wanted = plan_file.loads(plan_file.dumps(dataclasses.replace(read, reviews=(mine,))))
    plan_writer.save(wanted)
    (stored,) = plan_reader.load(plan).reviews
    assert stored.attendance == (ReviewAttendance(person="edith", attended=True),)
    assert stored.entered_by
    plan_writer.save(wanted)  # again: it changes nothing
    assert plan_reader.load(plan).reviews == (stored,)


def test_registers_and_reviews_are_there_for_both_versions(lineage, plan, review):
    trigger(lineage, OTHER)
    read = plan_reader.load(plan)
    assert [one.title for one in read.triggers] == ["New law"]
    assert len(read.reviews) == 5

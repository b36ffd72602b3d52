"""Assessments on a site: begun, answered line by line, submitted and frozen; gaps that are answered; frameworks by import."""

from __future__ import annotations

import json

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import assessment_files
from sm_planner.engine import approval
from sm_planner.engine.assessment import frameworks

ASSESSMENT, FRAMEWORK, GAP = "SM Assessment", "SM Assessment Framework", "SM Gap Decision"
OWNER, SPONSOR, ASSESSOR = "owner@example.org", "sponsor@example.org", "assessor@example.org"
LOOK = "sys-knowledge"


@pytest.fixture
def assessor(in_force, make_user) -> str:
    """A person of no process, whose account has the role of a service owner."""
    make_user("SM Service Owner", name=ASSESSOR)
    return frappe.get_doc({"doctype": "SM Person", "title": "Ira", "user": ASSESSOR}).insert().name


@pytest.fixture
def begin(minimal, assessor):
    def make(**fields):
        values = {"framework": "where-we-stand", "kind": "Independent", "assessor": assessor, **fields}
        values = {"title": "Spring", "as_of": "2026-11-20", "lineage": minimal.lineage, **values}
        return frappe.get_doc({"doctype": ASSESSMENT, **values}).insert()

    return make


def say(doc, code: str, seen: str = "", **said):
    return api.answer_line(doc.name, code, json.dumps(said), seen)


def line(told, code: str):
    return next(one for one in told["lines"] if one["code"] == code)


def loaded(in_force: str):
    return plan_reader.load(in_force)


def test_a_new_one_has_the_lines_of_its_framework_and_no_level(begin, minimal, acting_as):
    doc = begin()
    assert len(doc.answers) == 40
    assert {row.score for row in doc.answers} == {None}
    assert {row.target for row in doc.answers} == {3}
    assert {row.sm_process for row in doc.answers} >= {process.id for process in minimal.processes}
    assert (doc.framework_version, doc.levels.splitlines()[4]) == ("1", "Managed")
    with acting_as(ASSESSOR):
        told = api.assessment_sheet(doc.name)
    assert (told["progress"], told["open"], told["may_answer"]) == (0, 40, True)
    assert line(told, "prc-problem")["levels"][0]["looks"] == "It is not done, or nobody could say so."


def test_an_unknown_framework_is_refused_with_those_that_there_are(begin):
    with pytest.raises(frappe.ValidationError, match="There is no framework “nobody”. .*where-we-stand"):
        begin(framework="nobody")


def test_each_answer_is_kept_by_itself_and_an_empty_one_is_not_zero(begin, acting_as):
    doc = begin()
    with acting_as(ASSESSOR):
        evidence = [
            {"what": "A list", "method": "Examine", "found_on": "2026-11-19", "expires": "2028-02-28"}
        ]
        told = say(doc, LOOK, score=0, note="Folders.", evidence=evidence)
        assert (told["kept"], told["line"]["score"], told["open"]) == (True, 0, 39)
        assert told["result"] | {} == told["result"]
        assert (told["result"]["mean"], told["result"]["minimum"], told["result"]["below"]) == (0, 0, 1)
        told = say(doc, "sys-tickets", not_applicable="No tool is wanted.")
        assert (told["open"], told["result"]["in_scope"], told["result"]["mean"]) == (38, 39, 0)
        told = say(doc, LOOK)
    assert (told["line"]["score"], told["line"]["evidence"], told["open"]) == (None, [], 39)
    assert frappe.get_all("SM Assessment Answer", {"parent": doc.name, "code": LOOK}, pluck="score") == [None]


def test_an_answer_said_twice_changes_nothing_and_one_of_an_old_screen_is_told(begin, acting_as):
    doc = begin()
    with acting_as(ASSESSOR):
        first = line(api.assessment_sheet(doc.name), LOOK)["state"]
        told = say(doc, LOOK, first, score=2)
        modified = frappe.db.get_value(ASSESSMENT, doc.name, "modified")
        assert say(doc, LOOK, first, score=2)["kept"]
        assert frappe.db.get_value(ASSESSMENT, doc.name, "modified") == modified
        behind = say(doc, LOOK, first, score=4)
        assert (behind["kept"], behind["line"]["score"]) == (False, 2)
        assert say(doc, LOOK, told["line"]["state"], score=4)["line"]["score"] == 4


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"score": 5}, "there is no level 5"),
        ({"score": 2, "not_applicable": "No"}, "has a level, and is not applicable"),
        ({"score": "much"}, "much"),
        ({"target": 1}, "and nothing else"),
        ({"evidence": [{"what": {"a": 1}}]}, "and nothing else"),
        ([], "and nothing else"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(begin, acting_as, said, message):
    doc = begin()
    with acting_as(ASSESSOR), pytest.raises(frappe.ValidationError, match=message):
        api.answer_line(doc.name, LOOK, json.dumps(said), "")


def test_who_assesses_independently_answers_without_help(begin, acting_as, make_user):
    doc = begin()
    with acting_as(make_user("SM Planner Manager", name="rules@example.org")):
        with pytest.raises(frappe.PermissionError, match="independently answers"):
            say(doc, LOOK, score=3)
        for change in ({"kind": "Self"}, {"status": "Submitted"}):
            doc.reload().update(change)
            doc.answers[0].score = 4
            with pytest.raises(frappe.PermissionError, match="independently answers"):
                doc.save()
        doc.reload().answers[0].target = 2  # the organisation sets targets
        doc.save()
    stranger = make_user("SM Service Owner", name="else@example.org")
    with acting_as(stranger), pytest.raises(frappe.PermissionError, match="Who assesses, or a planner"):
        say(doc, LOOK, score=3)


def test_once_submitted_it_stays_for_everybody(begin, acting_as, in_force):
    doc = begin()
    with acting_as(ASSESSOR):
        with pytest.raises(frappe.PermissionError, match="No line has a level yet"):
            api.submit_assessment(doc.name)
        say(doc, LOOK, score=1)
        api.submit_assessment(doc.name)
        with pytest.raises(frappe.PermissionError, match="was submitted, and stays"):
            say(doc, LOOK, score=3)
    doc.reload()
    for change in ({"status": "Draft"}, {"title": "Other"}, {"framework_version": "0"}):
        with pytest.raises(frappe.PermissionError, match="was submitted, and stays"):
            doc.reload().update(change).save()
    doc.reload().answers[0].target = 1
    with pytest.raises(frappe.PermissionError, match="was submitted, and stays"):
        doc.save()
    with pytest.raises(frappe.PermissionError, match="submitted is not deleted"):
        doc.reload().delete()
    assert loaded(in_force).get("assessments", doc.id).is_submitted


def test_it_is_not_made_submitted_and_the_owner_of_a_process_is_not_independent(begin, minimal, acting_as):
    with pytest.raises(frappe.PermissionError, match="Answer its lines first"):
        begin(status="Submitted")
    owner = next(
        holder.person
        for role in minimal.roles
        if role.id == minimal.processes[0].owner_role
        for holder in role.holders
    )
    doc = begin(assessor=owner)
    user = frappe.db.get_value("SM Person", owner, "user")
    with acting_as(user):
        say(doc, "prc-incident", score=4)
        with pytest.raises(frappe.PermissionError, match="owns or manages the process “Incident Management”"):
            api.submit_assessment(doc.name)


def test_what_others_say_is_shown_once_one_has_answered_oneself(begin, acting_as, minimal):
    doc = begin()
    other = begin(title="By ourselves", kind="Self", assessor=minimal.plan_owner)
    with acting_as(OWNER):
        say(other, LOOK, score=3)
        say(other, "sys-tickets", score=4)
    with acting_as(ASSESSOR):
        assert line(api.assessment_sheet(doc.name), LOOK)["others"] == []
        told = say(doc, LOOK, score=1)
        sheet = api.assessment_sheet(doc.name)
    assert [(one["score"], one["kind"]) for one in told["line"]["others"]] == [(3, "Self")]
    assert line(sheet, "sys-tickets")["others"] == []


@pytest.fixture
def gap(begin, acting_as):
    doc = begin()
    with acting_as(ASSESSOR):
        say(doc, LOOK, score=1, note="Folders.")
        api.submit_assessment(doc.name)
    return doc


def standing(doc, code: str = LOOK):
    return next(one for one in api.assessment_standing(doc.name)["gaps"] if one["code"] == code)


def test_a_gap_becomes_an_improvement_in_one_step_and_both_know_of_each_other(gap, minimal):
    assert standing(gap)["is_open"]
    name = api.improvement_of_gap(minimal.lineage, "where-we-stand", LOOK)
    made = frappe.get_doc("SM Improvement", name)
    assert (made.source_kind, made.source_record) == ("Gap", f"where-we-stand / {LOOK}")
    assert (made.benefit_baseline, made.benefit_target, made.description) == (1, 3, "Folders.")
    told = standing(gap)
    assert (told["is_open"], [one["name"] for one in told["improvements"]]) == (False, [name])
    made.onload()
    assert made.get_onload("gap")["track"][-1]["score"] == 1
    with pytest.raises(frappe.ValidationError, match="no gap of the newest"):
        api.improvement_of_gap(minimal.lineage, "where-we-stand", "nothing")


def test_to_live_with_a_gap_is_decided_by_another_than_who_asks(gap, minimal, acting_as, in_force, assessor):
    asked = {"doctype": GAP, "lineage": minimal.lineage, "framework": "where-we-stand", "code": LOOK}
    asked |= {"title": "Later", "requester": assessor, "reason": "The portal comes.", "expires": "2099-12-31"}
    doc = frappe.get_doc({**asked, "status": "Approved"}).insert()
    assert doc.status == "Requested"
    assert standing(gap)["is_open"]
    shown = approval.shown(loaded(in_force).get("gap_decisions", doc.id))
    with acting_as(ASSESSOR), pytest.raises(frappe.PermissionError, match="You asked to live with this gap"):
        api.decide_gap(doc.name, "Approve", shown)
    with acting_as(OWNER), pytest.raises(frappe.PermissionError, match="has changed since you opened"):
        api.decide_gap(doc.name, "Approve", "0" * 64)
    with acting_as(OWNER):
        assert api.decide_gap(doc.name, "Approve", shown, "Agreed.") == "Approved"
    assert (standing(gap)["is_open"], str(standing(gap)["until"])) == (False, "2099-12-31")
    doc.reload().reason = "Another."
    assert doc.save().status == "Requested"  # what was approved is not this any more
    assert standing(gap)["is_open"]


@pytest.mark.parametrize("field", ["owner", "modified_by"])
def test_who_entered_what_another_asks_for_does_not_decide_it(
    gap, minimal, acting_as, in_force, assessor, field
):
    asked = {"doctype": GAP, "lineage": minimal.lineage, "framework": "where-we-stand", "code": LOOK}
    asked |= {"title": "Later", "requester": assessor, "reason": "The portal comes.", "expires": "2099-12-31"}
    doc = frappe.get_doc(asked).insert()
    frappe.db.set_value(GAP, doc.name, field, OWNER.upper(), update_modified=False)
    shown = approval.shown(loaded(in_force).get("gap_decisions", doc.id))
    with acting_as(OWNER), pytest.raises(frappe.PermissionError, match="You entered this. Somebody else"):
        api.decide_gap(doc.name, "Approve", shown)
    assert frappe.db.get_value(GAP, doc.name, "status") == "Requested"


def upload(content: bytes, name: str) -> str:
    file = frappe.get_doc({"doctype": "File", "file_name": name, "content": content, "is_private": 1})
    return file.insert().file_url


def test_a_framework_goes_out_as_a_workbook_and_comes_back_as_ones_own(minimal, in_force, begin):
    api.export_framework("where-we-stand", ending=".xlsx")
    (own,) = frameworks.read(frappe.response.filecontent, "own.xlsx")
    content = frameworks.dump([own], ".xlsx")
    (name,) = api.import_frameworks(minimal.lineage, upload(content, "own.xlsx"))
    assert name == f"{minimal.lineage}-where-we-stand"
    assert loaded(in_force).get("assessment_frameworks", "where-we-stand") == own
    assert [one["value"] for one in api.assessment_frameworks(minimal.lineage)] == [
        "fitsm-3",
        "where-we-stand",
    ]
    begin()
    doc = frappe.get_doc(FRAMEWORK, name)
    doc.lines[0].title = "Other"
    with pytest.raises(frappe.ValidationError, match="another version"):
        doc.save()
    doc.reload().version = "2"
    doc.lines[0].title = "Other"
    doc.save()


def test_a_file_that_is_wrong_is_told_with_its_places_and_nothing_is_kept(minimal, in_force):
    bad = b"assessment_frameworks:\n  - id: mine\n    levels: [a, b]\n    lines:\n      - {code: x, title: X, area: Sky}\n"
    with pytest.raises(frappe.ValidationError) as refused:
        assessment_files.import_file(minimal.lineage, upload(bad, "mine.yaml"))
    assert ".yaml:5:35: “Sky” is not a Topic" in str(refused.value)
    assert not frappe.db.exists(FRAMEWORK, {"lineage": minimal.lineage})

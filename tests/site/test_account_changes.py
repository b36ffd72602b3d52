"""Accounts that change, are renamed or merged, and what was known before the log kept it; in one transaction each."""

from __future__ import annotations

import frappe
import pytest
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import authorship, sign_off_events
from sm_planner.adapters.signers import delegations
from sm_planner.adapters.site import locks
from sm_planner.engine.sealing.log import accounts_of
from sm_planner.patches.v0_3 import authors_are_in_the_log, delegations_know_their_accounts

WRITER, SPONSOR, OWNER = "writer@example.org", "sponsor@example.org", "owner@example.org"


@pytest.fixture
def clerk(make_user) -> str:
    """Somebody who may change people, and has no hand in any plan."""
    return make_user("SM Planner User", name="clerk@example.org")


@pytest.fixture
def draft(to_sign, acting_as) -> str:
    with acting_as(WRITER):
        plan = frappe.get_doc("SM Plan", to_sign)
        plan.state = "Draft"
        plan.save()
    return to_sign


@pytest.fixture
def delegation(draft, make_user, acting_as) -> str:
    """What the sponsor gave to Vi; its name."""
    deputy = make_user("SM Executive Sponsor", name="vi@example.org")
    frappe.get_doc({"doctype": "SM Person", "title": "Vi Nowak", "user": deputy}).insert(set_name="vi")
    with acting_as(SPONSOR):
        return (
            frappe.get_doc(
                {
                    "doctype": "SM Delegation",
                    "principal": sponsor(draft),
                    "deputy": "vi",
                    "valid_from": frappe.utils.getdate(),
                    "valid_to": frappe.utils.add_days(frappe.utils.getdate(), 7),
                    "reason": "I am on leave for a week.",
                }
            )
            .insert()
            .name
        )


def sponsor(plan: str) -> str:
    return frappe.db.get_value("SM Plan", plan, "executive_sponsor")


def set_account(person: str, account: str) -> None:
    document = frappe.get_doc("SM Person", person)
    document.user = account
    document.save()


def lapsed(principal: str) -> list[str]:
    return [str(one.lapsed) for one in delegations.of([principal]) if one.lapsed]


def told_of(name: str) -> set[str]:
    return set(frappe.get_all("Notification Log", {"document_name": name}, pluck="for_user"))


def test_the_log_knows_the_accounts_that_stood_for_a_person(draft, clerk, acting_as, make_user):
    person, other = sponsor(draft), make_user(name="other@example.org")
    with acting_as(clerk):
        set_account(person, other)

    assert accounts_of(sign_off_events.about(person), person) == (SPONSOR, other)
    assert {SPONSOR, other} <= told_of(draft)


def test_who_changes_an_account_in_a_draft_can_put_it_right_and_does_not_sign(
    draft, clerk, acting_as, make_user
):
    person, other = sponsor(draft), make_user(name="other@example.org")
    with acting_as(clerk):
        set_account(person, other)
        set_account(person, SPONSOR)

    assert clerk in authorship.of(draft)
    assert clerk not in authorship.of_texts(draft)


def test_a_delegation_lapses_with_the_account_and_all_are_told(
    draft, delegation, clerk, acting_as, make_user
):
    other = make_user(name="other@example.org")
    frappe.db.delete("Notification Log")
    with acting_as(clerk):
        set_account(sponsor(draft), other)

    (why,) = lapsed(sponsor(draft))
    form = frappe.get_doc("SM Delegation", delegation)
    form.run_method("onload")
    assert form.get_onload("lapsed") == why
    assert f"was given by {SPONSOR}, who no longer stands for that person" in why
    # Each by one mail: those who are told of the account anyway read the rest there.
    assert (told_of(draft), told_of(delegation)) == ({SPONSOR, other}, {"vi@example.org"})


def test_whoever_stood_for_the_delegator_before_is_told_of_what_is_given_after(
    draft, clerk, acting_as, make_user, delegation
):
    other = make_user("SM Executive Sponsor", name="other@example.org")
    with acting_as(clerk):
        set_account(sponsor(draft), other)
    frappe.db.delete("Notification Log", {"for_user": SPONSOR})
    again = {"deputy": "vi", "reason": "I am on leave once more.", "principal": sponsor(draft)}
    days = {"valid_from": frappe.utils.getdate(), "valid_to": frappe.utils.getdate()}
    with acting_as(other):
        given = frappe.get_doc({"doctype": "SM Delegation", **again, **days}).insert()

    assert SPONSOR in told_of(given.name)
    assert sign_off_events.log(draft)[-1].act == "Delegate"


def test_a_delegation_goes_with_an_account_that_is_renamed(draft, delegation):
    frappe.rename_doc("User", SPONSOR, "edith@example.org", force=True)

    assert frappe.db.get_value("SM Delegation", delegation, "given_by") == "edith@example.org"
    assert "edith@example.org" in told_of(draft)
    assert lapsed(sponsor(draft)) == []


def test_a_delegation_lapses_with_an_account_that_is_merged_into_another(draft, delegation, clerk, make_user):
    other = make_user(name="other@example.org")
    frappe.rename_doc("User", SPONSOR, other, force=True, merge=True)

    assert frappe.db.get_value("SM Person", sponsor(draft), "user") == other
    assert len(lapsed(sponsor(draft))) == 1
    last = [event for event in sign_off_events.log(draft) if event.act == "Change Account"][-1]
    assert (last.account_before, last.account) == (SPONSOR, other)


@pytest.mark.parametrize("merge", [False, True])
def test_an_author_is_followed_to_another_name(draft, make_user, merge):
    if merge:
        make_user(name="other@example.org")
    frappe.rename_doc("User", WRITER, "other@example.org", force=True, merge=merge)

    assert authorship.of(draft) == (WRITER, "other@example.org")


def test_a_property_setter_that_is_there_already_loses_no_author(draft, clerk, acting_as):
    """As another app brings it, past the guards."""
    setter = {"doctype_or_field": "DocField", "doc_type": "SM Sign-off Event", "field_name": "account"}
    frappe.get_doc(
        {"doctype": "Property Setter", "name": "bent", **setter, "property": "fieldtype", "value": "Int"}
    ).db_insert()
    frappe.clear_cache(doctype="SM Sign-off Event")
    plan = frappe.get_doc("SM Plan", draft)
    plan.vision = "Ours"
    try:
        refused = pytest.raises(frappe.ValidationError, match="The log does not keep account as it is")
        with refused, locks.all_or_nothing():
            plan.save()
    finally:
        frappe.db.delete("Property Setter", {"name": "bent"})
        frappe.clear_cache(doctype="SM Sign-off Event")
    assert authorship.of(draft) == (WRITER,)


def test_an_account_that_frappe_fetches_from_elsewhere_is_refused_too(draft, acting_as):
    """By a property setter that is there already: Frappe fetches after the guards of a save were asked."""
    setter = {"doctype_or_field": "DocField", "doc_type": "SM Person", "field_name": "user"}
    fetched = {"property": "fetch_from", "value": "reports_to.user"}
    frappe.get_doc({"doctype": "Property Setter", "name": "bent", **setter, **fetched}).db_insert()
    frappe.clear_cache(doctype="SM Person")
    boss = frappe.get_doc({"doctype": "SM Person", "title": "The Writer"}).insert()
    frappe.db.set_value("SM Person", boss.name, "user", WRITER)
    person = frappe.get_doc("SM Person", sponsor(draft))
    person.reports_to = boss.name
    try:
        refused = pytest.raises(
            frappe.ValidationError, match="You cannot decide whether your own account stands for"
        )
        with acting_as(WRITER), refused, locks.all_or_nothing():
            person.save()
    finally:
        frappe.db.delete("Property Setter", {"name": "bent"})
        frappe.clear_cache(doctype="SM Person")
    assert frappe.db.get_value("SM Person", sponsor(draft), "user") == SPONSOR


def test_not_even_code_of_another_app_makes_a_property_setter_on_evidence():
    with pytest.raises(frappe.PermissionError, match="because the sign-off relies on it"):
        make_property_setter("SM Sign-off Event", "account", "fieldtype", "Int", "Data")


def test_a_large_plan_costs_one_event_for_each_author(example, give_accounts):
    give_accounts(example)
    name = plan_writer.save(example)

    assert [event.act for event in sign_off_events.log(name)] == ["Write"]


@pytest.fixture
def as_before(draft, monkeypatch):
    """Has the draft as 0.2 kept it: who wrote it in a text, and nothing of that in the log."""

    def contributors(*accounts: str) -> None:
        frappe.db.delete("SM Sign-off Event", {"plan": draft, "act": "Write"})
        assert authorship.of(draft) == ()
        monkeypatch.setattr(authors_are_in_the_log, "_of_plans", lambda: [(draft, list(accounts))])

    return contributors


def test_who_wrote_a_plan_before_0_3_still_did(draft, as_before):
    """And who made a part of it, by its owner."""
    as_before("x@example.org", "bo@example.org", "")
    for _ in range(2):
        authors_are_in_the_log.execute()

    assert authorship.of(draft) == ("bo@example.org", WRITER, "x@example.org")
    kept = [event for event in sign_off_events.log(draft) if event.act == "Write"]
    assert {event.outcome for event in kept} == {"Noted"}
    assert len(kept) == 3


def test_an_account_that_was_renamed_before_0_3_is_found(draft, make_user, as_before):
    make_user(name="now@example.org")
    frappe.rename_doc("User", "now@example.org", "later@example.org", force=True, show_alert=False)
    as_before("now@example.org")
    authors_are_in_the_log.execute()

    assert "later@example.org" in authorship.of(draft)


def test_a_draft_that_was_deleted_before_0_3_is_restored_with_its_authors(make_user, acting_as):
    author = make_user("SM Planner Manager")
    with acting_as(author):
        plan = frappe.get_doc({"doctype": "SM Plan", "title": "Not wanted"}).insert()
        plan.delete()
    deleted = frappe.get_doc("Deleted Document", {"deleted_doctype": "SM Plan", "deleted_name": plan.name})
    data = {**frappe.parse_json(deleted.data), "contributors": "bo@example.org"}
    frappe.db.set_value("Deleted Document", deleted.name, "data", frappe.as_json(data))
    frappe.db.delete("SM Sign-off Event", {"plan": plan.name})
    authors_are_in_the_log.execute()
    restore(deleted.name, alert=False)

    restored = frappe.db.get_value("Deleted Document", deleted.name, "new_name")
    assert {author, "bo@example.org"} <= set(authorship.of(restored))


def test_delegations_of_before_0_3_get_the_accounts_that_are_known(draft, delegation):
    values = {"given_by": None, "given_to": None}
    frappe.db.set_value("SM Delegation", delegation, values)
    assert len(lapsed(sponsor(draft))) == 1
    delegations_know_their_accounts.execute()

    kept = frappe.db.get_value("SM Delegation", delegation, ["given_by", "given_to"])
    assert kept == (SPONSOR, "vi@example.org")
    assert lapsed(sponsor(draft)) == []


def test_delegations_of_before_0_3_that_hold_no_more_are_told(draft, delegation, make_user):
    other = make_user(name="other@example.org")
    frappe.db.set_value("SM Person", sponsor(draft), "user", other)
    frappe.db.set_value("SM Delegation", delegation, {"given_by": None, "given_to": None})
    frappe.db.delete("Notification Log", {"document_name": delegation})
    delegations_know_their_accounts.execute()

    assert len(lapsed(sponsor(draft))) == 1
    assert {SPONSOR, other, "vi@example.org"} <= told_of(delegation)

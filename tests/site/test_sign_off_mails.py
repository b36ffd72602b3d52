"""Mails and bells about the sign-off, read from the queue; the daily watch; standard notifications."""

from __future__ import annotations

import email
import email.policy

import frappe
import pytest
from frappe.utils import get_url_to_form
from seeds import plan_before_sponsor

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_form
from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.signing import seal_watch, sign_off
from sm_planner.engine.texts import say
from sm_planner.reports.sign_off_mails import Mail

pytestmark = pytest.mark.usefixtures("outgoing_account")

SPONSOR, OWNER, AUTHOR = "sponsor@example.org", "owner@example.org", "writer@example.org"


@pytest.fixture
def to_sign(minimal, outgoing_account) -> str:
    """Made anew for each test: its mails are sent on the way."""
    return plan_before_sponsor(minimal)


def mails() -> list[tuple[str, str, str]]:
    """Recipient, subject and text of what is queued, the oldest first, since it was asked last."""
    found = []
    for name in frappe.get_all("Email Queue", pluck="name", order_by="creation asc"):
        queued = frappe.get_doc("Email Queue", name)
        message = email.message_from_string(queued.message, policy=email.policy.default)
        text = message.get_body(("html",)).get_content()
        found += [(row.recipient, message["Subject"], text) for row in queued.recipients]
    frappe.db.delete("Email Queue")
    return found


def subjects(found) -> dict[str, str]:
    return {recipient: subject for recipient, subject, _text in found}


def test_who_signs_is_asked_with_numbers_hash_and_a_link_that_does_nothing(to_sign, minimal):
    _for_review, (recipient, subject, text) = mails()

    assert (recipient, subject) == (SPONSOR, f"To sign: {minimal.title}")
    assert sign_off.Position(plan_reader.load(to_sign)).content_hash in text
    assert get_url_to_form("SM Plan", to_sign) in text
    assert not [
        word for word in ("confirm_action", "apply_action", "/api/method", "unsubscribe?") if word in text
    ]
    assert frappe.db.exists(
        "Notification Log", {"for_user": SPONSOR, "document_name": to_sign, "type": "Alert"}
    )


def test_every_signature_is_told_to_the_sponsor_with_the_head_hash(to_sign, sign):
    mails()
    made = sign(to_sign)

    told = mails()

    assert set(subjects(told)) == {SPONSOR, OWNER}
    assert all(made.seal_hash in text for _recipient, _subject, text in told)


def test_who_wrote_and_sent_the_plan_is_told_why_it_comes_back(to_sign, acting_as):
    mails()
    with acting_as(SPONSOR):
        sign_off.return_plan(to_sign, "The <b>money</b> is missing.")

    told = mails()

    assert set(subjects(told)) == {OWNER, AUTHOR}
    assert "The &lt;b&gt;money&lt;/b&gt; is missing." in told[0][2]


def test_a_plan_for_review_is_told_to_its_owner_and_to_who_sends_it_on(to_sign, make_user, acting_as):
    manager = make_user("SM Planner Manager", name="manager@example.org")
    make_user("SM Planner User", name="colleague@example.org")
    with acting_as(SPONSOR):
        sign_off.return_plan(to_sign, "Not yet.")
    mails()

    with acting_as(AUTHOR):
        doc = frappe.get_doc("SM Plan", to_sign)
        doc.state = "In Review"
        doc.save()

    told = mails()
    assert set(subjects(told)) == {OWNER, manager}
    assert all("for review." in text for _recipient, _subject, text in told)
    assert frappe.db.exists("Notification Log", {"for_user": manager, "document_name": to_sign})


def test_the_form_of_a_returned_plan_says_by_whom_and_why_until_it_is_sent_again(to_sign, acting_as):
    assert plan_form.overview(to_sign)["returned"] is None
    with acting_as(SPONSOR):
        sign_off.return_plan(to_sign, "The money is missing.")

    back = plan_form.overview(to_sign)["returned"]

    assert (back["by"], back["reason"]) == ("sponsor@example.org", "The money is missing.")
    with acting_as(AUTHOR):
        doc = frappe.get_doc("SM Plan", to_sign)
        doc.state = "In Review"
        doc.save()
    assert plan_form.overview(to_sign)["returned"] is None


def test_both_and_who_guards_the_plans_are_told_of_a_delegation_each_by_one_mail(
    to_sign, make_user, acting_as, minimal
):
    auditor = make_user("SM Auditor", name="auditor@example.org")
    deputy = make_user("SM Executive Sponsor", name="deputy@example.org")
    person = frappe.get_doc({"doctype": "SM Person", "title": "Vi Nowak", "user": deputy}).insert()
    mails()
    with acting_as(SPONSOR):
        made = frappe.get_doc(
            {
                "doctype": "SM Delegation",
                "principal": minimal.executive_sponsor,
                "deputy": person.name,
                "valid_from": frappe.utils.nowdate(),
                "valid_to": frappe.utils.nowdate(),
                "reason": "I am on leave today.",
            }
        ).insert()

        given = mails()
        made.revoked = 1
        made.save()

    revoked = mails()
    for told, says in ((given, "may sign plans on behalf"), (revoked, "was revoked")):
        assert sorted(recipient for recipient, _subject, _text in told) == sorted([SPONSOR, deputy, auditor])
        assert all(says in text for _recipient, _subject, text in told)
        assert all(minimal.title in text for _recipient, _subject, text in told)
        by_subject = {recipient: subject.partition(" ")[0] for recipient, subject, _text in told}
        assert by_subject == {SPONSOR: "Delegation", deputy: "Delegation", auditor: "About"}


def test_without_an_outgoing_account_a_plan_is_signed_and_the_bell_rings(to_sign, sign, monkeypatch):
    mails()
    monkeypatch.setattr(sign_off_mails.EmailAccount, "find_outgoing", lambda: None)
    sign(to_sign)

    assert mails() == []
    subject = frappe.get_all(
        "Notification Log", {"for_user": SPONSOR, "document_name": to_sign}, pluck="subject"
    )
    assert any(text.startswith("Signed: ") for text in subject)


def test_a_mail_that_fails_keeps_nobody_from_signing(to_sign, sign, monkeypatch):
    mails()
    monkeypatch.setattr(frappe, "sendmail", lambda **kwargs: 1 / 0)
    sign(to_sign)

    assert frappe.db.get_value("SM Plan", to_sign, "state") == "Active"
    assert frappe.db.exists("Error Log", {"method": ("like", f"%a mail about {to_sign}%")})


def test_a_bell_that_fails_keeps_nobody_from_signing(to_sign, sign, monkeypatch):
    mails()
    monkeypatch.setattr(sign_off_mails, "make_notification_logs", lambda *args: 1 / 0)
    sign(to_sign)

    assert frappe.db.get_value("SM Plan", to_sign, "state") == "Active"
    assert len(mails()) > 1
    assert frappe.db.exists("Error Log", {"method": ("like", f"%the bell about {to_sign}%")})


def test_a_mail_that_cannot_be_written_keeps_nobody_from_signing(to_sign, sign, monkeypatch):
    mails()
    monkeypatch.setattr(sign_off_mails.wording, "signed", lambda *args: 1 / 0)
    sign(to_sign)

    assert frappe.db.get_value("SM Plan", to_sign, "state") == "Active"
    assert frappe.db.exists("Error Log", {"method": ("like", "%a signature could not be told%")})


def test_a_mail_that_cannot_be_written_shows_the_signer_no_refusal(to_sign, sign, monkeypatch):
    frappe.clear_messages()
    monkeypatch.setattr(
        sign_off_mails.wording, "signed", lambda *args: frappe.throw("This mail is not written.")
    )
    sign(to_sign)

    assert frappe.db.get_value("SM Plan", to_sign, "state") == "Active"
    assert [one for one in frappe.get_message_log() if "not written" in str(one)] == []


def test_a_mail_that_cannot_be_written_keeps_no_plan_from_review(minimal_on_site, monkeypatch):
    monkeypatch.setattr(sign_off_mails.wording, "in_review", lambda *args: 1 / 0)
    plan = frappe.get_doc("SM Plan", minimal_on_site)
    plan.state = "In Review"
    plan.save()

    assert frappe.db.get_value("SM Plan", minimal_on_site, "state") == "In Review"
    assert frappe.db.exists("Error Log", {"method": ("like", "%could not be told%")})


def test_a_signature_that_the_database_undid_with_its_mail_is_refused_in_words(to_sign, sign, monkeypatch):
    def deadlocked(**mail):
        raise frappe.QueryDeadlockError(1213)

    monkeypatch.setattr(frappe, "sendmail", deadlocked)
    with pytest.raises(
        frappe.TimestampMismatchError, match="at the same moment, so your change was not saved"
    ):
        sign(to_sign)


def test_a_disabled_account_gets_nothing(to_sign):
    mails()
    frappe.db.set_value("User", SPONSOR, "enabled", 0)
    sign_off_mails.send(to_sign, [SPONSOR], Mail(subject=say("a"), intro=say("b")))

    assert mails() == []


def test_each_reads_it_in_the_own_language(to_sign, monkeypatch):
    mails()
    frappe.db.set_value("User", SPONSOR, "language", "de")
    monkeypatch.setattr(sign_off_mails, "told", lambda text: f"{frappe.local.lang}: {text}")
    sign_off_mails.send(to_sign, [SPONSOR, OWNER], Mail(subject=say("Hello"), intro=say("You")))

    assert subjects(mails()) == {SPONSOR: "de: Hello", OWNER: "en: Hello"}
    assert frappe.local.lang == "en"


def test_the_watch_tells_of_drift_once_until_it_is_another(to_sign, sign, minimal):
    sign(to_sign)
    mails()
    seal_watch.watch()
    assert mails() == []

    frappe.db.set_value("SM Service", minimal.services[0].id, "title", "Another Name")
    seal_watch.watch()
    told = mails()
    assert set(subjects(told)) == {SPONSOR, OWNER}
    assert "Another Name" in told[0][2]
    seal_watch.watch()
    assert mails() == []

    frappe.db.set_value("SM Service", minimal.services[0].id, "title", minimal.services[0].title)
    seal_watch.watch()
    assert mails() == []
    frappe.db.set_value("SM Service", minimal.services[0].id, "title", "Another Name")
    seal_watch.watch()
    assert set(subjects(mails())) == {SPONSOR, OWNER}


@pytest.fixture
def committed(to_sign, sign, monkeypatch) -> None:
    """What is signed is committed, as it were, and so is what follows: the test can still roll it back."""
    sign(to_sign)
    roll_back = frappe.local.db.rollback
    monkeypatch.setattr(frappe.local.db, "commit", lambda: frappe.db.savepoint("committed"))
    monkeypatch.setattr(frappe.local.db, "rollback", lambda: roll_back(save_point="committed"))
    frappe.db.commit()


@pytest.mark.parametrize("error", [frappe.DoesNotExistError, frappe.QueryDeadlockError])
def test_one_plan_that_cannot_be_read_keeps_no_other_from_being_watched(
    to_sign, committed, minimal, monkeypatch, error
):
    mails()
    frappe.db.set_value("SM Service", minimal.services[0].id, "title", "Another Name")
    load = plan_reader.load

    def fails_once(name):
        if name == "not-there":
            raise error
        return load(name)

    monkeypatch.setattr(seal_watch, "signed_plans", lambda: ["not-there", to_sign])
    monkeypatch.setattr(plan_reader, "load", fails_once)
    frappe.db.commit()

    seal_watch.watch()

    assert set(subjects(mails())) == {SPONSOR, OWNER}
    assert frappe.db.exists("Error Log", {"method": ("like", "%not-there%")})


def test_what_goes_wrong_with_passwords_and_lost_plans_keeps_no_plan_from_being_watched(
    to_sign, committed, minimal, monkeypatch, heads_of_this_test
):
    def deadlocked(*args):
        raise frappe.QueryDeadlockError(1213)

    mails()
    frappe.db.set_value("SM Service", minimal.services[0].id, "title", "Another Name")
    frappe.db.commit()
    monkeypatch.setattr(seal_watch.account_passwords, "look", deadlocked)
    monkeypatch.setattr(seal_watch, "lineages_without_plan", lambda: ["gone"])
    monkeypatch.setattr(sign_off, "verify_lost", deadlocked)

    seal_watch.watch()

    assert set(subjects(mails())) == {SPONSOR, OWNER}
    assert heads_of_this_test.exists()
    for one in ("passwords", "gone"):
        assert frappe.db.exists("Error Log", {"method": ("like", f"%the daily watch over {one} failed%")})


def test_a_seal_that_does_not_hold_is_told_to_each_by_one_mail(to_sign, sign, make_user):
    auditor = make_user("SM Auditor", name="auditor@example.org")
    sign(to_sign)
    mails()
    frappe.db.set_value("SM Plan Seal", {"plan": to_sign}, "meaning", "Another meaning")

    seal_watch.watch()

    told = mails()
    assert sorted(recipient for recipient, _subject, _text in told) == sorted([SPONSOR, OWNER, auditor])
    assert all("The seal does not hold." in text for _recipient, _subject, text in told)


def test_what_touches_the_worth_of_a_signature_is_told_to_sponsor_sponsor_before_and_auditors(
    to_sign, minimal, sign, make_user
):
    auditor = make_user("SM Auditor", name="auditor@example.org")
    sign(to_sign)
    revision = sign_off.start_revision(to_sign)
    frappe.db.set_value("SM Plan", revision, "executive_sponsor", minimal.plan_owner)
    mails()

    sign_off_mails.tell_guardians_of([revision], [say("A thing happened.")], [AUTHOR])

    told = mails()
    assert {SPONSOR, OWNER, AUTHOR, auditor} <= set(subjects(told))
    assert all("A thing happened." in text for _recipient, _subject, text in told)


def test_a_review_that_is_due_is_told_to_the_owner_by_the_notification(to_sign, sign):
    sign(to_sign)
    mails()
    lineage = frappe.db.get_value("SM Plan", to_sign, "lineage")
    frappe.db.set_value(
        "SM Lineage", lineage, "next_review", frappe.utils.add_days(frappe.utils.nowdate(), 14)
    )

    told = notified("SM Plan Review Due", lineage)

    assert OWNER in subjects(told)
    assert get_url_to_form("SM Lineage", lineage) in told[0][2]


def test_an_agreement_that_ends_is_told_by_the_notification(to_sign, minimal):
    agreement = minimal.agreements[0].id
    end = frappe.utils.add_days(frappe.utils.nowdate(), 60)
    owner = minimal.plan_owner
    frappe.db.set_value(
        "SM Agreement", agreement, {"status": "In Force", "end_date": end, "agreement_owner": owner}
    )
    mails()

    assert OWNER in subjects(notified("SM Agreement Expiring", agreement))

    frappe.db.set_value("SM Agreement", agreement, "renewal_months", 12)
    notification = frappe.get_doc("Notification", "SM Agreement Expiring")
    assert agreement not in [one.name for one in notification.get_documents_for_today()]


def notified(name: str, document: str):
    """What a standard notification sends today about a document."""
    notification = frappe.get_doc("Notification", name)
    (found,) = [one for one in notification.get_documents_for_today() if one.name == document]
    notification.send(found)
    return mails()

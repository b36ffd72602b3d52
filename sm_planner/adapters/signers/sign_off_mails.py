"""Mails and bells about the sign-off. What they say is in :mod:`sm_planner.reports.sign_off_mails`.

What cannot be told keeps nobody from acting: it is undone, and in the Error Log. Each is told once of one thing.
"""

from collections.abc import Collection, Iterable, Sequence

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.model.document import Document
from frappe.utils import get_url_to_form, getdate
from frappe.utils.user import get_users_with_role

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.signers import delegations
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import full_name, in_language, told
from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.signatures import Signature
from sm_planner.engine.model.states import AUDITOR, DRAFT, IN_REVIEW, MANAGER, SEND_TO_SPONSOR, TO_SIGN
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.log import standing_signatures
from sm_planner.engine.sign_off.signers import next_signer, order
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports import sign_off_mails as wording
from sm_planner.reports.sign_off_mails import Mail

TEMPLATE = "sm_planner_sign_off"

LINK_TEXTS = {
    PLAN: N_("Open the plan"),
    DELEGATION: N_("Open the delegation"),
    DOCTYPES["reviews"]: N_("Open the review"),
}
"""DocType of what a mail is about → what its link says."""


@locks.failure_logged("SM Planner: a step of the sign-off could not be told")
def tell_step(doc: Document) -> None:
    """Tell of a step that a plan has just gone: to who reads it next, to who signs, or to who wrote it."""
    old = doc.get_doc_before_save()
    if old is None or old.state == doc.state:
        return
    if doc.state == IN_REVIEW:
        _tell_in_review(doc)
    elif doc.state == TO_SIGN:
        _tell_next_signer(plan_reader.load(doc.name))
    elif doc.state == DRAFT:
        _tell_returned(plan_reader.load(doc.name))


def _tell_in_review(doc: Document) -> None:
    """To the plan owner, and to the managers of plans who may read this one: they send it on."""
    plan = plan_reader.load(doc.name)
    managers = {user for user in get_users_with_role(MANAGER) if doc.has_permission("read", user=user)}
    users = {*_accounts(plan, [plan.plan_owner]), *managers} - {frappe.session.user}
    send(plan.id, users, wording.in_review(plan, check(plan, getdate()), full_name(frappe.session.user)))


def _tell_next_signer(plan: Plan) -> None:
    """To the person whose turn it is, and to that person's deputies of today."""
    content_hash = canonical.content_hash(plan)
    turn = next_signer(plan, standing_signatures(sign_off_events.log(plan.id), content_hash))
    result = check(plan, getdate())
    send(plan.id, _accounts(plan, [turn]), wording.to_sign(plan, result, content_hash))
    person = plan.get("people", turn)
    deputies = [one.deputy_user for one in delegations.of([turn]) if one.holds(plan.id, getdate())]
    if person and deputies:
        send(plan.id, deputies, wording.to_sign(plan, result, content_hash, person.title))


def _tell_returned(plan: Plan) -> None:
    sent = [event.user for event in sign_off_events.log(plan.id) if event.act == SEND_TO_SPONSOR.action]
    by = frappe.session.user
    users = {*_accounts(plan, [plan.plan_owner]), *sent[-1:]} - {by}
    send(plan.id, users, wording.returned(plan, full_name(by), frappe.flags.sm_planner_reason or ""))


@locks.failure_logged("SM Planner: a signature could not be told")
def tell_signed(plan: Plan, made: Seal | Signature) -> None:
    """To everybody who signs, whoever signed and by whatever means; to the owner; and to who signs next."""
    users = {*_accounts(plan, [*order(plan), plan.plan_owner]), made.signer_user}
    send(plan.id, users, wording.signed(plan, made))
    if isinstance(made, Signature):
        _tell_next_signer(plan)


def tell_found(plan: Plan, texts: Sequence[Text], alarming: Sequence[Text], signed: Iterable[str]) -> None:
    """To owner and sponsor: what the daily watch found.

    alarming: what of it touches the worth of a signature, which is told to the sponsor before, the auditors and those
    who signed (accounts) too.
    """
    told = _accounts(plan, [plan.plan_owner, plan.executive_sponsor])
    send(plan.id, told, wording.found(plan, texts))
    if alarming:
        send(plan.id, {*_guardians(plan), *signed} - told, wording.alarm(plan, alarming))


def tell_lost(lineage: str, texts: Iterable[Text], signed: Iterable[str]) -> None:
    """To those who signed a plan that is there no more, and to the auditors. signed: accounts."""
    gone = Plan(id=lineage, title=lineage, lineage=lineage)
    send(lineage, {*signed, *get_users_with_role(AUDITOR)}, wording.found(gone, tuple(texts)))


def tell_guardians_of(
    names: Iterable[str],
    texts: Iterable[Text],
    also: Iterable[str] = (),
    but: Iterable[str] = (),
    signers: bool = False,
) -> set[str]:
    """To the sponsor, the sponsor before, and the auditors: what touches the worth of a signature. Who guards several of
    these plans is told once. Returns the accounts that are told.

    Asks for no permission: who did what is told may not read the plans.

    also: accounts that are told besides. but: accounts that know it already. signers: whether all who sign are told too.
    """
    texts, also, but = tuple(texts), set(also), set(but)
    about: dict[str, list[Plan]] = {}
    for name in names:
        plan = plan_reader.outline(name)
        users = {*_guardians(plan), *also, *(_accounts(plan, order(plan)) if signers else ())}
        for user in users - but:
            about.setdefault(user, []).append(plan)
    together: dict[tuple[str, ...], list[str]] = {}
    for user, plans in about.items():
        together.setdefault(tuple(plan.id for plan in plans), []).append(user)
    for users in together.values():
        first, *rest = about[users[0]]
        titles = listed(plan.title for plan in rest)
        more = (say(N_("The same applies to these plans: {0}."), titles),) if rest else ()
        send(first.id, users, wording.alarm(first, (*texts, *more)))
    return set(about)


def _guardians(plan: Plan) -> set[str]:
    """Accounts of those who are told when something about the sign-off of a plan should make them look."""
    before = [seal.signer_user for seal in plan.seals if seal.version < plan.version][-1:]
    auditors = [
        user
        for user in get_users_with_role(AUDITOR)
        if frappe.has_permission(PLAN, "read", plan.id, user=user)
    ]
    return {*_accounts(plan, [plan.executive_sponsor]), *before, *auditors}


@locks.failure_logged("SM Planner: a delegation could not be told")
def tell_delegated(
    delegation: Delegation, principal_name: str, plans: Collection[str], also: Iterable[str] = ()
) -> None:
    """To both, that one may sign for the other, or may no longer; and to who guards the plans that this is about.

    plans: their names. also: accounts that are told besides.
    """
    titles = frappe.get_all(PLAN, {"name": ("in", list(plans))}, pluck="title", order_by="name asc")
    mail = wording.delegated(delegation, principal_name, titles)
    told = {*_sides(delegation), *also}
    send(delegation.id, told, mail, DELEGATION)
    tell_guardians_of(plans, [mail.intro], but=told)


@locks.failure_logged("SM Planner: another account could not be told")
def tell_other_account(
    plans: Iterable[str], text: Text, accounts: Collection[str], lapsed: Collection[Delegation] = ()
) -> None:
    """To who guards the plans that an account signs or owns, and to the accounts: that something became of it.

    And to both sides, those of then and those of now, of the delegations that hold no more for its sake.
    """
    texts = (text, *(one.lapsed for one in lapsed if one.lapsed))
    told = tell_guardians_of(plans, texts, accounts)
    for one in lapsed:
        tell_lapsed(one, accounts, told)


def tell_lapsed(delegation: Delegation, also: Iterable[str] = (), but: Iterable[str] = ()) -> None:
    """To both, those of then and those of now, that a delegation holds no more though nobody revoked it.

    also: accounts that are told besides. but: accounts that know it already.
    """
    users = {*_sides(delegation), *also}.difference(but)
    send(delegation.id, users, wording.lapsed(delegation), DELEGATION)


def _sides(delegation: Delegation) -> set[str]:
    accounts = {delegation.principal_user, delegation.given_by, delegation.deputy_user, delegation.given_to}
    return accounts - {""}


def _accounts(plan: Plan, people: Iterable[str]) -> set[str]:
    named = (plan.get("people", person) for person in people)
    return {person.user for person in named if person and person.user}


def send(name: str, users: Iterable[str], mail: Mail, doctype: str = PLAN) -> None:
    """Queue the mail for each user, in that user's language, and ring the bell in the Desk.

    A site without an outgoing account has the bell only. What one cannot be told keeps no other from being told.
    """
    accounts = frappe.get_all(
        "User",
        filters={"name": ("in", sorted(users)), "enabled": 1},
        fields=["name", "email", "language"],
        order_by="name asc",
    )
    has_account = bool(EmailAccount.find_outgoing())
    for account in accounts:
        with in_language(account.language):
            with locks.failure_logged(f"SM Planner: the bell about {name} for {account.name} failed"):
                _ring(doctype, name, account.name, told(mail.subject))
            if has_account and account.email:
                with locks.failure_logged(f"SM Planner: a mail about {name} to {account.email} failed"):
                    _queue(doctype, name, account.email, mail)


def _queue(doctype: str, name: str, address: str, mail: Mail) -> None:
    frappe.sendmail(
        recipients=[address],
        subject=told(mail.subject),
        template=TEMPLATE,
        args={
            "intro": told(mail.intro),
            "quote": mail.quote,
            "numbers": [(number, told(label)) for number, label in mail.numbers],
            "lines": [told(line) for line in mail.lines],
            "hashes": [(told(label), hash) for label, hash in mail.hashes],
            "closing": told(mail.closing) if mail.closing else "",
            "link": get_url_to_form(doctype, name),
            "link_text": _(LINK_TEXTS[doctype]),
        },
        reference_doctype=doctype,
        reference_name=name,
        add_unsubscribe_link=0,  # it would act without a log-in
    )


def _ring(doctype: str, name: str, user: str, subject: str) -> None:
    bell = {
        "type": "Alert",
        "document_type": doctype,
        "document_name": name,
        "subject": frappe.utils.escape_html(subject),
        "from_user": frappe.session.user,
    }
    make_notification_logs(frappe._dict(bell), [frappe.db.get_value("User", user, "email")])

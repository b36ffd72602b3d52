"""Whose account stands for a person who has a part in the sign-off, and which in that person's place: who may change
it, who is told, what is kept.

Whether it may be changed is decided in :mod:`sm_planner.engine.sign_off.refusals`.
"""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import authorship, sign_off_events
from sm_planner.adapters.signers import delegations, sign_off_mails
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, PLAN, SEAL, SIGNER, child_doctype
from sm_planner.adapters.site.presentation import refuse
from sm_planner.engine.approval import decision_rights
from sm_planner.engine.model import Plan, Role
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.events import CHANGE_ACCOUNT, DELEGATE, RENAME_ACCOUNT
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.office import SPENDING
from sm_planner.engine.model.states import DRAFT, SUPERSEDED
from sm_planner.engine.sealing.log import accounts_of
from sm_planner.engine.sign_off.refusals import AccountChange, refuse_other_account
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports import sign_off_mails as wording

PERSON, ROLE = DOCTYPES["people"], DOCTYPES["roles"]
DECISION_RIGHT = child_doctype(specs(Plan)["decision_rights"])
ROLE_HOLDER = child_doctype(specs(Role)["holders"])


@dataclass(frozen=True)
class _Planned:
    """A change of an account that is about to be made. person: an id. plans: names of those concerned, with states."""

    person: str
    change: AccountChange
    plans: dict[str, str]


def guard(person: Document) -> None:
    """Refuse to let another user stand for a person where the user of the session has a part in it."""
    before, after = _accounts(person)
    person.flags.sm_planner_account = None
    if before.casefold() != after.casefold():
        person.flags.sm_planner_account = _plan_change(person.name, person.title, before, after)


def tell(person: Document) -> None:
    """Keep in the log, and tell, that another account stands for a person."""
    before, after = _accounts(person)
    planned = person.flags.sm_planner_account
    expected = planned.change.after if planned else before
    if expected.casefold() != after.casefold():  # Frappe fetched another one since the save began
        guard(person)
        planned = person.flags.sm_planner_account
    if planned:
        _note_and_tell(planned)


def _accounts(person: Document) -> tuple[str, str]:
    """The account that stood for a person, and the one that stands now; the same for a new person."""
    old = person.get_doc_before_save() or person
    return old.user or "", person.user or ""


def guard_merge(user: Document, method: str, old: str, new: str, merge: bool = False) -> None:
    """Refuse to merge a user into another where that gives people another account; see :func:`guard`."""
    if not merge:
        return
    people = frappe.get_all(PERSON, {"user": old}, ["name", "title"], order_by="name asc")
    frappe.flags.sm_planner_merged = [_plan_change(one.name, one.title, old, new) for one in people]


def follow_name(user: Document, method: str, old: str, new: str, merge: bool = False) -> None:
    """Keep in the log that a user has another name, so that what the account did stays known.

    Delegations go with a user who was renamed, and lapse with one who was merged into another.
    """
    for plan in sign_off_events.plans_naming(old):
        sign_off_events.note(plan, RENAME_ACCOUNT, reason=f"{old} → {new}", account_before=old, account=new)
    if not merge:
        for field in ("given_by", "given_to"):
            frappe.db.set_value(DELEGATION, {field: old}, field, new, update_modified=False)
        _tell_renamed(old, new)
    for planned in frappe.flags.pop("sm_planner_merged", None) or ():
        _note_and_tell(planned)


def _tell_renamed(old: str, new: str) -> None:
    text = say(N_("{0} renamed the account {1} to {2}."), frappe.session.user, old, new)
    people = frappe.get_all(PERSON, {"user": new}, pluck="name", order_by="name asc")
    states = {plan.name: plan.state for person in people for plan in _plans_of(person)}
    sign_off_mails.tell_other_account(_not_superseded(states), text, [new])


def _not_superseded(states: dict[str, str]) -> list[str]:
    """The plans of which something is still to be told. states: plan → state."""
    return [plan for plan, state in states.items() if state != SUPERSEDED]


def tell_delegation(doc: Document) -> None:
    """Keep in the log of the plans concerned that a delegation was given or has ended, and tell of it.

    Also to the accounts that stood for whoever is represented before: somebody may act in their name.
    """
    delegation, principal = delegations.as_told(doc)
    text = wording.delegated(delegation, principal, ()).intro
    before = accounts_of(sign_off_events.about(delegation.principal), delegation.principal)
    plans = _plans_under(delegation)
    for plan in plans:
        sign_off_events.note(
            plan,
            DELEGATE,
            reason=f"{delegation.id}: {text}",
            person=delegation.principal,
            account_before=delegation.given_by,
            account=delegation.given_to,
        )
    sign_off_mails.tell_delegated(delegation, principal, plans, before)


def _plans_under(delegation: Delegation) -> list[str]:
    """The plans that a deputy might sign now or later."""
    signs = frappe.get_all(SIGNER, {"person": delegation.principal, "parenttype": PLAN}, pluck="parent")
    return frappe.get_all(
        PLAN,
        filters={"state": ("!=", SUPERSEDED), **({"name": delegation.plan} if delegation.plan else {})},
        or_filters=[["executive_sponsor", "=", delegation.principal], ["name", "in", signs]],
        pluck="name",
        order_by="name asc",
    )


def _plan_change(person: str, title: str, before: str, after: str) -> _Planned:
    deciding = set(_decides_in(person)) - set(_signed_by(person))
    plans = _plans_of(person)
    partners = _partners(person)
    change = AccountChange(
        person=title,
        before=before,
        after=after,
        states=frozenset(plan.state for plan in plans),
        signs=any(_is_signed_by(person, plan, deciding) for plan in plans) or _signs_before(person),
        authors=frozenset(account for plan in plans for account in authorship.of_texts(plan.name)),
        partners=frozenset(partners or ()),
        delegates=partners is not None,
        begins=not (before and frappe.db.exists("User", before)),
    )
    refusals = refuse_other_account(change, frappe.session.user)
    if refusals:
        refuse(refusals, _("The account was not changed"))
    for plan in plans:
        if plan.state == DRAFT:
            authorship.note_account(plan.name, person)
    return _Planned(person, change, {plan.name: plan.state for plan in plans})


def _is_signed_by(person: str, plan: frappe._dict, deciding: set[str]) -> bool:
    """Whether a person signs a plan. deciding: the plans by which the person decides only."""
    return plan.executive_sponsor == person or (plan.plan_owner != person and plan.name not in deciding)


def _plans_of(person: str) -> list[frappe._dict]:
    """The plans that a person signs, has signed or owns, or by which the person decides, locked."""
    concerned = [*_signed_by(person), *_decides_in(person)]
    named = {"executive_sponsor": person, "plan_owner": person, "name": ("in", concerned)}
    names = frappe.get_all(PLAN, or_filters=named, pluck="name", order_by="name asc")
    fields = ("name", "state", "plan_owner", "executive_sponsor")
    return locks.plans({"name": ("in", names)}, *fields) if names else []


def _signed_by(person: str) -> list[str]:
    """The plans that name a person as a signer before the sponsor, or whose seals do."""
    named = {"signer": person, "on_behalf_of": person, "signed_before": ("like", f'%"{person}"%')}
    sealed = frappe.get_all(SEAL, or_filters=named, pluck="plan", order_by="plan asc")
    rows = frappe.get_all(
        SIGNER, {"person": person, "parenttype": PLAN}, pluck="parent", order_by="parent asc"
    )
    return [*sealed, *rows]


def _decides_in(person: str) -> list[str]:
    """The plans by whose rights a person decides, by name or by a role. A limit of spending alone lets nobody decide."""
    held = frappe.get_all(
        ROLE_HOLDER, {"person": person, "parenttype": ROLE}, pluck="parent", order_by="parent asc"
    )
    found = set()
    for right in frappe.get_all(
        DECISION_RIGHT,
        filters={"parenttype": PLAN, "what": ("!=", SPENDING)},
        or_filters={"person": person, "role": ("is", "set")},
        fields=["parent", "person", "role"],
        order_by="parent asc, idx asc",
    ):
        if right.parent not in found and (
            right.person == person
            or right.role in held
            or _signed_as_holder(person, right.role, right.parent)
        ):
            found.add(right.parent)
    return sorted(found)


def _signed_as_holder(person: str, role: str, plan: str) -> bool:
    """Whether the seal of a plan names a person as the holder of a role: who is put back into it has its rights again."""
    holders = decision_rights.signed_holders(plan_reader.outline(plan)) or {}
    return any(one.person == person for one in holders.get(role, ()))


def _signs_before(person: str) -> bool:
    return bool(frappe.db.exists(SIGNER, {"person": person, "parenttype": PLAN}))


def _partners(person: str) -> set[str] | None:
    """The accounts on the other side of the delegations of a person that have not ended; None without any."""
    open_ = delegations.open_for(person, getdate())
    if not open_:
        return None
    accounts = {
        account
        for one in open_
        for account in (
            (one.deputy_user, one.given_to) if one.principal == person else (one.principal_user, one.given_by)
        )
    }
    return accounts - {""}


def _note_and_tell(planned: _Planned) -> None:
    change = planned.change
    for plan in planned.plans:
        sign_off_events.note(
            plan,
            CHANGE_ACCOUNT,
            reason=f"{change.person}: {change.before or '–'} → {change.after or '–'}",
            person=planned.person,
            account_before=change.before,
            account=change.after,
        )
    lapsed = [one for one in delegations.open_for(planned.person, getdate()) if one.lapsed]
    accounts = {change.before, change.after} - {""}
    sign_off_mails.tell_other_account(_not_superseded(planned.plans), _told(change), accounts, lapsed)


def _told(change: AccountChange) -> Text:
    return say(
        N_("{0} changed the account of {1} from {2} to {3}."),
        frappe.session.user,
        change.person,
        change.before or "–",
        change.after or "–",
    )

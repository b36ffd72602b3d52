"""Who wrote a plan, by the log of its sign-off: followed through renamed accounts, versions, and copies.

The log is the one home of it. It outlives the plan, so that a plan under the name of a deleted one, or with its
lineage, begins with those who wrote that.
"""

from collections.abc import Iterable, Iterator

import frappe

from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import DOCTYPES, EVENT, PARTS, PLAN
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.events import DONE, NOTED, WRITE
from sm_planner.engine.model.fields import specs
from sm_planner.engine.sealing.log import authors
from sm_planner.engine.texts import N_, say

LONG = 40
"""Characters from which on two texts are not the same by chance."""


def of(plan: str) -> tuple[str, ...]:
    """The accounts that wrote a plan, or a version before it; none of them signs it."""
    return authors(sign_off_events.history(plan))


def of_texts(plan: str) -> tuple[str, ...]:
    """The same without those who only said whose account stands for a person of the plan."""
    return authors(
        event for event in sign_off_events.history(plan) if not (event.act == WRITE and event.person)
    )


def note(plan: str) -> None:
    """Remember that the user had a hand in the plan's content, and so cannot sign it."""
    _note(plan, frappe.session.user, DONE)


def note_account(plan: str, person: str) -> None:
    """Remember that the user said whose account stands for a person of the draft, and so cannot sign it."""
    _note(plan, frappe.session.user, DONE, person=person)


def note_known(plan: str, accounts: Iterable[str]) -> None:
    """Remember who wrote a plan before the log kept it."""
    for account in accounts:
        _note(plan, account, NOTED, str(say(N_("Known from before the log kept who wrote a plan."))))


def _note(plan: str, account: str, outcome: str, reason: str = "", person: str = "") -> None:
    """Once for each account: the number of events does not grow with the plan."""
    about = person or ("is", "not set")
    if not frappe.db.exists(EVENT, {"plan": plan, "act": WRITE, "account": account, "person": about}):
        sign_off_events.note(plan, WRITE, outcome, reason, account=account, person=person)


def carry_by_texts(plan: Plan) -> None:
    """Remember who wrote what a plan was copied from, where nothing but the texts tells.

    Who brought a long text to this site first has written it. A few queries, whatever the size of the plan.
    """
    known = set(of(plan.id))
    for account, source in dict.fromkeys((*_of_header(plan), *_of_parts(plan))):
        if account.casefold() not in known:
            _note(plan.id, account, NOTED, str(say(N_("Wrote texts of this in {0}."), source)))


def _of_header(plan: Plan) -> Iterator[tuple[str, str]]:
    """Account and plan of whoever wrote a text of the plan first, if that was in another lineage."""
    texts = _long_texts(plan)
    if not texts:
        return
    holders = frappe.get_all(
        PLAN,
        or_filters=texts,
        fields=["name", "lineage", "owner", "creation", *texts],
        order_by="creation asc, name asc",
    )
    lineages = {holder.name: holder.lineage for holder in holders}
    changes = _changes(list(lineages))
    for field, text in texts.items():
        wrote = [
            changes.get((holder.name, field, text), (holder.creation, holder.owner, holder.name))
            for holder in holders
            if holder[field] == text
        ]
        if wrote:
            _at, account, source = min(wrote)
            if lineages[source] != plan.lineage:
                yield account, source


def _changes(plans: list[str]) -> dict[tuple[str, str, str], tuple[object, str, str]]:
    """Plan, field and text → when, by whom and in which plan it was first put there, as far as versions tell."""
    found: dict[tuple[str, str, str], tuple[object, str, str]] = {}
    versions = frappe.get_all(
        "Version",
        {"ref_doctype": PLAN, "docname": ("in", plans)},
        ["docname", "owner", "creation", "data"],
        order_by="creation asc",
    )
    for version in versions:
        for field, _before, after in frappe.parse_json(version.data or "{}").get("changed") or ():
            if isinstance(after, str):
                key = (version.docname, field, after)
                found.setdefault(key, (version.creation, version.owner, version.docname))
    return found


def _of_parts(plan: Plan) -> Iterator[tuple[str, str]]:
    """The same of the parts of the plan."""
    for collection in PARTS:
        wanted = {text for record in getattr(plan, collection) for text in _long_texts(record).values()}
        for field in _text_fields(COLLECTIONS[collection].record) if wanted else ():
            first: dict[str, tuple[str, str]] = {}
            for holder in frappe.get_all(
                DOCTYPES[collection],
                {field: ("in", sorted(wanted))},
                ["plan", "owner", field],
                order_by="creation asc, name asc",
            ):
                first.setdefault(holder[field], (holder.owner, holder.plan))
            lineages = _lineages(source for _account, source in first.values())
            for account, source in first.values():
                if lineages.get(source, source) != plan.lineage:
                    yield account, source


def _lineages(plans: Iterable[str]) -> dict[str, str]:
    found = frappe.get_all(PLAN, {"name": ("in", sorted(set(plans)))}, ["name", "lineage"])
    return {plan.name: plan.lineage for plan in found}


def _text_fields(record_class: type) -> list[str]:
    return [name for name, spec in specs(record_class).items() if spec.kind == "text" or name == "title"]


def _long_texts(record: object) -> dict[str, str]:
    """The long texts of a record, by its fields in the DocType."""
    values = {name: getattr(record, name) for name in _text_fields(type(record))}
    return {doctypes.fieldname(name): value for name, value in values.items() if len(value) >= LONG}

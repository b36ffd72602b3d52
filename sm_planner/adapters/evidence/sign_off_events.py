"""The log of the sign-off on a site: what was done and what was refused. Evidence, which is only added to."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

import frappe
from frappe import _
from frappe.database.sequence import create_sequence, get_next_val
from frappe.utils import get_datetime_in_timezone

from sm_planner.adapters.evidence.keeping import flag, keep
from sm_planner.adapters.site import locks, sessions
from sm_planner.adapters.site.doctypes import EVENT, PLAN, SEAL
from sm_planner.adapters.site.presentation import told_error
from sm_planner.engine.canonical_json import hash_of
from sm_planner.engine.model.events import CHANGE_ACCOUNT, DONE, REFUSED, RENAME_ACCOUNT, WRITE, Event
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.proof import PASSWORD
from sm_planner.engine.model.states import SIGN
from sm_planner.engine.names import as_compared
from sm_planner.engine.sealing.log import chain, moment

TRIES = 5
"""How often a refusal is tried to be kept, where others write to the log of the same lineage."""

SEQUENCE = "_number"
"""What the name of the sequence that numbers the events ends with."""

ORDER = ("number", "acted_at", "creation", "name")
"""What came first. Web servers do not agree on the time to the second; what was kept before there were numbers has 0."""

DECISIVE = ("act", "outcome", "user", "person", "account_before", "account", "lineage")
"""Fields of an event that it is told from who may sign."""

REASON_LENGTH = 1000
"""Characters of a reason that are kept."""


def log(plan: str) -> tuple[Event, ...]:
    """The events of one version of a plan, the oldest first."""
    return _events({"plan": plan})


def of_lineages(lineages: Collection[str]) -> tuple[Event, ...]:
    """The whole log of these lineages, the oldest first."""
    return _events({"lineage": ("in", sorted(lineages))}) if lineages else ()


def head(lineage: str) -> str:
    """The hash of the last event of a lineage; empty before the first."""
    newest = [f"{column} desc" for column in ORDER]
    found = _read({"lineage": lineage, "event_hash": ("is", "set")}, order_by=", ".join(newest), limit=1)
    return found[0].event_hash if found else ""


def history(plan: str) -> tuple[Event, ...]:
    """What the log knows of the accounts around a plan: of all versions of its lineage, deleted ones too."""
    lineage = frappe.db.get_value(PLAN, plan, "lineage") or plan
    return _events(
        {"act": ("in", (WRITE, CHANGE_ACCOUNT, RENAME_ACCOUNT))},
        {"plan": ("in", (plan, lineage)), "lineage": lineage},
    )


def about(person: str) -> tuple[Event, ...]:
    """What the log knows of the accounts of a person, whatever plans these events are kept with."""
    return _events({"act": CHANGE_ACCOUNT, "person": person})


def plans_naming(account: str) -> list[str]:
    """The plans in whose log a user account has acted, or is what an event is about, or was to sign."""
    return frappe.get_all(
        EVENT,
        or_filters={"user": account, "account": account, "envelope": ("like", f'%"{account}"%')},
        pluck="plan",
        distinct=True,
        order_by="plan asc",
    )


def _events(filters: dict[str, Any], or_filters: dict[str, Any] | None = None) -> tuple[Event, ...]:
    in_order = ", ".join(f"{column} asc" for column in ORDER)
    return _read(filters, or_filters=or_filters, order_by=in_order)


def _read(filters: dict[str, Any], **how: Any) -> tuple[Event, ...]:
    fields = Event.__dataclass_fields__
    found = frappe.get_all(EVENT, filters=filters, fields=list(fields), **how)
    empty = {name: 0 if name in ("version", "number") else "" for name in fields}
    return tuple(Event(**{name: value or empty[name] for name, value in event.items()}) for event in found)


def note(plan: str, act: str, outcome: str = DONE, reason: str = "", **evidence: str) -> None:
    """Add to the log, in the transaction of the act."""
    _keep(plan, _event(act, outcome, reason, **evidence))


def signatures_refused(user: str) -> tuple[Event, ...]:
    """The refused signatures of a user, whatever the plan, the oldest first."""
    return _events({"act": SIGN.action, "outcome": REFUSED, "user": user})


@contextmanager
def refusals_kept(plan: str, act: str) -> Iterator[None]:
    """Keep in the log why the act was refused, although all that its request wrote is undone.

    Where somebody else was faster, that is the refusal. What is part of an act is kept as that act.
    """
    if frappe.flags.sm_planner_act:
        yield
        return
    try:
        with flag("sm_planner_act", act), locks.in_words(plan):
            yield
    except (frappe.ValidationError, frappe.PermissionError) as error:
        note_refusal(plan, act, told_error(error))
        raise


@contextmanager
def refusals_kept_before_others(plan: str, act: str, tell: Callable[[], None]) -> Iterator[None]:
    """The same for an act of which the refused attempts are counted: the refusal is kept while the locks still hold.

    Whoever waits for these counts it. It ends the transaction, of which nothing but the refusal is kept.

    tell: what is told of a refusal.
    """
    point = f"sm_planner_{frappe.generate_hash(length=10)}"
    frappe.db.savepoint(point)
    try:
        with flag("sm_planner_act", act), locks.in_words(plan):
            yield
    except locks.LOST as error:
        note_refusal(plan, act, told_error(error))
        raise
    except (frappe.ValidationError, frappe.PermissionError) as error:
        frappe.db.rollback(save_point=point)
        kind = PASSWORD if isinstance(error, sessions.NotProved) else ""
        _keep(plan, _event(act, REFUSED, told_error(error), kind))
        frappe.db.commit()
        with locks.failure_logged(f"SM Planner: a refused {act} of {plan} could not be told"):
            tell()
        frappe.db.commit()
        raise


def note_refusal(plan: str, act: str, reason: str) -> None:
    """Keep in the log that an act was refused, once the transaction of the request is rolled back."""
    event = _event(act, REFUSED, reason)
    frappe.db.after_rollback.add(lambda: _keep_for_good(plan, event))


def _event(act: str, outcome: str, reason: str, kind: str = "", proof: str = "", **evidence: str) -> Event:
    """kind: the kind of proof that was given. proof: where it was given before, and is known."""
    now = get_datetime_in_timezone("UTC")
    return Event(
        act=act,
        outcome=outcome,
        user=frappe.session.user,
        acted_at=moment(now),
        reason=reason[:REASON_LENGTH],
        channel=_channel(),
        proof=proof or sessions.proof(now, kind).as_text(),
        **evidence,
    )


def _channel() -> str:
    """Through which door the act came. No address: that of a proxy would be taken for the user's."""
    if not getattr(frappe.local, "request", None):
        return "console"
    impersonator = (frappe.session.data or {}).get("impersonated_by")
    path = frappe.local.request.path
    told = _("{0}, by {1} in this user's place").format(path, impersonator) if impersonator else path
    return told[:LINE_LENGTH]


def _keep(plan: str, event: Event) -> None:
    """Add the event at the end of its lineage's chain, which nobody else adds to until the transaction ends."""
    locks.lineage(plan)
    lineage, version = _place(plan)
    linked = replace(event, lineage=lineage, plan=plan, version=version, number=_next_number())
    values = {**asdict(linked), "previous_hash": _end_of(lineage), "event_hash": None}
    try:
        name = keep(EVENT, values)
    except frappe.UniqueValidationError:
        # The transaction began before another added to the chain, and still reads what there was then.
        locks.refuse_overtaken(plan)
    _refuse_bent(name, values)
    # Frappe cleans what it stores: the hash is that of what is stored.
    (stored,) = _events({"name": name})
    frappe.db.set_value(EVENT, name, "event_hash", hash_of(stored.statement()), update_modified=False)


def _place(plan: str) -> tuple[str, int]:
    """Lineage and version of a plan; of one that was deleted those that the log has."""
    found = frappe.db.get_value(PLAN, plan, ["lineage", "version"], as_dict=True)
    if found:
        return found.lineage or plan, found.version
    events = log(plan)
    return (events[-1].lineage or plan, events[-1].version) if events else (plan, 0)


def _end_of(lineage: str) -> str:
    """What the next event follows on: the head, or all that there is where something was put behind the head.

    Such a chain is broken, which is told; it goes on, so that whoever broke it silences nobody.
    """
    last = head(lineage)
    if not last or not frappe.db.exists(EVENT, {"lineage": lineage, "previous_hash": last}):
        return last
    used = frappe.get_all(
        EVENT,
        {"lineage": lineage, "previous_hash": ("is", "set")},
        pluck="previous_hash",
        order_by="number asc",
    )
    return hash_of(" ".join(used))


def chain_older() -> None:
    """Make a chain of what each lineage kept before there were chains, as it stands.

    A lineage that has a chain keeps it: what has no hash there was put in.
    """
    lineages = {
        found.plan: found.lineage
        for found in (
            *frappe.get_all(SEAL, fields=["plan", "lineage"], order_by="plan asc"),
            *frappe.get_all(PLAN, fields=["name as plan", "lineage"], order_by="name asc"),
        )
    }
    chained = {
        as_compared(lineage)
        for lineage in frappe.get_all(EVENT, {"event_hash": ("is", "set")}, pluck="lineage", distinct=True)
    }
    older = defaultdict(list)
    for event in frappe.get_all(
        EVENT, {"event_hash": ("is", "not set")}, ["name", "plan"], order_by="plan asc, name asc"
    ):
        lineage = lineages.get(event.plan) or event.plan
        if as_compared(lineage) not in chained:
            older[lineage].append(event.name)
    for lineage, names in older.items():
        these = {"name": ("in", names)}
        frappe.db.set_value(EVENT, these, "lineage", lineage, update_modified=False)
        in_order = frappe.get_all(EVENT, these, pluck="name", order_by=", ".join(ORDER))
        for name, event in zip(in_order, chain(_events(these)), strict=True):
            hashes = {"previous_hash": event.previous_hash, "event_hash": event.event_hash}
            frappe.db.set_value(EVENT, name, hashes, update_modified=False)


def _refuse_bent(name: str, values: dict[str, Any]) -> None:
    """Refuse to go on where the site does not keep who did what as it was: a field that was made a number keeps 0."""
    stored = frappe.db.get_value(EVENT, name, list(DECISIVE), as_dict=True)
    bent = [field for field in DECISIVE if (stored[field] or "") != (values.get(field) or "")]
    if bent:
        frappe.throw(
            _("The log does not keep {0} as it is. Take back what was customised about {1}.").format(
                ", ".join(bent), _(EVENT)
            )
        )


def ensure_order() -> None:
    """Make the sequence that numbers the events, after those that there are. It is in backups."""
    if _has_order():  # making one ends the transaction, even where it is there
        return
    last = frappe.get_all(EVENT, pluck="number", order_by="number desc", limit=1)
    create_sequence(EVENT, slug=SEQUENCE, check_not_exists=True, start_value=sum(last) + 1)


def remove_order() -> None:
    frappe.db.sql_ddl(f"drop sequence if exists `{_order()}`")


def _has_order() -> bool:
    tables = frappe.qb.Schema("information_schema").tables
    there = (tables.table_schema == frappe.conf.db_name) & (tables.table_name == _order())
    return bool(frappe.qb.from_(tables).select(tables.table_name).where(there).run())


def _order() -> str:
    """The name of the sequence in the database."""
    return frappe.scrub(EVENT + SEQUENCE)


def _next_number() -> int:
    return get_next_val(EVENT, slug=SEQUENCE)


def _keep_for_good(plan: str, event: Event) -> None:
    """Whoever holds the lineage at this moment, perhaps waiting for it too, is waited for or tried again."""
    try:
        for attempt in range(1, TRIES + 1):
            try:
                with locks.in_words(plan):
                    _keep(plan, event)
                break
            except locks.Overtaken:
                frappe.db.rollback()
                if attempt == TRIES:
                    raise
        frappe.db.commit()
    except Exception:
        frappe.db.rollback()
        # The refusal stands, whatever became of the log.
        frappe.logger().error(f"A refused {event.act} of {plan} could not be kept", exc_info=True)

"""The log of the sign-off on a site: what was done and what was refused. Evidence, which is only added to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import frappe
from frappe import _
from frappe.database.sequence import create_sequence, get_next_val
from frappe.utils import get_datetime_in_timezone, strip_html

from sm_planner.adapters import locks, sessions
from sm_planner.adapters.doctypes import EVENT, PLAN
from sm_planner.adapters.evidence import flag, keep
from sm_planner.engine.fields import LINE_LENGTH
from sm_planner.engine.proof import PASSWORD
from sm_planner.engine.sign_off import SIGN
from sm_planner.engine.sign_off_log import DONE, REFUSED, Event, moment

SEQUENCE = "_number"
"""What the name of the sequence that numbers the events ends with."""

REASON_LENGTH = 1000
"""Characters of a reason that are kept."""


def log(plan: str) -> tuple[Event, ...]:
    """The events of one version of a plan, the oldest first."""
    return _read({"plan": plan})


def _read(filters: dict[str, str]) -> tuple[Event, ...]:
    found = frappe.get_all(
        EVENT,
        filters=filters,
        fields=list(Event.__dataclass_fields__),
        # The number says what came first. Web servers do not agree on the time to the second; what was kept before
        # there were numbers has 0.
        order_by="number asc, acted_at asc, creation asc",
    )
    return tuple(Event(**{name: value or "" for name, value in event.items()}) for event in found)


def note(plan: str, act: str, outcome: str = DONE, reason: str = "", **evidence: str) -> None:
    """Add to the log, in the transaction of the act."""
    _keep(plan, _event(act, outcome, reason, **evidence))


def signatures_refused(user: str) -> tuple[Event, ...]:
    """The refused signatures of a user, whatever the plan, the oldest first."""
    return _read({"act": SIGN.action, "outcome": REFUSED, "user": user})


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
        note_refusal(plan, act, _told(error))
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
        note_refusal(plan, act, _told(error))
        raise
    except (frappe.ValidationError, frappe.PermissionError) as error:
        frappe.db.rollback(save_point=point)
        kind = PASSWORD if isinstance(error, sessions.NotProved) else ""
        _keep(plan, _event(act, REFUSED, _told(error), kind))
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
    version = frappe.db.get_value(PLAN, plan, "version")
    keep(EVENT, {"plan": plan, "version": version, "number": _next_number(), **asdict(event)})


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
    try:
        _keep(plan, event)
        frappe.db.commit()
    except Exception:
        frappe.db.rollback()
        # The refusal stands, whatever became of the log.
        frappe.logger().error(f"A refused {event.act} of {plan} could not be kept", exc_info=True)


def _told(error: Exception) -> str:
    said = error.args[0] if error.args else frappe.flags.error_message or type(error).__name__
    return " ".join(strip_html(str(line)) for line in (said if isinstance(said, list) else [said]))

"""The daily watch over what was signed: seals that do not hold, drift, sponsors who have left."""

from collections.abc import Callable, Iterator, Sequence

import frappe
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import kept_heads, sign_off_events
from sm_planner.adapters.signers import account_passwords, sign_off_mails
from sm_planner.adapters.signing import sign_off
from sm_planner.adapters.site.doctypes import EVENT, PLAN, SEAL
from sm_planner.engine.model.events import DONE, FOUND, NOTED, Event
from sm_planner.engine.model.states import ACTIVE, SEND_FOR_REVIEW, SEND_TO_SPONSOR, SIGN
from sm_planner.engine.names import as_compared
from sm_planner.engine.sealing.log import already_found
from sm_planner.engine.sealing.seal import Verification
from sm_planner.engine.sign_off.watch import broken, found
from sm_planner.engine.texts import N_, Text

NOTHING = N_("Everything is in order again.")


def signed_plans() -> list[str]:
    """The newest signed version of every lineage: by its state, its seal, or the log, whichever is left."""
    sealed = frappe.get_all(SEAL, fields=["lineage", "plan"], order_by="lineage asc, number asc")
    newest = {seal.lineage: seal.plan for seal in sealed}
    active = frappe.get_all(PLAN, {"state": ACTIVE}, pluck="name", order_by="name asc")
    logged = frappe.get_all(EVENT, {"seal_hash": ("is", "set")}, pluck="plan", order_by="plan asc")
    there = {
        plan.name: plan.lineage
        for plan in frappe.get_all(
            PLAN, {"name": ("in", logged)}, ["name", "lineage"], order_by="version asc"
        )
    }
    unsealed = {lineage: name for name, lineage in there.items() if lineage not in newest}
    existing = set(frappe.get_all(PLAN, {"name": ("in", list(newest.values()))}, pluck="name"))
    return sorted({*(name for name in newest.values() if name in existing), *active, *unsealed.values()})


def lineages_without_plan() -> list[str]:
    """The lineages that were signed, or were to be, and have no version any more: by seals, log, and kept heads."""
    there = {as_compared(one) for one in frappe.get_all(PLAN, pluck="lineage", distinct=True)}
    done = {"outcome": DONE, "act": ("in", (SEND_FOR_REVIEW.action, SEND_TO_SPONSOR.action, SIGN.action))}
    named = {
        *frappe.get_all(SEAL, pluck="lineage", distinct=True),
        *frappe.get_all(EVENT, done, pluck="lineage", distinct=True),
        *(head.lineage for head in kept_heads.read().heads),
    }
    gone = sorted({as_compared(one): one for one in sorted(filter(None, named))}.items())
    return [one for compared, one in gone if compared not in there]


def _is_missed(lost: Verification) -> bool:
    """Whether something of a lineage without a plan is missed; else it went as drafts go."""
    return bool(lost.seals or lost.problems or lost.outside)


def verify_all() -> Iterator[tuple[str, Verification]]:
    """What was signed, by the names of plans or of lineages that are gone; what goes wrong with one stops no other."""
    for name in signed_plans():
        yield name, sign_off.verify(name)
    for lineage in lineages_without_plan():
        verified = sign_off.verify_lost(lineage)
        if _is_missed(verified):
            yield lineage, verified


def watch() -> None:
    """Verify what was signed, and tell of what is new. Running it twice tells nothing twice.

    What goes wrong with one plan keeps no other from being looked at: each is a transaction of its own, also where the
    database has undone one as a whole.
    """
    _look_at("passwords", _watch_passwords)
    for name in signed_plans():
        _look_at(name, _watch, name)
    for lineage in lineages_without_plan():
        _look_at(lineage, _watch_lost, lineage)
    _look_at(kept_heads.FILE, kept_heads.keep_all)


def _look_at(what: str, look: Callable[..., None], *about: str) -> None:
    try:
        look(*about)
    except Exception:
        frappe.db.rollback()
        frappe.log_error(f"SM Planner: the daily watch over {what} failed")
    frappe.db.commit()


def _watch_passwords() -> None:
    account_passwords.look(frappe.get_all("User", {"enabled": 1}, pluck="name", order_by="name asc"))


def _watch(name: str) -> None:
    try:
        plan = plan_reader.load(name)
        verified = sign_off.verify_loaded(plan)
        texts = found(plan, verified, getdate())
    except Exception:  # which the verification tells in words
        verified = sign_off.verify(name)
        plan, texts = plan_reader.outline(name), broken(verified)
    if _is_new(name, sign_off_events.log(name), texts):
        signers = [one.seal.signer_user for one in verified.seals]
        sign_off_mails.tell_found(plan, texts, broken(verified), signers)


def _watch_lost(lineage: str) -> None:
    """Tell those who signed it, and the auditors, of a plan that is gone."""
    verified = sign_off.verify_lost(lineage)
    if not _is_missed(verified):
        return
    texts = broken(verified)
    if _is_new(lineage, sign_off_events.of_lineages([lineage]), texts):
        heads = kept_heads.read().of(lineage)
        signed = [*(one.seal.signer_user for one in verified.seals), *(head.signer_user for head in heads)]
        sign_off_mails.tell_lost(lineage, texts, signed)


def _is_new(name: str, events: Sequence[Event], texts: Sequence[Text]) -> bool:
    """Whether this is to be told; notes in the log that it was found, or that nothing is wrong any more."""
    reason = " ".join(map(str, texts))[: sign_off_events.REASON_LENGTH]
    if already_found(events, reason or NOTHING):
        return False
    if texts or any(event.act == FOUND for event in events):
        sign_off_events.note(name, FOUND, NOTED, reason or NOTHING)
    return bool(texts)

"""How signers prove themselves, as a setting of the site: who changes it, within which bounds, and who is told."""

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import refuse
from sm_planner.engine.model.events import NOTED, PROOF_CHANGED
from sm_planner.engine.model.states import TO_SIGN
from sm_planner.engine.sign_off import requests
from sm_planner.engine.texts import Text, together

SYSTEM_MANAGER = "System Manager"


def guard(settings: Document) -> None:
    """Refuse a change by who is no System Manager, and minutes that are out of bounds.

    Compared with what is stored, not with what Frappe read for this save: a form can say that it is new.
    """
    before, after = _stored(settings), {field: settings.get(field) for field in requests.SETTINGS}
    changes = requests.changes_of_settings(before, after)
    if changes and SYSTEM_MANAGER not in frappe.get_roles():
        frappe.throw(
            _("Only a {0} can change how signers prove who they are.").format(_(SYSTEM_MANAGER)),
            frappe.PermissionError,
        )
    refusals = requests.refuse_settings(before, after)
    if refusals:
        refuse(refusals, _("This was not saved"))
    settings.flags.sm_planner_proof_changes = changes


def tell_changed(settings: Document) -> None:
    """Keep a change in the logs of the plans that wait to be signed, and tell those who sign and guard these."""
    changes: tuple[Text, ...] = settings.flags.sm_planner_proof_changes or ()
    if not changes:
        return
    plans = frappe.get_all(PLAN, {"state": TO_SIGN}, pluck="name", order_by="name asc")
    for plan in plans:
        sign_off_events.note(plan, PROOF_CHANGED, NOTED, str(together(changes)))
    by = requests.changed_by(frappe.session.user)
    with locks.failure_logged("SM Planner: that the proof of the signer was changed could not be told"):
        sign_off_mails.tell_guardians_of(plans, (by, *changes), signers=True)


def _stored(settings: Document) -> dict[str, object]:
    stored = frappe.db.get_singles_dict(settings.doctype, cast=True)
    return {field: stored.get(field) for field in requests.SETTINGS}

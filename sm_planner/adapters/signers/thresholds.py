"""Thresholds of a site: whoever signs is told when they change, and a plan file leaves them alone."""

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.site import doctypes, locks, stored_records
from sm_planner.adapters.site.presentation import full_name, told, told_html
from sm_planner.engine.model import Settings
from sm_planner.engine.model.events import THRESHOLDS
from sm_planner.engine.model.states import TO_SIGN
from sm_planner.engine.sealing.thresholds import told_change
from sm_planner.engine.texts import N_, say, together


def follow(settings: Document) -> None:
    """After the settings were saved: note for each waiting plan that it is measured otherwise now, and tell its signers.

    Signatures that were given before count no more: their signers saw something else.
    """
    old = settings.get_doc_before_save()
    changes = told_change(doctypes.read(Settings, old), doctypes.read(Settings, settings)) if old else ()
    if not changes:
        return
    what = say(
        N_("{0} changed by what plans are measured here. Signatures given so far count no more."),
        full_name(frappe.session.user),
    )
    waiting = [plan.name for plan in locks.plans({"state": TO_SIGN}, "name")]
    for plan in waiting:
        sign_off_events.note(plan, THRESHOLDS, reason=told(together(changes)))
    with locks.failure_logged("SM Planner: that the thresholds were changed could not be told"):
        sign_off_mails.tell_guardians_of(waiting, (what, *changes), signers=True)


def of_file(file: Settings) -> list[str]:
    """What a user is told of the thresholds of a plan file that are not the site's, which keeps its own: HTML."""
    changes = told_change(file, stored_records.settings()) if file != Settings() else ()
    if not changes:
        return []
    return [
        _("The site has its own thresholds. Those in the file were not imported:"),
        *map(told_html, changes),
    ]

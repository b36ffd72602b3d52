"""Signing on a site, and what follows: seal, verification, the next version.

Whether somebody may sign is decided in :mod:`sm_planner.engine.sign_off`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.auth import get_login_attempt_tracker
from frappe.model.document import Document
from frappe.utils import get_datetime_in_timezone
from frappe.utils.password import check_password

from sm_planner.adapters import plan_documents, seal_keys, stored_records
from sm_planner.adapters.doctypes import PLAN, SEAL
from sm_planner.adapters.presentation import refuse
from sm_planner.engine import canonical, seal, sign_off
from sm_planner.engine.checks import check
from sm_planner.engine.revision import next_version
from sm_planner.engine.sign_off import ACTIVE, SUPERSEDED


def sign(name: str, seen_hash: str, password: str, meaning: str) -> seal.Seal:
    """Sign a plan as the user of the session: seal it, put it in force, supersede the version before it."""
    user = frappe.session.user
    _lock_lineage(name)
    doc = frappe.get_doc(PLAN, name)
    doc.check_permission("read")
    plan = plan_documents.load(name)
    refusals = sign_off.refuse_signature(
        plan,
        check(plan, frappe.utils.getdate()),
        user=user,
        contributors=doc.contributors.split("\n"),
        meaning=meaning,
        seen_hash=seen_hash,
        content_hash=canonical.content_hash(plan),
    )
    if refusals:
        refuse(refusals, _("The plan cannot be signed"))
    _confirm_password(user, password)
    made = seal.make(
        plan,
        signer=plan.executive_sponsor,
        signed_at=get_datetime_in_timezone("UTC"),
        meaning=meaning.strip(),
        channel="site",
        key=seal_keys.signing_key(),
    )
    _put_in_force(doc)
    _keep(made)
    _supersede_others(doc)
    return made


def _lock_lineage(name: str) -> None:
    """Let nobody else sign, or change the state of, any version of the plan until this request is done."""
    plans = frappe.qb.DocType(PLAN)
    lineage = frappe.db.get_value(PLAN, name, "lineage")
    frappe.qb.from_(plans).select(plans.name).where(plans.lineage == lineage).for_update().run()


def _confirm_password(user: str, password: str) -> None:
    """Whoever signs proves to be the user, not only to hold the session. Guessing is limited as at log-in."""
    try:
        tracker = get_login_attempt_tracker(user)
        check_password(user, password)
    except frappe.SecurityException as locked:  # which would be answered as an error of the server
        frappe.clear_last_message()
        frappe.throw(str(locked))
    except frappe.AuthenticationError:
        tracker.add_failure_attempt()
        frappe.throw(_("This is not your password."))
    tracker.add_success_attempt()


def _put_in_force(doc: Document) -> None:
    doc.state = ACTIVE
    # Submitting is nobody's permission: the named sponsor does it here, after the checks above, and only here.
    doc.flags.ignore_permissions = True
    with _flag("sm_planner_signing", doc.name):
        doc.submit()
    doc.add_comment("Workflow", _("Signed"))


def _keep(made: seal.Seal) -> None:
    """Store a seal. Nobody has the permission to make one: only signing does."""
    with _flag("sm_planner_sealing", True):
        frappe.get_doc({"doctype": SEAL, **made.as_dict()}).insert(ignore_permissions=True)
    if stored_records.seals(made.lineage)[-1] != made:
        frappe.throw(
            _("The site would not keep the words of the signature as they are. Write them without HTML.")
        )


def _supersede_others(doc: Document) -> None:
    """Past the guards, which keep a signed plan from every other change."""
    plans = frappe.qb.DocType(PLAN)
    others = (plans.lineage == doc.lineage) & (plans.name != doc.name) & (plans.state == ACTIVE)
    for (name,) in frappe.qb.from_(plans).select(plans.name).where(others).for_update().run():
        frappe.db.set_value(PLAN, name, "state", SUPERSEDED)


@contextmanager
def _flag(name: str, value: object) -> Iterator[None]:
    """A mark for the guards, out of the reach of any request, for as long as the block runs."""
    frappe.flags[name] = value
    try:
        yield
    finally:
        frappe.flags[name] = None


def verify(name: str) -> seal.Verification:
    """Recompute the seals of a plan's lineage, and compare the plan of today with its own."""
    return seal.verify(plan_documents.load(name), seal_keys.public_keys())


def start_revision(name: str) -> str:
    """Make the next version of a plan as a draft, while this one stays in force; its name."""
    doc = frappe.get_doc(PLAN, name)
    doc.check_permission("read")
    if doc.state != ACTIVE:
        frappe.throw(_("Only a plan in force is revised; this one is {0}.").format(_(doc.state)))
    revision = next_version(plan_documents.load(name))
    if frappe.db.exists(PLAN, {"lineage": doc.lineage, "version": revision.version}):
        frappe.throw(_("Version {0} is there already.").format(revision.version))
    return plan_documents.save(revision)

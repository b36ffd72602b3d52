"""Long imports: a job writes the whole plan or nothing, while its user goes on working, and tells that user how it ended.

What is known of a job lies in the cache of the site, for a day. How it ended is a notification besides, which stays.
"""

from typing import Any

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.utils import escape_html
from frappe.utils.background_jobs import get_job_status

from sm_planner.adapters.desk import uploaded_plans
from sm_planner.adapters.site import locks, uploads
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import reasons

QUEUED, RUNNING, DONE, REFUSED, FAILED = "Queued", "Running", "Done", "Refused", "Failed"
WAITING = (QUEUED, RUNNING)
ENDED_BADLY = (None, "failed", "stopped", "canceled")
"""What the queue says of a job that will not end by itself any more; None where it knows of none."""

TIMEOUT = 3_600
"""Seconds that a job may take: a plan of the largest file that is read takes a part of that."""
KEPT = 24 * 3_600
"""Seconds for which the site knows of a job."""


def start(file: str) -> dict[str, str]:
    """Have the plan of an uploaded file (its name) imported by a job of this user; ``{"job": id}``. One at a time."""
    user = frappe.session.user
    before = frappe.cache.get_value(_of_user(user))
    if before and _state(before) in WAITING:
        frappe.throw(_("Your previous import is still running. You will be notified when it is done."))
    job = frappe.generate_hash(length=20)
    _note(job, user=user, state=QUEUED, done=0, of=0, plan="", told=[])
    frappe.cache.set_value(_of_user(user), job, expires_in_sec=KEPT)
    frappe.enqueue(
        "sm_planner.adapters.desk.import_jobs.run",
        queue="long",
        timeout=TIMEOUT,
        job_id=_queued_as(job),
        enqueue_after_commit=True,
        file=file,
        job=job,
    )
    return {"job": job}


def state(job: str) -> dict[str, Any]:
    """How far an import of this user has come: state, records done and of how many, the plan made, and what is told."""
    noted = _noted(job)
    if not noted or noted["user"] != frappe.session.user:
        frappe.throw(_("You have no such import."), frappe.DoesNotExistError)
    return {**noted, "state": _state(job)}


def run(file: str, job: str) -> None:
    """The job. Frappe runs it as the user who started it, with what that user may do."""
    _note(job, state=RUNNING)
    try:
        frappe.has_permission(PLAN, "create", throw=True)
        plan = uploaded_plans.plan_of(uploads.find(name=file))
        made, told = uploaded_plans.save(plan, lambda done, of: _tell_progress(job, done, of))
        frappe.db.commit()
    except (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError) as error:
        frappe.db.rollback()
        _end(job, REFUSED, "", [escape_html(reason) for reason in reasons(error)])
    except Exception:
        frappe.db.rollback()
        frappe.log_error("SM Planner: an import failed")
        _end(
            job,
            FAILED,
            "",
            [_("The import failed, and nothing was saved. See the Error Log for the reason.")],
        )
    else:
        _end(job, DONE, made, told)


def _tell_progress(job: str, done: int, of: int) -> None:
    """Each hundredth; the Desk asks for it."""
    if done % max(1, of // 100) == 0:
        _note(job, done=done, of=of)


def _end(job: str, how: str, plan: str, told: list[str]) -> None:
    """Note how the job ended, and tell its user. told: HTML."""
    _note(job, state=how, plan=plan, told=told)
    user = frappe.session.user
    bell = {
        "type": "Alert",
        "subject": _("Imported: {0}").format(escape_html(plan)) if plan else _("The plan was not imported"),
        "email_content": "".join(f"<p>{line}</p>" for line in told),
        "document_type": PLAN if plan else None,
        "document_name": plan or None,
        "from_user": user,
    }
    with locks.failure_logged("SM Planner: the bell about an import failed"):
        make_notification_logs(frappe._dict(bell), [frappe.db.get_value("User", user, "email")])
    frappe.db.commit()


def _state(job: str) -> str:
    """The state, also of a job whose worker was stopped and could not say so."""
    queued = get_job_status(_queued_as(job))  # asked first: a job that ends now has noted how before
    noted = (_noted(job) or {}).get("state", FAILED)
    return FAILED if noted in WAITING and queued in ENDED_BADLY else noted


def _noted(job: str) -> dict[str, Any] | None:
    return frappe.cache.get_value(_key(job), expires=True)


def _note(job: str, **facts: Any) -> None:
    frappe.cache.set_value(_key(job), {**(_noted(job) or {}), **facts}, expires_in_sec=KEPT)


def _key(job: str) -> str:
    return f"sm_planner_import:{job}"


def _of_user(user: str) -> str:
    return f"sm_planner_import_of:{user}"


def _queued_as(job: str) -> str:
    return f"sm_planner_import_{job}"

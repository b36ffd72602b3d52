"""The HTTP API: ``/api/method/sm_planner.api.<function>``.

Every function asks for permission on its first line, says which methods it takes, and hands on.
"""

from typing import Any

import frappe

from sm_planner.adapters.desk import (
    import_jobs,
    plan_choice,
    plan_files,
    plan_form,
    record_views,
    waiver_choices,
)
from sm_planner.adapters.documents import example
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.signers import delegations
from sm_planner.adapters.signing import sign_off
from sm_planner.adapters.site import locks


@frappe.whitelist(methods=["GET", "POST"])
def check(plan: str) -> dict[str, Any]:
    """The findings of a plan, its readiness and the state of its sign-off."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_form.overview(plan)


@frappe.whitelist(methods=["GET", "POST"])
def sign_off_summary(plan: str) -> dict[str, Any]:
    """What the sponsor is shown before signing, with the hash of the content that was shown."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_form.sign_off_summary(plan)


@frappe.whitelist(methods=["POST"])
def sign(plan: str, seen_hash: str, password: str = "", meaning: str = "") -> dict[str, Any]:
    """Sign a plan: as its executive sponsor, as a signer before the sponsor, or as a deputy.

    seen_hash: the hash that ``sign_off_summary`` gave. meaning: what the signature means, in the signer's words.
    password: left empty on sites where a fresh log-in stands for it.
    """
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    locks.begin()
    return plan_form.signed(sign_off.sign(plan, seen_hash, password, meaning))


@frappe.whitelist(methods=["POST"])
def return_plan(plan: str, reason: str) -> None:
    """Send a plan back to its authors, with the reason."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    locks.begin()
    sign_off.return_plan(plan, reason)


@frappe.whitelist(methods=["GET", "POST"])
def sign_off_log(plan: str) -> list[dict[str, Any]]:
    """What was done about the sign-off of a plan, and what was refused; the latest first."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_form.log(plan)


@frappe.whitelist(methods=["GET", "POST"])
def verify(plan: str) -> dict[str, Any]:
    """Whether the seals of the plan's lineage hold, and what changed since its own version was signed."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_form.verification(plan)


@frappe.whitelist(methods=["GET", "POST"])
def compare_hash(plan: str, hash: str) -> dict[str, Any]:
    """Which seal of the plan a hash from a mail, a print or a receipt belongs to."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_form.comparison(plan, hash)


@frappe.whitelist(methods=["GET", "POST"])
def receipt(plan: str) -> None:
    """Download the receipt for a signed plan, which is verified without the site."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    plan_files.download_receipt(plan)


@frappe.whitelist(methods=["POST"])
def start_revision(plan: str) -> str:
    """Make the next version of a plan in force as a draft; its name."""
    frappe.has_permission("SM Plan", "create", throw=True)
    locks.begin()
    return sign_off.start_revision(plan)


@frappe.whitelist(methods=["GET", "POST"])
def export_plan(plan: str) -> None:
    """Download a plan as a plan file."""
    frappe.has_permission("SM Plan", "export", plan, throw=True)
    plan_files.download(plan)


@frappe.whitelist(methods=["GET", "POST"])
def plan_book(plan: str) -> None:
    """Show the plan book: the whole plan as one page, for reading and printing."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    plan_files.show_book(plan)


@frappe.whitelist(methods=["GET", "POST"])
def plan_pdf(plan: str, part: str = "book") -> None:
    """Show the plan book as PDF, or the sponsor's page of it. part: ``book`` or ``summary``."""
    frappe.has_permission("SM Plan", "print", plan, throw=True)
    plan_files.show_pdf(plan, part)


@frappe.whitelist(methods=["POST"])
def import_plan(file_url: str) -> str | dict[str, str]:
    """Make a plan of an uploaded plan file; its name. Of a long one the job: ``{"job": …}``, for ``import_state``."""
    frappe.has_permission("SM Plan", "create", throw=True)
    return plan_files.import_file(file_url)


@frappe.whitelist(methods=["GET", "POST"])
def import_state(job: str) -> dict[str, Any]:
    """How far a long import of one's own has come: ``state`` (Queued, Running, Done, Refused, Failed), ``done``, ``of``,
    the ``plan`` that was made, and what is ``told`` (HTML)."""
    frappe.has_permission("SM Plan", "create", throw=True)
    return import_jobs.state(job)


@frappe.whitelist(methods=["GET", "POST"])
def agreement_chain(agreement: str) -> dict[str, Any]:
    """Whether the targets of an agreement can be kept, or those that rest on it."""
    frappe.has_permission("SM Agreement", "read", agreement, throw=True)
    return record_views.agreement_chain(agreement)


@frappe.whitelist(methods=["GET", "POST"])
def service_surroundings(service: str) -> list[dict[str, Any]]:
    """What a service rests on, what rests on it, and what is promised about it."""
    frappe.has_permission("SM Service", "read", service, throw=True)
    return record_views.service_surroundings(service)


@frappe.whitelist(methods=["GET", "POST"])
def calendar_week(calendar: str) -> dict[str, Any]:
    """The week of a service calendar, when it opens or closes next, and the holidays ahead."""
    frappe.has_permission("SM Service Calendar", "read", calendar, throw=True)
    return record_views.calendar_week(calendar)


@frappe.whitelist(methods=["GET", "POST"])
def raci_effect(entry: str) -> dict[str, Any]:
    """In which cells a RACI entry decides, and what its role holds where it does not."""
    frappe.has_permission("SM RACI Entry", "read", entry, throw=True)
    return record_views.raci_effect(entry)


@frappe.whitelist(methods=["POST"])
def import_holidays(calendar: str, holiday_list_type: str, holiday_list: str) -> dict[str, int]:
    """Add the holidays of a Holiday List (DocType and name) to a service calendar; how many were, and were not."""
    frappe.has_permission("SM Service Calendar", "write", calendar, throw=True)
    return optional_apps.import_holidays(calendar, holiday_list_type, holiday_list)


@frappe.whitelist(methods=["POST"])
def load_example(password: str = "") -> str:
    """Load the example plan with accounts for the people in it, who get this password; its name."""
    frappe.only_for("System Manager")
    return example.load(password)


@frappe.whitelist(methods=["POST"])
def clear_example() -> None:
    """Remove the example plan and everything that came with it."""
    frappe.only_for("System Manager")
    example.clear()


@frappe.whitelist(methods=["GET", "POST"])
def default_plan() -> dict[str, str] | None:
    """Name and title of the plan that a report is about where none is chosen."""
    frappe.has_permission("SM Plan", "read", throw=True)
    return plan_choice.default_plan()


@frappe.whitelist(methods=["GET", "POST"])
def waiting_for_me() -> dict[str, Any]:
    """How many plans wait for the signature of the user: a number card."""
    frappe.has_permission("SM Plan", "read", throw=True)
    return plan_choice.waiting_for_me()


@frappe.whitelist(methods=["GET", "POST"])
def objectives_behind() -> dict[str, Any]:
    """How many objectives of plans in force are behind or overdue: a number card."""
    frappe.has_permission("SM Objective", "read", throw=True)
    return plan_choice.objectives_behind()


@frappe.whitelist(methods=["GET", "POST"])
def waivable(plan: str = "") -> dict[str, list[dict[str, str]]]:
    """What a waiver can name: the rules, and the records of a plan if one is given."""
    frappe.has_permission("SM Waiver", "read", throw=True)
    return waiver_choices.choices(plan)


@frappe.whitelist(methods=["GET", "POST"])
def deputies(
    linked: str = "",
    txt: str = "",
    searchfield: str = "",
    start: int = 0,
    page_len: int = 10,
    asked: str | dict[str, Any] | None = None,
) -> list[tuple[str, str, str]]:
    """The people whom a delegation can name, as link fields ask for them; ``asked["principal"]`` is represented."""
    frappe.has_permission("SM Person", "read", throw=True)
    principal = (frappe.parse_json(asked) or {}).get("principal")
    return delegations.deputies(txt, str(principal or ""), start, page_len)

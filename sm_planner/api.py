"""The HTTP API: ``/api/method/sm_planner.api.<function>``.

Every function asks for permission on its first line, says which methods it takes, and hands on.
"""

from typing import Any

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import getdate
from werkzeug.wrappers import Response

from sm_planner.adapters.desk import (
    assessment_files,
    assessment_page,
    calendar_feed,
    entry_sheet as sheet_of_entries,
    executive_view as view_of_executive,
    findings,
    import_jobs,
    lineage_home as home_of_lineage,
    living_choices,
    measured,
    my_part as part_of_user,
    openapi as openapi_document,
    pasted,
    plan_choice,
    plan_files,
    plan_form,
    plan_guide,
    plan_start,
    raci_sheet as sheet_of_raci,
    record_views,
    report_form,
    roadmap_page,
    service_map_page,
    sla_attainment,
    waiver_choices,
)
from sm_planner.adapters.documents import (
    approvals,
    assessments,
    attendances,
    budget_actuals,
    example,
    finding_acts,
    learning,
    progress_sheets,
    rescheduling,
    reviews,
    several,
    templates,
)
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.portal import saying
from sm_planner.adapters.signers import delegations
from sm_planner.adapters.signing import sign_off
from sm_planner.adapters.site import locks
from sm_planner.engine.checks.acting import Asked
from sm_planner.reports import portal


@frappe.whitelist(methods=["GET", "POST"])
def check(plan: str) -> dict[str, Any]:
    """How a plan stands: counts of its findings and the first lines of them, its readiness and the state of its sign-off."""
    frappe.has_permission("SM Plan", "read", document := frappe.get_doc("SM Plan", plan), throw=True)
    return plan_form.overview(document)


@frappe.whitelist(methods=["GET", "POST"])
def plan_findings(plan: str, line: str = "", start: int = 0, length: int = 20) -> dict[str, Any]:
    """The findings of a plan, or those of a ``line`` (its key), from ``start`` on: the ``total``, and at most ``length``
    ``findings``, 200 at once."""
    frappe.has_permission("SM Plan", "read", document := frappe.get_doc("SM Plan", plan), throw=True)
    return findings.findings_page(document, line, start, length)


@frappe.whitelist(methods=["GET", "POST"])
def plan_finding_lines(plan: str, start: int = 0, length: int = 20) -> dict[str, Any]:
    """The findings of a plan as lines, each fault once, those that mean most first, from ``start`` on: the ``total``, and at
    most ``length`` ``lines``, 200 at once."""
    frappe.has_permission("SM Plan", "read", document := frappe.get_doc("SM Plan", plan), throw=True)
    return findings.lines_page(document, start, length)


@frappe.whitelist(methods=["GET", "POST"])
def about_finding(plan: str, rule: str, collection: str = "", id: str = "") -> dict[str, Any]:
    """Why a ``rule`` is asked, and whose its finding about a record is to mend: its ``collection``, and its ``id`` in the plan."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return finding_acts.about(plan, rule, collection, id)


@frappe.whitelist(methods=["POST"])
def waive_finding(
    plan: str,
    rule: str,
    collection: str = "",
    id: str = "",
    reason: str = "",
    requester: str = "",
    approver: str = "",
    expires: str = "",
) -> str:
    """Ask for a waiver of a finding about a record, or without one of all findings of a rule; its name.

    ``requester``, ``approver``: ids of people. It counts once it is approved, until the day on which it ``expires``.
    """
    frappe.has_permission("SM Waiver", "create", throw=True)
    locks.begin()
    asked = Asked(reason, requester, approver, getdate(expires) if expires else None)
    return finding_acts.waive(plan, rule, collection, id, asked)


@frappe.whitelist(methods=["POST"])
def improve_finding(
    plan: str, rule: str, collection: str, id: str, title: str = "", owner: str = "", due: str = ""
) -> str:
    """Make the improvement that mends a finding about a record; its name. ``owner``: the id of a person."""
    frappe.has_permission("SM Improvement", "create", throw=True)
    locks.begin()
    return finding_acts.improve(plan, rule, collection, id, title, owner, due)


@frappe.whitelist(methods=["POST"])
def assign_finding(plan: str, rule: str, collection: str, id: str) -> str:
    """Assign the record of a finding to the account of who answers for it; that person's name."""
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    locks.begin()
    return finding_acts.assign(plan, rule, collection, id)


@frappe.whitelist(methods=["GET", "POST"])
def check_deeper(plan: str, depth: str) -> dict[str, Any]:
    """What a plan would be asked, and told, in addition or no more if it went as deep as ``depth``: First Plan, Grown, Complete;
    and what the templates of a draft would bring (``takes``)."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_guide.in_depth(plan, depth)


@frappe.whitelist(methods=["GET", "POST"])
def lineage_home(lineage: str) -> dict[str, Any]:
    """What is in force of a plan, what is being prepared, and what moved since the signature."""
    frappe.has_permission("SM Lineage", "read", lineage, throw=True)
    return home_of_lineage.home(lineage)


@frappe.whitelist(methods=["GET", "POST"])
def key_questions(plan: str = "") -> list[dict[str, Any]]:
    """The key questions in words, and what in a plan answers each already; without a plan, the questions alone."""
    frappe.has_permission("SM Plan", "read", plan or None, throw=True)
    return plan_form.key_questions(plan)


@frappe.whitelist(methods=["GET", "POST"])
def sign_off_summary(plan: str) -> dict[str, Any]:
    """What the sponsor is shown before signing, with the hash of the content that was shown."""
    frappe.has_permission("SM Plan", "read", document := frappe.get_doc("SM Plan", plan), throw=True)
    return plan_form.sign_off_summary(document)


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
def start_choices() -> dict[str, Any]:
    """What somebody who starts a plan chooses from: templates, situations, depths, people; and what is proposed."""
    frappe.has_permission("SM Plan", "create", throw=True)
    return plan_start.choices()


@frappe.whitelist(methods=["GET", "POST"])
def preview_template(template: str, situation: str, depth: str, plan: str = "") -> list[dict[str, Any]]:
    """What a template offers for a situation (From Scratch, Improve, Transform) and a depth, section by section.

    plan: the draft that it is meant for; empty for a new one.
    """
    frappe.has_permission("SM Plan", "read", plan or None, throw=True)
    return plan_start.preview(template, situation, depth, plan)


@frappe.whitelist(methods=["POST"])
def start_plan(values: str | dict[str, Any]) -> str:
    """Make a plan with the chosen pieces of a template, all of it or nothing; its name.

    values: ``title``, ``unit``, ``situation``, ``depth``, ``plan_owner`` and ``executive_sponsor`` (people, or the names of new
    ones), ``why``, ``period_start``, ``period_end``, ``template`` (empty for none), ``pieces`` (a list of section and id, as
    ``preview_template`` gave them; left out for all), ``stand_in`` (whether owner and sponsor stand in for those who are not
    named yet).
    """
    frappe.has_permission("SM Plan", "create", throw=True)
    locks.begin()
    return templates.start(values)


@frappe.whitelist(methods=["POST"])
def take_from_template(plan: str, values: str | dict[str, Any]) -> dict[str, int]:
    """Take pieces of a template into a draft; how many were ``added``, and how many that were there are ``used``.

    values: ``template``, ``situation``, ``depth``, ``pieces`` and ``stand_in``, as for ``start_plan``.
    """
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    locks.begin()
    return templates.take(plan, values)


@frappe.whitelist(methods=["POST"])
def deepen_plan(plan: str, depth: str, values: str | dict[str, Any]) -> dict[str, int]:
    """Take a draft to a greater depth, with pieces that its templates bring there, all of it or nothing; how many were ``added``,
    and how many that were there are ``used``.

    values: ``templates`` (the id of each of the plan's templates that is to bring something → a list of section and id, of those
    that ``check_deeper`` gave) and ``stand_in``, as for ``start_plan``.
    """
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    locks.begin()
    return templates.deepen(plan, depth, values)


@frappe.whitelist(methods=["POST"])
def looked_at(kind: str, names: str | list[str]) -> int:
    """Note that the user has looked at records that were taken from a template, and that they fit; how many bore its mark.

    kind: their DocType, such as SM Role. names: of its documents, each of which the user may write.
    """
    frappe.has_permission("SM Plan", "read", throw=True)
    locks.begin()
    return templates.looked_at(kind, names)


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
def funding_request(plan: str) -> dict[str, Any]:
    """The funding request of a plan as HTML, how it stands, and what is needed to decide about it."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return plan_form.funding(plan)


@frappe.whitelist(methods=["GET", "POST"])
def funding_page(plan: str) -> None:
    """Show the funding request of a plan: one page, for reading and printing."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    plan_files.show_funding(plan)


@frappe.whitelist(methods=["POST"])
def decide_funding(plan: str, act: str, shown: str, reason: str = "") -> str:
    """Approve or reject the funding request of a plan (``act``: Approve, Reject) as the user of the session; how it stands then.

    shown: the hash of the request that the user has read.
    """
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    locks.begin()
    return approvals.decide_funding(plan, act, shown, reason)


@frappe.whitelist(methods=["POST"])
def take_over_actuals(plan: str) -> dict[str, int]:
    """Enter what the ledger of ERPNext says was spent of the budget lines that name a cost center and an account.

    How many entries were ``added``, of how many ``lines``.
    """
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    locks.begin()
    return budget_actuals.take_over(plan)


@frappe.whitelist(methods=["POST"])
def take_over_attendance(plan: str) -> dict[str, int]:
    """Enter who took part in the trainings of a plan, by the events of HRMS and the certificates of LMS that these name.

    How many entries were ``added``, of how many ``found``.
    """
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    locks.begin()
    return attendances.take_over(plan)


@frappe.whitelist(methods=["GET", "POST"])
def plan_pdf(plan: str, part: str = "book") -> None:
    """Show the plan book as PDF, or a page of it. part: ``book``, ``summary`` (for the sponsor) or ``funding``."""
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
def agreement_terms(agreement: str) -> dict[str, Any]:
    """What holds for an agreement, term by term, and which of the agreements above it says it."""
    frappe.has_permission("SM Agreement", "read", agreement, throw=True)
    return record_views.agreement_terms(agreement)


@frappe.whitelist(methods=["GET", "POST"])
def agreement_term(agreement: str) -> dict[str, Any]:
    """How an agreement stands today: its state, and a sentence with the days that matter."""
    frappe.has_permission("SM Agreement", "read", agreement, throw=True)
    return record_views.agreement_term(agreement)


@frappe.whitelist(methods=["GET", "POST"])
def agreement_calendar(start: str, end: str, filters: str | list[Any] | None = None) -> list[dict[str, Any]]:
    """The agreements that hold between two days, for the calendar of their list."""
    frappe.has_permission("SM Agreement", "read", throw=True)
    return record_views.agreement_calendar(getdate(start), getdate(end), filters)


@frappe.whitelist(methods=["GET", "POST"])
def next_agreement_version(agreement: str) -> dict[str, Any]:
    """The values of a draft that replaces an agreement. Nothing is stored: whoever fills it in saves it."""
    frappe.has_permission("SM Agreement", "create", throw=True)
    return record_views.next_agreement_version(agreement)


@frappe.whitelist(methods=["GET", "POST"])
def agreement_measurements(agreement: str) -> dict[str, Any]:
    """What the targets of an agreement came to, and what a new measurement would begin with."""
    frappe.has_permission("SM Agreement", "read", agreement, throw=True)
    return measured.of_agreement(agreement)


@frappe.whitelist(methods=["GET", "POST"])
def objective_measurements(objective: str) -> dict[str, Any]:
    """What the KPI of an objective came to, how far it is, and what a new measurement would begin with."""
    frappe.has_permission("SM Objective", "read", objective, throw=True)
    return measured.of_objective(objective)


@frappe.whitelist(methods=["POST"])
def keep_attainment(plan: str, log: str, map: str) -> dict[str, int]:
    """Keep what SLA Attainment computes of a log as measurements of the agreements that are the user's to measure."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return sla_attainment.keep(plan, log, map)


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
def read_week(line: str) -> dict[str, Any]:
    """The windows of a calendar that the hours of a week in one line say, such as ``Mon–Fri 8–18, Sat 9–13``; or why they
    are not understood."""
    frappe.has_permission("SM Service Calendar", "read", throw=True)
    return record_views.read_week_line(line)


@frappe.whitelist(methods=["GET", "POST"])
def raci_effect(entry: str) -> dict[str, Any]:
    """In which cells a RACI entry decides, and what its role holds where it does not."""
    frappe.has_permission("SM RACI Entry", "read", entry, throw=True)
    return record_views.raci_effect(entry)


@frappe.whitelist(methods=["GET", "POST"])
def raci_sheet(plan: str) -> dict[str, Any]:
    """The RACI of a plan as a sheet: processes, services and components down, roles across, letters, and what is wrong."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return sheet_of_raci.show(plan)


@frappe.whitelist(methods=["POST"])
def preview_raci_sheet(plan: str, changes: str | list[Any]) -> dict[str, Any]:
    """What letters that are not saved would come to: what each place takes over, and what would be wrong. Writes nothing.

    changes: a list, or JSON, of ``process``, ``service``, ``component``, ``role``, ``letter``, ``task``, and what the writer saw,
    ``seen_letter`` and ``seen_task``. An empty letter takes away what stands there.
    """
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return sheet_of_raci.preview(plan, changes)


@frappe.whitelist(methods=["POST"])
def save_raci_sheet(plan: str, changes: str | list[Any]) -> dict[str, Any]:
    """Write letters of a plan, all or none. changes: as ``preview_raci_sheet`` takes them.

    How many were ``saved``, and the ``sheet`` as it stands then; or the ``conflicts``: cells that others have changed since.
    """
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    locks.begin()
    return sheet_of_raci.save(plan, changes)


@frappe.whitelist(methods=["POST"])
def import_holidays(calendar: str, holiday_list_type: str, holiday_list: str) -> dict[str, int]:
    """Add the holidays of a Holiday List (DocType and name) to a service calendar; how many were, and were not."""
    frappe.has_permission("SM Service Calendar", "write", calendar, throw=True)
    return optional_apps.import_holidays(calendar, holiday_list_type, holiday_list)


@frappe.whitelist(methods=["POST"])
def load_example(password: str = "", faulty: bool = False) -> str:
    """Load the example plan, or its faulty twin, with accounts for its people, who get this password; its name."""
    frappe.only_for("System Manager")
    return example.load(password, faulty)


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
def waivable(lineage: str = "") -> dict[str, list[dict[str, str]]]:
    """What a waiver can name: the rules, and the records of a plan if its lineage is given."""
    frappe.has_permission("SM Waiver", "read", throw=True)
    return waiver_choices.choices(lineage)


@frappe.whitelist(methods=["POST"])
def decide_waiver(waiver: str, act: str, shown: str, reason: str = "") -> str:
    """Approve or reject a waiver (``act``: Approve, Reject) as the user of the session; its state then.

    shown: the hash of the waiver that the user has read.
    """
    frappe.has_permission("SM Waiver", "read", waiver, throw=True)
    locks.begin()
    return approvals.decide_waiver(waiver, act, shown, reason)


@frappe.whitelist(methods=["POST"])
def decide_improvement(improvement: str, act: str, shown: str, reason: str = "") -> str:
    """Approve, reject or close an improvement (``act``: Approve, Reject, Close) as the user of the session; its state then.

    shown: the hash of the improvement that the user has read.
    """
    frappe.has_permission("SM Improvement", "read", improvement, throw=True)
    locks.begin()
    return approvals.decide_improvement(improvement, act, shown, reason)


@frappe.whitelist(methods=["POST"])
def decide_gap(gap_decision: str, act: str, shown: str, reason: str = "") -> str:
    """Approve or reject (``act``: Approve, Reject) to live with a gap, as the user of the session; the state then.

    shown: the hash of the decision that the user has read.
    """
    frappe.has_permission("SM Gap Decision", "read", gap_decision, throw=True)
    locks.begin()
    return approvals.decide_gap(gap_decision, act, shown, reason)


@frappe.whitelist(methods=["GET", "POST"])
def assessment_sheet(assessment: str) -> dict[str, Any]:
    """An assessment as its page shows it: lines with how each level looks, the answers, and the two numbers."""
    frappe.has_permission("SM Assessment", "read", assessment, throw=True)
    return assessment_page.sheet(assessment)


@frappe.whitelist(methods=["POST"])
def answer_line(assessment: str, code: str, answer: str, seen: str = "") -> dict[str, Any]:
    """Answer one line of an assessment: what is known of it then, and whether it was ``kept``.

    answer: JSON with score, not_applicable, note and evidence (what, method, found_on, expires), all that is said of the
    line. seen: the ``state`` that was shown; where the line has another one by now, nothing is kept. Empty to keep it anyway.
    """
    frappe.has_permission("SM Assessment", "write", assessment, throw=True)
    locks.begin()
    kept = assessments.answer(assessment, code, answer, seen)
    return {"kept": kept, **assessment_page.answered(assessment, code)}


@frappe.whitelist(methods=["POST"])
def submit_assessment(assessment: str) -> None:
    """Submit an assessment, which stays as it is from then on."""
    frappe.has_permission("SM Assessment", "write", assessment, throw=True)
    locks.begin()
    assessments.submit(assessment)


@frappe.whitelist(methods=["GET", "POST"])
def assessment_standing(assessment: str) -> dict[str, Any]:
    """How far an assessment is, what came out by group, and its gaps with what answers them."""
    frappe.has_permission("SM Assessment", "read", assessment, throw=True)
    return assessment_page.standing(assessment)


@frappe.whitelist(methods=["POST"])
def improvement_of_gap(lineage: str, framework: str, code: str) -> str:
    """Make the improvement that closes a gap of the newest assessment by a framework; its name."""
    frappe.has_permission("SM Improvement", "create", throw=True)
    locks.begin()
    return assessments.improvement_of_gap(lineage, framework, code)


@frappe.whitelist(methods=["GET", "POST"])
def assessment_frameworks(lineage: str = "") -> list[dict[str, str]]:
    """The frameworks by which a plan can be assessed: those that come with SM Planner, and its own."""
    frappe.has_permission("SM Assessment", "read", throw=True)
    return assessment_page.offered(lineage)


@frappe.whitelist(methods=["POST"])
def import_frameworks(lineage: str, file_url: str) -> list[str]:
    """Make, or change, the frameworks of an uploaded file (.yaml or .xlsx); their names."""
    frappe.has_permission("SM Assessment Framework", "create", throw=True)
    locks.begin()
    return assessment_files.import_file(lineage, file_url)


@frappe.whitelist(methods=["GET", "POST"])
def export_framework(framework: str, lineage: str = "", ending: str = ".yaml") -> None:
    """Download a framework by its ID, to use it elsewhere or to begin one's own with it. ending: ``.yaml`` or ``.xlsx``."""
    frappe.has_permission("SM Assessment Framework", "read", throw=True)
    assessment_files.download(framework, lineage, ending)


@frappe.whitelist(methods=["GET", "POST"])
def roadmap(plan: str = "", by: str = "", dates: str = "") -> dict[str, Any]:
    """The page Roadmap of a plan (``html``), and the name of the ``plan``: the one that is proposed where none is named.

    by: Objective, Business Goal, Phase. dates: Planned, Levelled.
    """
    frappe.has_permission("SM Plan", "read", plan or None, throw=True)
    return roadmap_page.show(plan, by, dates)


@frappe.whitelist(methods=["GET", "POST"])
def executive_view(plan: str = "") -> dict[str, Any]:
    """The page Executive View (``html``) of a plan in force, or of all that the user may read, and the name of the ``plan``:
    empty for all."""
    frappe.has_permission("SM Plan", "read", plan or None, throw=True)
    return view_of_executive.show(plan)


@frappe.whitelist(methods=["POST"])
def choose_weekly_mail(wanted: bool) -> None:
    """Note whether the user wants the executive view as a mail of each week."""
    frappe.has_permission("SM Plan", "read", throw=True)
    view_of_executive.choose_mail(wanted)


@frappe.whitelist(methods=["GET", "POST"])
def service_map(plan: str = "", by: str = "", page: int = 1, at: str = "") -> dict[str, Any]:
    """One page of the service management map of a plan, now and in future; without a plan, of the one that is proposed.

    by: ``team`` or ``importance``, what makes families of services. page: its number, from 1. at: a record, such as
    ``services/SVC-0001``, whose page is meant.
    """
    frappe.has_permission("SM Plan", "read", plan or None, throw=True)
    return service_map_page.show(plan, by, page, at)


@frappe.whitelist(methods=["GET", "POST"])
def service_map_box(plan: str, collection: str, id: str) -> dict[str, Any]:
    """What a box of the map carries: its promises, the weakest first, each with what decides it; and its findings.

    collection: ``services``, ``teams``, ``suppliers``, ``components`` or ``stakeholders``. id: of the record.
    """
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return service_map_page.box(plan, collection, id)


@frappe.whitelist(methods=["GET", "POST"])
def find_on_service_map(plan: str, text: str, by: str = "") -> list[dict[str, Any]]:
    """The first boxes of the map whose titles have the words of a text in them, each with the page that it stands on."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return service_map_page.search(plan, by, text)


@frappe.whitelist(methods=["GET", "POST"])
def preview_reschedule(plan: str, moves: str | list[Any]) -> dict[str, Any]:
    """What new dates of improvements would mean; nothing is written. moves: as ``reschedule`` takes them."""
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    return roadmap_page.preview(plan, moves)


@frappe.whitelist(methods=["POST"])
def reschedule(plan: str, moves: str | list[Any]) -> int:
    """Give improvements new dates, all or none; how many.

    moves: a list of ``improvement`` (its id), ``start``, ``due``, and the dates that the user saw: ``seen_start``, ``seen_due``.
    """
    frappe.has_permission("SM Plan", "read", plan, throw=True)
    locks.begin()
    return rescheduling.reschedule(plan, moves)


@frappe.whitelist(methods=["GET", "POST"])
def entry_sheet(plan: str, collection: str) -> dict[str, Any]:
    """The table in which several records of a kind are added to a plan: its columns, and what their cells can say.

    collection: such as ``services``, as sections of a plan file are called; ``targets`` for those of an agreement.
    """
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    return sheet_of_entries.sheet(plan, collection)


@frappe.whitelist(methods=["POST"])
def add_records(
    plan: str, collection: str, rows: str | list[Any], values: str | dict[str, Any] | None = None
) -> dict[str, Any]:
    """Add several records of a kind to a plan, and name them in its scope: all of them, or none.

    rows: of each record, column → text as people write it: links by title, days and numbers in their own writing, several
    things with ; between. values: field → text for all rows; the ``agreement`` of ``targets``. Answers with the ``names`` of the
    documents, and with what was ``made`` because a cell named it. A refusal has ``problems``: ``row``, ``column``, ``message``.
    """
    frappe.has_permission("SM Plan", "write", plan, throw=True)
    locks.begin()
    return several.add(plan, collection, rows, values)


@frappe.whitelist(methods=["GET", "POST"])
def read_cells(rows_of: str, rows: str | list[Any], plan: str = "", lineage: str = "") -> dict[str, Any]:
    """What rows of a spreadsheet mean in a table of a form, or what is wrong with them. Nothing is stored.

    rows_of: the child DocType. rows: of each, field → text. plan, lineage: to which the document of the form belongs.
    """
    frappe.has_permission("SM Plan", "read", plan or None, throw=True)
    return pasted.read(rows_of, rows, plan, lineage)


@frappe.whitelist(methods=["GET", "POST"])
def parts_of_lineage(
    linked: str = "",
    txt: str = "",
    searchfield: str = "",
    start: int = 0,
    page_len: int = 10,
    asked: str | dict[str, Any] | None = None,
) -> list[tuple[str, str, str]]:
    """The objectives, commitments or budget lines (``linked``) that registers and facts can be about, as link fields ask for
    them; ``asked["lineage"]`` may name whose. And the improvements that a part of the plan ``asked["plan"]`` can name."""
    frappe.has_permission("SM Lineage", "read", throw=True)
    given = frappe.parse_json(asked) or {}
    if linked in living_choices.ENTRIES:
        return living_choices.entries(linked, txt, str(given.get("plan") or ""), start, page_len)
    if linked not in living_choices.OFFERED:
        frappe.throw(_("This is not offered."))
    lineage = given.get("lineage")
    return living_choices.parts(linked, txt, str(lineage or ""), start, page_len)


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


@frappe.whitelist(methods=["GET", "POST"])
def review_agenda(review: str) -> dict[str, Any]:
    """What a review looks at today, topic by topic, how it stands, and what the user can do with it."""
    frappe.has_permission("SM Review", "read", review, throw=True)
    return reviews.agenda(review)


@frappe.whitelist(methods=["POST"])
def hold_review(review: str) -> None:
    """Hold a review: as its chair, or as a planner for the chair. What is known now is kept with it."""
    frappe.has_permission("SM Review", "read", review, throw=True)
    locks.begin()
    reviews.hold(review)


@frappe.whitelist(methods=["POST"])
def confirm_attendance(review: str) -> None:
    """Confirm that the user was at a review, in a session of their own."""
    frappe.has_permission("SM Review", "read", review, throw=True)
    locks.begin()
    reviews.confirm_attendance(review)


@frappe.whitelist(methods=["POST"])
def decision_becomes(review: str, number: int, outcome: str, kind: str = "") -> dict[str, str]:
    """Make of the decision with that number (from 1 on) an ``improvement``, a ``trigger`` of a kind, or ``nothing``.

    Returns DocType and name of what was made; empty where nothing was.
    """
    frappe.has_permission("SM Review", "read", review, throw=True)
    locks.begin()
    return reviews.decision_becomes(review, number, outcome, kind)


@frappe.whitelist(methods=["POST"])
def plan_reviews(lineage: str) -> dict[str, int]:
    """Make the reviews that the rhythm of a plan asks for in the year ahead; how many were ``made`` and ``dropped``."""
    frappe.has_permission("SM Lineage", "write", lineage, throw=True)
    locks.begin()
    return reviews.plan_ahead(lineage)


@frappe.whitelist(methods=["POST"])
def begin_sanity_check(lineage: str = "", service: str = "", customer: str = "") -> str:
    """Begin the sanity check of a service or a customer, or of the last transition of the plan; its name.

    lineage: empty for that of the plan that is meant where none is chosen.
    """
    frappe.has_permission("SM Sanity Check", "create", throw=True)
    lineage = lineage or plan_choice.default_lineage()
    locks.begin()
    return learning.begin(lineage, service, customer)


@frappe.whitelist(methods=["GET", "POST"])
def sanity_check_steps(check: str) -> dict[str, Any]:
    """What the user can do with a sanity check, and which lessons came of it."""
    frappe.has_permission("SM Sanity Check", "read", check, throw=True)
    return learning.steps(check)


@frappe.whitelist(methods=["POST"])
def hold_sanity_check(check: str) -> None:
    """Hold a sanity check: as who leads it, or as a planner. What the plan says of that day is kept with it."""
    frappe.has_permission("SM Sanity Check", "read", check, throw=True)
    locks.begin()
    learning.hold(check)


@frappe.whitelist(methods=["POST"])
def make_lesson(check: str, number: int, learned: str) -> str:
    """Make a lesson of the answer with that number (from 1 on), which was otherwise than the plan says; its name."""
    frappe.has_permission("SM Sanity Check", "read", check, throw=True)
    locks.begin()
    return learning.make_lesson(check, number, learned)


@frappe.whitelist(methods=["POST"])
def act_on_lesson(lesson: str, doing: str, owner: str = "", due: str = "") -> str:
    """Make an improvement of a lesson; its name. owner: a person; due: a day."""
    frappe.has_permission("SM Lesson", "write", lesson, throw=True)
    locks.begin()
    return learning.act_on_lesson(lesson, doing, owner, due)


@frappe.whitelist(methods=["POST"])
def act_on_risk(risk: str, doing: str, owner: str = "", due: str = "") -> str:
    """Make an improvement that carries out the answer to a risk; its name. owner: a person; due: a day."""
    frappe.has_permission("SM Risk", "write", risk, throw=True)
    locks.begin()
    return learning.act_on_risk(risk, doing, owner, due)


@frappe.whitelist(methods=["GET", "POST"])
def progress_sheet_choices(lineage: str) -> dict[str, Any]:
    """The groups whose monthly progress sheets the user may send, the months that are over, and what was sent."""
    frappe.has_permission("SM Lineage", "read", lineage, throw=True)
    return progress_sheets.choices(lineage)


@frappe.whitelist(methods=["GET", "POST"])
def preview_progress_sheet(lineage: str, group: str, month: str, language: str = "en") -> dict[str, Any]:
    """The progress sheet of a group as it would be sent now, to whom, and why it cannot be. month: a day in it."""
    frappe.has_permission("SM Lineage", "read", lineage, throw=True)
    return progress_sheets.preview(lineage, group, month, language)


@frappe.whitelist(methods=["POST"])
def send_progress_sheet(
    lineage: str, group: str, month: str, shown: str, language: str = "en", correction: str = ""
) -> str:
    """Send the progress sheet of a group by mail, and keep it; the name of its document.

    shown: the hash that ``preview_progress_sheet`` gave. correction: why it is sent again, where it was sent before.
    """
    frappe.has_permission("SM Lineage", "read", lineage, throw=True)
    locks.begin()
    return progress_sheets.send(lineage, group, month, language, shown, correction)


@frappe.whitelist(methods=["GET", "POST"])
def report_standing(report: str) -> dict[str, Any]:
    """What was issued of a report, what its readers say, and whether the user is asked to say something of the last issue."""
    frappe.has_permission("SM Report Spec", "read", report, throw=True)
    return report_form.standing(report)


@frappe.whitelist(methods=["POST"])
def say_of_report(lineage: str, report: str, shown: str, missing: str = "") -> str:
    """Say of the last issue of a report, as one of its readers, that it makes sense, or what is missing; the name of the fact.

    report: the id of its spec in the plan. shown: the id of the issue, as ``report_standing`` or the page of the own part gave
    it. missing: left empty where it makes sense.
    """
    frappe.only_for("All")
    return report_form.say(lineage, report, shown, missing)


@frappe.whitelist(methods=["GET", "POST"])
def my_part(lineage: str = "") -> dict[str, Any]:
    """The own part of the user in a plan in force, as HTML: of this lineage, or of the first that names him."""
    frappe.only_for(
        "All"
    )  # whoever is logged in; what is shown is the part of this user, and a user without one is refused
    return part_of_user.show(lineage)


@frappe.whitelist(methods=["POST"])
def confirm_my_part(lineage: str, shown: str) -> None:
    """Note that the user knows and accepts his part. shown: the hash of the part that ``my_part`` gave."""
    frappe.only_for("All")
    part_of_user.confirm(lineage, shown)


@frappe.whitelist(methods=["POST"])
def confirm_briefing(lineage: str, communication: str, held_on: str, shown: str) -> None:
    """Note that the user heard what was said on a day. communication: its id in the plan. shown: the hash of what the page of
    the own part showed of it."""
    frappe.only_for("All")
    part_of_user.confirm_briefing(lineage, communication, held_on, shown)


@frappe.whitelist(methods=["POST"])
def confirm_training(lineage: str, training: str, day: str) -> str:
    """Enter that the user took part in a training that is meant for him; the name of the fact. training: its id in the plan."""
    frappe.only_for("All")
    return part_of_user.confirm_training(lineage, training, day)


@frappe.whitelist(methods=["POST"])
def add_measurement(
    lineage: str, objective: str, day: str, value: str, evidence: str = "", value_statement: str = ""
) -> str:
    """Enter what the KPI of an objective of one's own came to, or a value that one answers for; the name of the fact.

    objective: its id in the plan; empty for a value, which is named by its words.
    """
    frappe.only_for("All")
    return part_of_user.measure(lineage, objective, value_statement, day, value, evidence)


@frappe.whitelist(methods=["POST"])
def add_evidence(lineage: str, commitment: str, day: str, kind: str, reference: str = "") -> str:
    """Enter what shows that one keeps a commitment of one's own; the name of the fact. commitment: its id in the plan."""
    frappe.only_for("All")
    return part_of_user.show_evidence(lineage, commitment, day, kind, reference)


@frappe.whitelist(methods=["POST"])
def report_progress(
    lineage: str,
    improvement: str,
    note: str,
    effort_days: str = "",
    status: str = "",
    benefit_actual: str = "",
    verdict: str = "",
    follow_up: str = "",
) -> str:
    """Tell how far an improvement that one carries out has come, and move it on; the name of the report.

    improvement: its id in the plan. effort_days: person-days spent since the report before. status: the state to which it
    moves. benefit_actual, verdict, follow_up: what came of it. What is empty stays as it is.
    """
    frappe.only_for("All")
    result = {"benefit_actual": benefit_actual, "verdict": verdict, "follow_up": follow_up}
    return part_of_user.report_progress(lineage, improvement, note, effort_days, status, result)


@frappe.whitelist(methods=["POST"])
def suggest_improvement(lineage: str, title: str, description: str, service: str = "") -> str:
    """Suggest an improvement of the plan in which one has a part; its id there. service: the id of one, if it is about one."""
    frappe.only_for("All")
    return part_of_user.suggest_improvement(lineage, title, description, service)


@frappe.whitelist(methods=["POST"])
def report_workaround(
    lineage: str, title: str, why: str, service: str = "", tool: str = "", since: str = ""
) -> str:
    """Report what people do instead, in a plan in which one has a part; its id there. service, tool: the ids of what they work
    around. since: the day, as far as it is known."""
    frappe.only_for("All")
    return part_of_user.report_workaround(lineage, title, why, service, tool, since)


@frappe.whitelist(methods=["POST"])
def make_my_calendar() -> str:
    """Make the address of the user's calendar, or another in its place. It is told this once."""
    frappe.only_for("All")
    return calendar_feed.make(frappe.session.user)


@frappe.whitelist(methods=["POST"])
def revoke_my_calendar() -> None:
    """Take the address of the user's calendar away."""
    frappe.only_for("All")
    calendar_feed.revoke(frappe.session.user)


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=60, seconds=60 * 60)
def give_feedback(offer: str = "", kind: str = "", title: str = "", said: str = "") -> None:
    """Say something about a service that is offered to the user; the way back to the page of the form.

    offer: the id of its catalogue entry. kind: Comment, Question, Complaint, Praise.
    """
    frappe.only_for("All")
    saying.go(portal.FEEDBACK, saying.give_feedback(offer, kind, title, said))


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=60, seconds=60 * 60)
def suggest_about_service(offer: str = "", title: str = "", description: str = "") -> None:
    """Suggest an improvement of a service that is offered to the user; the way back to the page of the form."""
    frappe.only_for("All")
    saying.go(portal.FEEDBACK, saying.suggest(offer, title, description))


@frappe.whitelist(methods=["POST"])
def confirm_part(lineage: str = "", shown: str = "") -> None:
    """As ``confirm_my_part``, for a form without script; the way back to the part."""
    frappe.only_for("All")
    saying.go(portal.MY_PART, saying.confirm(lineage, shown), lineage=lineage)


@frappe.whitelist(methods=["POST"], allow_guest=True)
@rate_limit(limit=20, seconds=60 * 60)
def give_guest_feedback(
    offer: str = "", title: str = "", said: str = "", said_by: str = "", website: str = ""
) -> None:
    """Say something without a log-in about a service of which the site takes that; the way back to the page of the form."""
    note = saying.say_as_guest(offer, title, said, said_by, website)
    saying.go(portal.GUESTS, note)


@frappe.whitelist(methods=["GET"], allow_guest=True)
@rate_limit(limit=120, seconds=60 * 60)
def my_calendar(token: str = "") -> Response:
    """The dates of whoever was given this token, for a calendar program, which has no log-in."""
    user = calendar_feed.user_of(token)
    return calendar_feed.answer(user)


@frappe.whitelist(methods=["GET", "POST"])
def openapi() -> Response:
    """What the functions of this API take and answer, as an OpenAPI document."""
    frappe.only_for("All")
    return Response(openapi_document.text(), mimetype="application/json")

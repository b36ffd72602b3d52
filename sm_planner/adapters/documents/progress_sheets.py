"""Monthly progress sheets on a site: looked at, sent by mail, and kept with the words that were sent.

What they say is in :mod:`sm_planner.engine.reporting` and :mod:`sm_planner.reports.progress_sheet`; here it is sent and stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.documents.acting import plan_of, refuse
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import full_name, in_language, told, told_html
from sm_planner.engine.agreements.measurements import Period
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.reporting import sending
from sm_planner.engine.reporting.readers import sheet_readers
from sm_planner.engine.reporting.sheet import month_of, sheet
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports import progress_sheet as wording

SHEET = DOCTYPES["progress_sheets"]
MONTHS = 6
"""Months that are proposed, the last one that is over first."""

LANGUAGES = ("en", "de")
"""Languages in which a sheet is written."""


@dataclass(frozen=True)
class Written:
    """A sheet in words, and to whom it goes. addresses: names with addresses; unreached: the names of those without one."""

    subject: str
    content: str
    addresses: tuple[tuple[str, str], ...]
    unreached: tuple[str, ...]

    @property
    def recipients(self) -> list[str]:
        return [f"{name}, {address}" for name, address in self.addresses]

    @property
    def hash(self) -> str:
        return sending.hash_of_sheet(self.subject, self.content)


def choices(lineage: str) -> dict[str, Any]:
    """The groups whose sheets the user may send, the months that are over, and what was sent: group, month, day."""
    plan = _plan(lineage)
    writer, month, months = living_guards.writer(), month_of(getdate()), []
    while len(months) < MONTHS:
        month = month_of(month.first - timedelta(1))
        months.append(str(month.last))
    groups = [one for one in plan.stakeholders if sending.may_send(plan, one, writer.people, writer.plans)]
    return {
        "groups": [{"id": one.id, "title": one.title or one.id} for one in groups],
        "months": months,
        "language": frappe.local.lang if frappe.local.lang in LANGUAGES else LANGUAGES[0],
        "sent": [[one.stakeholder, str(one.day), str(one.sent_on)] for one in plan.progress_sheets],
    }


def preview(lineage: str, group: str, month: str, language: str) -> dict[str, Any]:
    """What would be sent now, to whom, and why it cannot be, which is empty where it can."""
    plan = _plan(lineage)
    stakeholder, when = _asked(plan, group, month)
    written = _written(plan, stakeholder, when, language)
    before = sending.sent(plan, stakeholder, when.last)
    refusal = sending.refuse(plan, stakeholder, when, "-", getdate()) or _unsendable(written)
    return {
        "subject": written.subject,
        "html": wording.html(written.content),
        "shown": written.hash,
        "recipients": written.recipients,
        "unreached": list(written.unreached),
        "sent_before": str(before[-1].sent_on) if before else "",
        "refused": told_html(refusal) if refusal else "",
    }


def send(lineage: str, group: str, month: str, language: str, shown: str, correction: str) -> str:
    """Send the sheet that the user was shown, and keep it; the name of its document."""
    locks.of_lineage(lineage)
    plan = _plan(lineage)
    stakeholder, when = _asked(plan, group, month)
    if refusal := sending.refuse(plan, stakeholder, when, correction, getdate()):
        refuse(refusal)
    written = _written(plan, stakeholder, when, language)
    if written.hash != shown:
        refuse(
            say(
                N_(
                    "The sheet is not the one any more that you were shown. Look at it again, and send it then."
                )
            )
        )
    if refusal := _unsendable(written):
        refuse(refusal)
    with locks.all_or_nothing():
        number = len(sending.sent(plan, stakeholder, when.last)) + 1
        kept = _keep(lineage, stakeholder, when.last, number, written, language, correction.strip())
        _mail(kept, written)
    return kept


def looked(doc: Document) -> str:
    """How a sheet looked that was sent, as HTML: made of the text that is kept."""
    return wording.html(doc.content or "")


def _plan(lineage: str) -> Plan:
    plan = plan_of(lineage)
    if plan is None:
        refuse(say(N_("There is no plan that you may read.")), frappe.PermissionError)
    return plan


def _asked(plan: Plan, group: str, month: str) -> tuple[Stakeholder, Period]:
    """The group and the month that are meant, for who may send the sheet."""
    stakeholder, writer = plan.get("stakeholders", group), living_guards.writer()
    if stakeholder is None:
        refuse(say(N_("The plan has no such group of stakeholders.")))
    if not sending.may_send(plan, stakeholder, writer.people, writer.plans):
        refuse(
            say(N_("Progress sheets are sent by planners, by the plan owner, and by who owns the report.")),
            frappe.PermissionError,
        )
    return stakeholder, month_of(_day(month))


def _day(written: str) -> date:
    try:
        day = getdate(written)
    except Exception:
        day = None
    return day or refuse(say(N_("This is no day: {0}."), written))


def _written(plan: Plan, group: Stakeholder, month: Period, language: str) -> Written:
    if language not in LANGUAGES:
        refuse(say(N_("A sheet is written in one of these languages: {0}."), ", ".join(LANGUAGES)))
    made = sheet(plan, group, month, getdate())
    with in_language(language):
        subject, content = wording.subject(made, told), wording.text(made, told)
    addresses, unreached = _addresses(plan, sheet_readers(plan, group, getdate()))
    return Written(subject, content, addresses, unreached)


def _addresses(plan: Plan, people: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Names with the addresses of those who have an account that is switched on; and the names of the others."""
    persons = [plan.get("people", id) for id in people]
    users = [one.user for one in persons if one.user and one.enabled]
    known = frappe.get_all(
        "User", {"name": ("in", users), "enabled": 1}, ["name", "email"], order_by="name asc"
    )
    emails = {row.name: row.email for row in known if row.email}
    addresses = tuple((one.title or one.id, emails[one.user]) for one in persons if one.user in emails)
    return addresses, tuple(one.title or one.id for one in persons if one.user not in emails)


def _unsendable(written: Written) -> Text | None:
    if not written.addresses:
        return say(
            N_(
                "Nobody of this group has an e-mail address, nor has who looks after it. Print the sheet, or name somebody."
            )
        )
    if not EmailAccount.find_outgoing():
        return say(N_("This site sends no mail. Ask the administrator for an outgoing e-mail account."))
    return None


def _keep(
    lineage: str,
    group: Stakeholder,
    day: date,
    number: int,
    written: Written,
    language: str,
    correction: str,
) -> str:
    made = frappe.get_doc(
        {
            "doctype": SHEET,
            "lineage": lineage,
            "stakeholder": group.id,
            "day": day,
            "number": number,
            "correction": correction,
            "language": language,
            "subject": written.subject,
            "content": written.content,
            "recipients": "\n".join(written.recipients),
            "unreached": "\n".join(written.unreached),
            "sent_on": getdate(),
            "sent_by": full_name(frappe.session.user),
            "content_hash": written.hash,
        }
    )
    made.flags.kept_by_server = True  # out of the reach of any request
    # Nobody has the right to make one: the site alone does, and who may have it sent was asked before.
    return made.insert(ignore_permissions=True).name


def _mail(kept: str, written: Written) -> None:
    """Queue the mail: each gets one of his own, and sees no other address."""
    frappe.sendmail(
        recipients=list(dict.fromkeys(address for _name, address in written.addresses)),
        subject=written.subject,
        message=wording.html(written.content),
        reference_doctype=SHEET,
        reference_name=kept,
        add_unsubscribe_link=0,  # it would act without a log-in
    )

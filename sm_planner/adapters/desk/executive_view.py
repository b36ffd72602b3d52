"""The executive view on a site: of the plans in force that its reader may read, as a page of the Desk and as a weekly mail.

The mail goes to the executive sponsors of plans in force, and to who chose it; who chose otherwise gets none, nor does who has
switched off the mails of Frappe. The choice is kept among the defaults of the user.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import quote, urlencode

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import convert_utc_to_system_timezone, get_datetime, get_url, getdate
from frappe.utils.data import get_absolute_url, slug

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_choice
from sm_planner.adapters.desk.landing import VIEW
from sm_planner.adapters.evidence import sign_off_events
from sm_planner.adapters.guards.report_filters import SEVERAL
from sm_planner.adapters.signers import signing_accounts
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.places import NAMED, document_name
from sm_planner.adapters.site.presentation import in_desk, in_language, told
from sm_planner.engine.model import Plan
from sm_planner.engine.model.events import DONE
from sm_planner.engine.model.states import ACTIVE, SEND_TO_SPONSOR, TO_SIGN
from sm_planner.reports import REPORTS
from sm_planner.reports.executive_view import Mail, Opens, Reader, ToSign, View, executive_view, mail, page

TEMPLATE = "sm_planner_executive_view"
WANTED = "sm_planner_weekly_mail"
"""The default of a user that says whether he gets the mail: "1" or "0"; without it, executive sponsors do."""
SENT = "sm_planner_weekly_mail_sent"
"""The default of a user that says for which week he got it last, so that a job that runs twice sends once."""


def show(plan_name: str) -> dict[str, str]:
    """The page as HTML, of one plan in force or of all of them, and the name of that ``plan``: empty for all."""
    user = frappe.session.user
    choices = plan_choice.in_force()
    chosen = plan_name if any(row.name == plan_name for row in choices) else ""
    names = [row.name for row in choices if chosen in ("", row.name)]
    plans = [plan_reader.load(name) for name in names]
    view = executive_view(plans, _reader(user), getdate())
    places = _Places(plans, absolute=False)
    html = page(
        view,
        tell=told,
        address=places.address,
        choices=choices,
        chosen=chosen,
        mailed=_is_mailed(user),
    )
    return {"html": html, "plan": chosen}


def choose_mail(wanted: bool) -> None:
    """Note whether the user wants the weekly mail."""
    _set(frappe.session.user, WANTED, "1" if wanted else "0")


def send_mails() -> None:
    """Send the executive view of this week to everybody who gets it: the job of each Monday.

    What goes wrong with one is logged, and keeps no other from his. Who got that of this week gets no second one.
    """
    if not EmailAccount.find_outgoing():
        return
    week = "{}-W{:02}".format(*getdate().isocalendar())
    for user in _readers():
        if _default(user, SENT) == week:
            continue
        locks.begin()
        with locks.failure_logged(f"SM Planner: the executive view could not be sent to {user}"):
            if _send(user):
                _set(user, SENT, week)


def _send(user: str) -> bool:
    """Queue the mail of a user; whether there was one: who may read no plan in force has none."""
    account = frappe.db.get_value("User", user, ["email", "language"], as_dict=True)
    with _reading_as(user), in_language(account.language):
        names = [row.name for row in plan_choice.in_force()]
        made = _mail(user, names) if names and account.email else None
    if made is None:
        return False
    frappe.sendmail(
        recipients=[account.email],
        subject=made.subject,
        template=TEMPLATE,
        args={"html": made.html, "text": made.text},
        add_unsubscribe_link=0,  # it would act without a log-in; the mail leads to the switch on the page
    )
    return True


def _mail(user: str, names: list[str]) -> Mail:
    plans = [plan_reader.load(name) for name in names]
    view = executive_view(plans, _reader(user), getdate())
    there = get_url(in_desk(VIEW))
    return written(view, plans, there)


def written(view: View, plans: Iterable[Plan], there: str) -> Mail:
    """A view as a mail in the language of the session. there: the address of the page."""
    return mail(
        view,
        tell=told,
        address=_Places(plans, absolute=True).address,
        links={"page": there, "stop": f"{there}?mail=stop"},
    )


@contextmanager
def _reading_as(user: str) -> Iterator[None]:
    """Read as somebody else, so that he is told what he may read and nothing besides."""
    session, form = frappe.local.session.copy(), frappe.local.form_dict
    frappe.set_user(user)
    try:
        yield
    finally:
        frappe.set_user(session.user)
        frappe.local.session.update(session)
        frappe.local.form_dict = form


def _reader(user: str) -> Reader:
    """The user of the session, with the plans that he signs, as far as he may read them."""
    waiting = signing_accounts.plans_of(user, (TO_SIGN,))
    fields = ["name", "title", "version", "lineage"]
    filters, order = {"name": ("in", waiting)}, "title asc, version asc"
    rows = frappe.get_list(PLAN, filters, fields, order_by=order, limit_page_length=0) if waiting else []
    sent = _sent_on({row.lineage for row in rows})
    to_sign = (ToSign(row.name, row.title or row.name, row.version, sent.get(row.name)) for row in rows)
    return Reader(frozenset(people_of(user)), tuple(to_sign))


def _sent_on(lineages: set[str]) -> dict[str, date]:
    """Version → the day, as the site counts days, on which it was sent to its sponsor last, as far as the log knows."""
    return {
        one.plan: convert_utc_to_system_timezone(get_datetime(one.acted_at[:19])).date()
        for one in sign_off_events.of_lineages(lineages)
        if one.act == SEND_TO_SPONSOR.action and one.outcome == DONE
    }


def _readers() -> list[str]:
    """The accounts that get the mail."""
    sponsors = frappe.get_all(
        PLAN, {"state": ACTIVE}, pluck="executive_sponsor", distinct=True, order_by="executive_sponsor asc"
    )
    accounts = frappe.get_all(
        DOCTYPES["people"],
        {"name": ("in", [one for one in sponsors if one]), "user": ("is", "set")},
        pluck="user",
        order_by="user asc",
    )
    choices = dict(frappe.get_all("DefaultValue", {"defkey": WANTED}, ["parent", "defvalue"], as_list=True))
    chosen = {user for user, wanted in choices.items() if wanted == "1"}
    asked = {*accounts, *chosen} - {user for user, wanted in choices.items() if wanted == "0"}
    off = {"name": ("in", sorted(asked)), "enable_email_notifications": 0}
    asked.difference_update(frappe.get_all("Notification Settings", off, pluck="name", order_by="name asc"))
    return frappe.get_all(
        "User", {"name": ("in", sorted(asked)), "enabled": 1}, pluck="name", order_by="name asc"
    )


def _is_mailed(user: str) -> bool:
    """Whether a user gets the mail, by what he chose, or as a sponsor who has chosen nothing."""
    wanted = _default(user, WANTED)
    if wanted:
        return wanted == "1"
    return bool(
        frappe.db.exists(PLAN, {"state": ACTIVE, "executive_sponsor": ("in", people_of(user) or [""])})
    )


def _default(user: str, key: str) -> str:
    return frappe.db.get_value("DefaultValue", {"parent": user, "defkey": key}, "defvalue") or ""


def _set(user: str, key: str, value: str) -> None:
    frappe.defaults.set_user_default(key, value, user)


class _Places:
    """Where in the Desk the figures of a view lead."""

    def __init__(self, plans: Iterable[Plan], absolute: bool):
        self.plans = {plan.id: plan for plan in plans}
        self.absolute = absolute

    def address(self, opens: Opens) -> str:
        path = self._path(opens)
        return get_url(path) if path and self.absolute else path

    def _path(self, opens: Opens) -> str:
        names = self._names(opens)
        doctype = PLAN if opens.collection == "plan" else DOCTYPES.get(opens.collection, "")
        if len(names) == 1:
            return get_absolute_url(doctype, names[0])
        if names and (len(names) <= NAMED or not opens.report):
            return in_desk(f"{slug(doctype)}?" + urlencode({"name": json.dumps(["in", names])}))
        if opens.report:
            about = {"plan": opens.plan} if opens.plan else {SEVERAL: "1"}
            filters = {**about, **dict(opens.filters)}
            return in_desk(f"query-report/{quote(REPORTS[opens.report].title)}?" + urlencode(filters))
        return in_desk(opens.page) if opens.page else ""

    def _names(self, opens: Opens) -> list[str]:
        """The names of the documents; of plans, also of those that are not in force."""
        if opens.collection == "plan":
            return [plan for plan, _id in opens.records]
        return [document_name(self.plans[plan], opens.collection, id, {}) for plan, id in opens.records if id]

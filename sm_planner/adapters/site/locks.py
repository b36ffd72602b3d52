"""Locks on plans: who acts on a plan waits for whoever does so already, and then reads what that one left.

A transaction reads the database as it was at its first read. What it locks later may be newer: a MariaDB that isolates
snapshots (the default from 11.6.2 on) then refuses with 1020, "Record has changed since last read", and any other goes
on reading what is out of date. So an act of the sign-off begins with its lock; see :func:`begin`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters.site.doctypes import LINEAGE, PLAN


class Overtaken(frappe.TimestampMismatchError):
    """Somebody else was faster. The transaction is lost as a whole."""


LOST = (frappe.QueryDeadlockError, frappe.QueryTimeoutError, Overtaken)
"""Errors after which there is no savepoint to go back to: the database may have undone everything already."""


def begin() -> None:
    """Begin a transaction, so that the lock which follows is the first that is read.

    For requests that have only asked for permission so far. Frappe commits, or undoes, each request as a whole.
    """
    frappe.db.commit()


def plan(name: str, *fields: str) -> Any | None:
    """These fields of a plan, which nobody else changes until the transaction ends; None where there is no plan."""
    with in_words(name):
        return frappe.db.get_value(PLAN, name, list(fields), as_dict=True, for_update=True)


def plans(filters: dict[str, Any], *fields: str) -> list[Any]:
    """The same for several plans, also those that came while this waited; by version."""
    with in_words(""):
        return frappe.db.get_values(
            PLAN, filters, list(fields), as_dict=True, for_update=True, order_by="version asc, name asc"
        )


def lineage(name: str) -> set[int]:
    """Let nobody else sign, revise, or change the state of any version of the plan until the transaction ends.

    Returns the versions that there are.
    """
    found = plan(name, "lineage")
    return {version.version for version in plans({"lineage": found.lineage}, "version")} if found else set()


def of_lineage(name: str) -> None:
    """Let nobody else make what there is once for a lineage, such as its next reviews, until the transaction ends.

    name: of the lineage. Who asks whether something is there, and makes it where it is not, begins with this.
    """
    with in_words(name):
        frappe.db.get_value(LINEAGE, name, "name", for_update=True)


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Say in words that somebody else was faster, where the database only says that it cannot go on.

    name: of the document; empty where there are several.
    """
    try:
        yield
    except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
        refuse_overtaken(name)


def refuse_overtaken(name: str) -> NoReturn:
    """Say in words that somebody else was faster."""
    what = escape_html(name) or _("A plan")
    frappe.throw(
        _(
            "Somebody else changed {0} at the same moment, so your change was not saved. Open it again, "
            "and repeat your change."
        ).format(what),
        Overtaken,
    )


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Undo what the block wrote to the database if an error leaves it."""
    point = f"sm_planner_{frappe.generate_hash(length=10)}"
    frappe.db.savepoint(point)
    try:
        yield
    except LOST:
        raise
    except Exception:
        frappe.db.rollback(save_point=point)
        raise


@contextmanager
def failure_logged(title: str) -> Iterator[None]:
    """Undo the block if it fails, and go on: what it does is less than what it goes with.

    Where the whole transaction is lost, there is nothing to go on with. What the block would have shown to the user
    is not shown: the act that it goes with was not refused.
    """
    said = len(frappe.local.message_log)
    try:
        with all_or_nothing():
            yield
    except LOST:
        raise
    except Exception:
        del frappe.local.message_log[said:]
        frappe.log_error(title)

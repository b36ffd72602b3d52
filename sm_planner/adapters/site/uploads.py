"""Uploaded files, read where they lie on this server, for who may read them. Nothing is fetched from elsewhere."""

from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html


class NotUploaded(frappe.ValidationError):
    """There is no such file, it is not for this user, or it does not lie here."""


def find(**which: Any) -> Document:
    """The uploaded file that these fields name, for who may read it. Raises NotUploaded in words.

    Who uploads what somebody else did too, gets the same address: the first that the user may read is meant.
    """
    names = frappe.get_all("File", filters=which, pluck="name", order_by="creation asc, name asc")
    files = (frappe.get_doc("File", name) for name in names)
    found = next((file for file in files if file.has_permission("read")), None)
    if found is None:
        frappe.throw(_("There is no such file that you may read. Upload it here."), NotUploaded)
    return found


def path(file: Document) -> Path:
    """Where a file lies. Raises NotUploaded, in words, for what is no file on this server."""
    told = escape_html(file.file_name or file.file_url or file.name)
    if file.is_folder:
        frappe.throw(_("“{0}” is a folder. Choose a file.").format(told), NotUploaded)
    if file.is_remote_file:
        frappe.throw(
            _(
                "“{0}” is a link to another server, and files there are not fetched. Download it, and upload "
                "it here."
            ).format(told),
            NotUploaded,
        )
    found = Path(file.get_full_path())
    if not found.is_file():
        frappe.throw(_("“{0}” is no longer on this server. Upload it again.").format(told), NotUploaded)
    return found

"""The guides of ``docs/``, shown on the site, so that a help link leads somewhere without the internet."""

import base64
import re
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import md_to_html

import sm_planner

DOCS = Path(sm_planner.__file__).parents[1] / "docs"
ROUTE = "/sm-planner-guide?page="

_NAME = re.compile(r"[a-z][a-z-]*")
_IMAGE = re.compile(r"\]\((images/[\w-]+\.png)\)")
_LINK = re.compile(r"\]\(([a-z-]+)\.md(#[\w-]+)?\)")


def guide(name: str) -> tuple[str, str]:
    """Title and HTML of a guide. Raises frappe.DoesNotExistError if there is none of that name."""
    path = DOCS / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        frappe.throw(_("There is no guide “{0}” on this site.").format(name), frappe.DoesNotExistError)
    text = path.read_text(encoding="utf-8")
    text = _IMAGE.sub(lambda match: f"]({_inline(DOCS / match[1])})", text)
    text = _LINK.sub(lambda match: f"]({ROUTE}{match[1]}{match[2] or ''})", text)
    return text.partition("\n")[0].lstrip("# "), str(md_to_html(text))


def _inline(image: Path) -> str:
    """The picture as part of the page: the folder of the docs is not served."""
    return f"data:image/png;base64,{base64.b64encode(image.read_bytes()).decode()}" if image.is_file() else ""

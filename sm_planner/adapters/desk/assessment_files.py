"""Frameworks as files, between a site and its users."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters.desk.uploaded_plans import LIMIT, problems_told
from sm_planner.adapters.documents import assessments
from sm_planner.adapters.site import doctypes, locks, uploads
from sm_planner.adapters.site.doctypes import DOCTYPES, part_name
from sm_planner.engine import plan_file
from sm_planner.engine.assessment import frameworks
from sm_planner.engine.model.assessments import AssessmentFramework

FRAMEWORK = DOCTYPES["assessment_frameworks"]
ENDINGS = (".yaml", ".xlsx")


def import_file(lineage: str, file_url: str) -> list[str]:
    """Make, or change, the frameworks of an uploaded file, all of them or none; their names."""
    file = uploads.find(file_url=file_url)
    with problems_told(_("The framework cannot be read")):
        found = frameworks.read(plan_file.read_bytes(uploads.path(file)), file.file_name, LIMIT)
    with locks.all_or_nothing():
        return [_keep(lineage, one) for one in found]


def _keep(lineage: str, framework: AssessmentFramework) -> str:
    name, values = part_name(lineage, framework.id), doctypes.write(framework)
    if frappe.db.exists(FRAMEWORK, name):
        doc = frappe.get_doc(FRAMEWORK, name, for_update=True)
        doc.update(values)
        return doc.save().name
    new = {"doctype": FRAMEWORK, "lineage": lineage, "id": framework.id, **values}
    return frappe.get_doc(new).insert().name


def download(framework: str, lineage: str, ending: str) -> None:
    """Answer the request with the file of a framework."""
    known = frameworks.known(assessments.plan_of(lineage)) if lineage else frameworks.shipped()
    if framework not in known:
        frappe.throw(_("There is no framework “{0}”.").format(escape_html(framework)))
    if ending not in ENDINGS:
        frappe.throw(_("A framework is written as one of these: {0}.").format(", ".join(ENDINGS)))
    frappe.response.filename = f"{framework}{ending}"
    frappe.response.filecontent = frameworks.dump([known[framework]], ending)
    frappe.response.type = "download"

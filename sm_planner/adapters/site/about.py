"""Documents of Frappe that are about other documents: comments, files, tags …"""

ABOUT = {
    "Activity Log": ("reference_doctype", "reference_name"),
    "Comment": ("reference_doctype", "reference_name"),
    "Communication": ("reference_doctype", "reference_name"),
    "Deleted Document": ("deleted_doctype", "deleted_name"),
    "DocShare": ("share_doctype", "share_name"),
    "Document Follow": ("ref_doctype", "ref_docname"),
    "Energy Point Log": ("reference_doctype", "reference_name"),
    "File": ("attached_to_doctype", "attached_to_name"),
    "Milestone": ("reference_type", "reference_name"),
    "Tag Link": ("document_type", "document_name"),
    "Version": ("ref_doctype", "docname"),
    "View Log": ("reference_doctype", "reference_name"),
    "Workflow Action": ("reference_doctype", "reference_name"),
}
"""DocType of Frappe's own → the fields that name the document that its documents are about."""

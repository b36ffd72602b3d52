from frappe import _


def get_data():
    return {
        "fieldname": "component",
        "non_standard_fieldnames": {"SM Plan": "record"},
        "transactions": [
            {"label": _("Promises"), "items": ["SM Agreement"]},
            {"label": _("Plans"), "items": ["SM Plan", "SM RACI Entry"]},
        ],
    }

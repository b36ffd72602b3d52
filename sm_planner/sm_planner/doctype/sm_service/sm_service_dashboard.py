from frappe import _


def get_data():
    return {
        "fieldname": "service",
        "non_standard_fieldnames": {
            "SM Component": "record",
            "SM Objective": "record",
            "SM Plan": "record",
            "SM Risk": "record",
        },
        "transactions": [
            {"label": _("Services and Components"), "items": ["SM Service", "SM Component"]},
            {
                "label": _("Promises"),
                "items": ["SM Agreement", "SM Customer Requirement", "SM Catalogue Entry"],
            },
            {
                "label": _("Plans"),
                "items": ["SM Plan", "SM Objective", "SM RACI Entry", "SM Improvement"],
            },
            {"label": _("Learning"), "items": ["SM Risk", "SM Lesson", "SM Sanity Check"]},
        ],
    }

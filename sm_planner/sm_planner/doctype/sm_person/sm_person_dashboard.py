from frappe import _


def get_data():
    return {
        "fieldname": "person",
        "non_standard_fieldnames": {
            "SM Agreement": "agreement_owner",
            "SM Improvement": "improvement_owner",
            "SM Objective": "objective_owner",
            "SM Person": "reports_to",
            "SM Plan": "plan_owner",
            "SM Risk": "risk_owner",
            "SM Service": "service_owner",
            "SM Stakeholder": "contact",
            "SM Supplier": "manager",
        },
        "transactions": [
            {"label": _("Part Of"), "items": ["SM Role", "SM Team", "SM Commitment"]},
            {
                "label": _("Looks After"),
                "items": ["SM Person", "SM Service", "SM Agreement", "SM Stakeholder", "SM Supplier"],
            },
            {"label": _("Owner In"), "items": ["SM Plan", "SM Objective", "SM Improvement", "SM Risk"]},
        ],
    }

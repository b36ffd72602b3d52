from sm_planner import __version__

# Frappe takes every name that does not begin with _ for a hook.
from sm_planner.adapters.site import doctypes as _doctypes
from sm_planner.adapters.site.about import ABOUT as _ABOUT

try:
    from frappe import __version__ as _frappe
except ImportError:  # read without Frappe
    _frappe = ""

_DESK = "/app" if _frappe.startswith("15.") else "/desk"

app_name = "sm_planner"
app_title = "SM Planner"
app_publisher = "SM Planner contributors"
app_description = "Service management plans for Frappe and ERPNext: checked, signed, sealed"
app_email = "sm-planner@example.org"
app_license = "mit"

required_apps = []

# Beside what the site has in its portal menu, for who has the role. Nothing of it is stored.
portal_menu_items = [
    {"title": "Services for me", "route": "/service-plan", "role": "SM Portal Stakeholder"},
    {"title": "Feedback and answers", "route": "/service-plan-feedback", "role": "SM Portal Stakeholder"},
    {"title": "My Part in the Plan", "route": "/my-part", "role": "SM Portal Stakeholder"},
]

add_to_apps_screen = [
    {
        "name": app_name,
        "title": app_title,
        "logo": "/assets/sm_planner/images/sm-planner.svg",
        "route": f"{_DESK}/sm-planner",
        "has_permission": "sm_planner.adapters.permissions.may_open",
    }
]

# On every page of the Desk: a loader of a few lines, and colours of lists. Browsers keep files of /assets for a year, so
# their addresses change with the version. All other scripts are fetched once a DocType of ours is opened.
app_include_js = [f"/assets/sm_planner/js/desk.js?v={__version__}"]
app_include_css = [f"/assets/sm_planner/css/record_lists.css?v={__version__}"]
extend_bootinfo = [
    "sm_planner.adapters.site.site_numbers.tell_browser",
    "sm_planner.adapters.desk.boot.extend",
    "sm_planner.adapters.desk.landing.extend_bootinfo",
]

export_python_type_annotations = True
require_type_annotated_api_methods = True

before_install = "sm_planner.install.before_install"
before_migrate = "sm_planner.install.before_migrate"
after_install = "sm_planner.install.after_install"
after_migrate = "sm_planner.install.after_migrate"
before_uninstall = "sm_planner.uninstall.before_uninstall"
after_app_install = "sm_planner.adapters.integrations.optional_apps.after_app_install"
before_app_uninstall = "sm_planner.adapters.integrations.optional_apps.before_app_uninstall"

# What the search of the Desk finds, in this order.
global_search_doctypes = {
    "Default": [
        {"doctype": "SM Plan"},
        {"doctype": "SM Service"},
        {"doctype": "SM Agreement"},
        {"doctype": "SM Stakeholder"},
        {"doctype": "SM Improvement"},
        {"doctype": "SM Risk"},
        {"doctype": "SM Lesson"},
        {"doctype": "SM Objective"},
        {"doctype": "SM Component"},
        {"doctype": "SM Supplier"},
        {"doctype": "SM Team"},
        {"doctype": "SM Role"},
        {"doctype": "SM Person"},
    ]
}

# Who is named in plans, for requests of people about their data.
user_data_fields = [
    {"doctype": "SM Person", "filter_by": "user", "redact_fields": ["title", "user"]},
]

# Documents of Frappe's own that are about documents of the app, or that people of plans name, and functions of its
# own that tell too much of them.
doc_events = {
    "Auto Email Report": {
        "before_validate": [
            "sm_planner.adapters.guards.report_mails.guard_mail",
            "sm_planner.adapters.guards.report_filters.guard_document",
        ]
    },
    "File": {
        "before_validate": "sm_planner.adapters.guards.frappe_guards.guard_file",
        "on_trash": "sm_planner.adapters.guards.frappe_guards.guard_file_trash",
    },
    "Comment": {"before_validate": "sm_planner.adapters.guards.frappe_guards.guard_comment"},
    "DocShare": {"before_validate": "sm_planner.adapters.guards.frappe_guards.guard_share"},
    "Data Import": {
        "before_change": [
            "sm_planner.adapters.site.site_numbers.leave_cells_as_written",
            "sm_planner.adapters.guards.exports.read_texts_as_written",
        ]
    },
    "Prepared Report": {"before_validate": "sm_planner.adapters.guards.report_filters.guard_document"},
    "Property Setter": {"before_validate": "sm_planner.adapters.guards.frappe_guards.guard_property"},
    "User": {
        "after_insert": "sm_planner.adapters.signers.accounts.follow",
        "on_update": [
            "sm_planner.adapters.signers.accounts.follow",
            "sm_planner.adapters.signers.account_passwords.follow",
        ],
        "before_rename": "sm_planner.adapters.signers.account_changes.guard_merge",
        "after_rename": [
            "sm_planner.adapters.signers.account_changes.follow_name",
            "sm_planner.adapters.signers.account_passwords.carry",
        ],
        "after_delete": "sm_planner.adapters.signers.accounts.follow",
    },
}
before_request = [
    "sm_planner.adapters.guards.request_guards.guard_request",
    "sm_planner.adapters.site.site_numbers.let_columns_be_empty",
]
before_job = [
    "sm_planner.adapters.site.site_numbers.let_columns_be_empty",
    "sm_planner.adapters.guards.report_mails.before_job",
]

# With which documents a user may do what the roles allow. Frappe asks for less: rows are listed for who may read any
# document of the DocType that holds them.
has_permission = {
    **dict.fromkeys(_doctypes.READ_ALONE, "sm_planner.adapters.permissions.is_allowed"),
    **dict.fromkeys(_ABOUT, "sm_planner.adapters.permissions.is_about_readable"),
    "Prepared Report": "sm_planner.adapters.permissions.is_own_report",
}
permission_query_conditions = {
    **dict.fromkeys(_doctypes.OF_ORGANISATION, "sm_planner.adapters.permissions.of_organisation"),
    **dict.fromkeys(
        (*_doctypes.OF_PLAN, *_doctypes.OF_LINEAGE, _doctypes.LINEAGE),
        "sm_planner.adapters.permissions.of_readable_plans",
    ),
    **dict.fromkeys(_doctypes.PERSONAL, "sm_planner.adapters.permissions.of_own_people"),
    **dict.fromkeys(_doctypes.ROWS, "sm_planner.adapters.permissions.rows"),
    **dict.fromkeys(_ABOUT, "sm_planner.adapters.permissions.about"),
    "Prepared Report": "sm_planner.adapters.permissions.of_own_reports",
}

# A draft goes with its events: they stay, and say that it was there. Its lineage follows it.
ignore_links_on_delete = ["SM Sign-off Event", "SM Lineage"]

# When somebody logged in, and with which password: signing asks for it.
on_login = "sm_planner.adapters.signers.proof_of_signer.note_log_in"
after_request = [
    "sm_planner.adapters.signers.proof_of_signer.stamp_session",
    "sm_planner.adapters.desk.landing.lead",
    "sm_planner.adapters.guards.answer_guards.guard_answer",
]

scheduler_events = {
    "daily_long": [
        "sm_planner.adapters.signing.seal_watch.watch",
        "sm_planner.adapters.documents.reviews.look_ahead",
        "sm_planner.adapters.documents.health.write_lines",
    ],
    # Monday morning, as the site counts time: after the lines of the night.
    "cron": {"30 5 * * 1": ["sm_planner.adapters.desk.executive_view.send_mails"]},
}

# For the print format SM Plan Summary.
jinja = {"methods": ["sm_planner.adapters.desk.plan_files.sm_plan_summary"]}

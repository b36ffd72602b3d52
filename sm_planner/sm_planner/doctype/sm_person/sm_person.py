import frappe

from sm_planner.adapters.signers import account_changes, accounts
from sm_planner.adapters.documents.record import Record


class SMPerson(Record):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        account: DF.Literal["", "Enabled", "Disabled", "Not on This Site"]
        authority: DF.SmallText | None
        department: DF.Data | None
        enabled: DF.Check
        level: DF.Literal[
            "", "Top Management", "Senior Management", "Middle Management", "First Line", "Staff"
        ]
        reports_to: DF.Link | None
        title: DF.Data
        unit: DF.Data | None
        user: DF.Link | None

    # end: auto-generated types
    def before_validate(self):
        super().before_validate()
        account_changes.guard(self)
        accounts.show_on(self)

    def on_update(self):
        account_changes.tell(self)

    def get_invalid_links(self, *args, **kwargs):
        """An account that a plan file names need not be on the site; it stays until somebody names another."""
        invalid, cancelled = super().get_invalid_links(*args, **kwargs)
        stored = None if self.is_new() else frappe.db.get_value(self.doctype, self.name, "user")
        return [one for one in invalid if one[0] != "user" or one[1] != stored], cancelled

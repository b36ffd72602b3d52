from frappe.model.document import Document

from sm_planner.adapters.signers import account_changes, delegations
from sm_planner.adapters.guards import document_guards


class SMDelegation(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        deputy: DF.Link
        given_by: DF.Data | None
        given_to: DF.Data | None
        plan: DF.Link | None
        principal: DF.Link
        reason: DF.SmallText
        revoked: DF.Check
        valid_from: DF.Date
        valid_to: DF.Date

    # end: auto-generated types
    def before_validate(self):
        document_guards.refuse_link()
        document_guards.refuse_hidden(self)
        delegations.guard(self)

    def onload(self):
        self.set_onload("lapsed", delegations.lapsed(self))

    def on_update(self):
        account_changes.tell_delegation(self)

    def refuse(self, *args):
        delegations.refuse_to_forget()

    on_trash = before_rename = after_rename = before_discard = refuse

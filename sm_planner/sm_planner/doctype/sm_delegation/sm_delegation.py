from frappe.model.document import Document

from sm_planner.adapters import delegations, guards, sign_off_mails


class SMDelegation(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        deputy: DF.Link
        plan: DF.Link | None
        principal: DF.Link
        reason: DF.SmallText
        revoked: DF.Check
        valid_from: DF.Date
        valid_to: DF.Date

    # end: auto-generated types
    def before_validate(self):
        guards.refuse_link()
        guards.refuse_hidden(self)
        delegations.guard(self)

    def on_update(self):
        delegation, name = delegations.as_told(self)
        sign_off_mails.tell_delegated(delegation, name)

    def refuse(self, *args):
        delegations.refuse_to_forget()

    on_trash = before_rename = after_rename = before_discard = refuse

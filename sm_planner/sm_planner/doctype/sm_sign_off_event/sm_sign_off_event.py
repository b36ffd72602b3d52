import frappe

from sm_planner.adapters.evidence.keeping import Evidence


class SMSignoffEvent(Evidence):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        account: DF.Data | None
        account_before: DF.Data | None
        act: DF.Literal[
            "",
            "Send for Review",
            "Send to Sponsor",
            "Return",
            "Sign",
            "Start Revision",
            "Watch",
            "Write",
            "Change Account",
            "Rename Account",
            "Delegate",
            "Thresholds Changed",
            "Password Changed",
            "Proof of the Signer Changed",
        ]
        acted_at: DF.Data | None
        channel: DF.Data | None
        content_hash: DF.Data | None
        envelope: DF.LongText | None
        event_hash: DF.Data | None
        lineage: DF.Data | None
        number: DF.Int
        outcome: DF.Literal["", "Done", "Refused", "Noted"]
        person: DF.Data | None
        plan: DF.Link
        previous_hash: DF.Data | None
        proof: DF.SmallText | None
        reason: DF.SmallText | None
        seal_hash: DF.Data | None
        signature: DF.LongText | None
        user: DF.Data | None
        version: DF.Int

    # end: auto-generated types
    pass


def on_doctype_update():
    """The events of a lineage are one chain: nothing follows twice on the same."""
    frappe.db.add_unique("SM Sign-off Event", ["lineage", "previous_hash"], "unique_predecessor")

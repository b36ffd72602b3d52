import frappe

from sm_planner.adapters.evidence.keeping import Evidence


class SMPlanSeal(Evidence):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        channel: DF.Data | None
        content: DF.LongText | None
        content_hash: DF.Data | None
        delegation: DF.Data | None
        key_id: DF.Data | None
        lineage: DF.Data
        log_head: DF.Data | None
        meaning: DF.SmallText | None
        number: DF.Int
        on_behalf_of: DF.Data | None
        on_behalf_of_name: DF.Data | None
        plan: DF.Link
        previous_hash: DF.Data | None
        proof: DF.SmallText | None
        schema_version: DF.Int
        seal_hash: DF.Data | None
        signature: DF.SmallText | None
        signed_at: DF.Data | None
        signed_before: DF.LongText | None
        signer: DF.Data | None
        signer_name: DF.Data | None
        signer_user: DF.Data | None
        thresholds: DF.SmallText | None
        version: DF.Int

    # end: auto-generated types
    def autoname(self):
        self.name = f"{self.lineage}-SEAL-{self.number}"


def on_doctype_update():
    """The seals of a lineage are one chain: no number and no predecessor twice."""
    frappe.db.add_unique("SM Plan Seal", ["lineage", "number"], "unique_number")
    frappe.db.add_unique("SM Plan Seal", ["lineage", "previous_hash"], "unique_predecessor")

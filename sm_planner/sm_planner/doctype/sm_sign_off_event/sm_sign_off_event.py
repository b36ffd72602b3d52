from sm_planner.adapters.evidence import Evidence


class SMSignoffEvent(Evidence):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        act: DF.Literal[
            "",
            "Send for Review",
            "Send to Sponsor",
            "Return",
            "Sign",
            "Start Revision",
            "Watch",
            "Password Changed",
            "Proof of the Signer Changed",
        ]
        acted_at: DF.Data | None
        channel: DF.Data | None
        content_hash: DF.Data | None
        number: DF.Int
        outcome: DF.Literal["", "Done", "Refused", "Noted"]
        plan: DF.Link
        proof: DF.SmallText | None
        reason: DF.SmallText | None
        seal_hash: DF.Data | None
        signature: DF.LongText | None
        user: DF.Data | None
        version: DF.Int
    # end: auto-generated types
    pass

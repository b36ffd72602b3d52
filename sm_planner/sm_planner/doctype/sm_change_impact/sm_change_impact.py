from sm_planner.adapters.documents.record import NamedPart


class SMChangeImpact(NamedPart):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF
        from sm_planner.sm_planner.doctype.sm_champion.sm_champion import SMChampion
        from sm_planner.sm_planner.doctype.sm_resistance.sm_resistance import SMResistance

        champions: DF.Table[SMChampion]
        gain: DF.SmallText | None
        id: DF.Data | None
        impact: DF.Literal["", "None", "Low", "Medium", "High"]
        no_resistance: DF.Data | None
        plan: DF.Link
        readiness: DF.Literal["", "Unaware", "Aware", "Willing", "Able", "Practising"]
        resistance: DF.Table[SMResistance]
        stakeholder: DF.Link | None
        title: DF.Data
        unit: DF.Data | None
        what_changes: DF.SmallText | None
    # end: auto-generated types
    pass

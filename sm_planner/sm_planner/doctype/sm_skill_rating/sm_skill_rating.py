from sm_planner.adapters.documents.record import Fact


class SMSkillRating(Fact):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        day: DF.Date
        entered_by: DF.Data | None
        level: DF.Literal["", "Aware", "Practised", "Advanced", "Expert"]
        lineage: DF.Link | None
        person: DF.Link
        reference: DF.Data | None
        skill: DF.Link
        source: DF.Literal["", "Own Word", "Judgement of a Lead", "Test", "Certificate"]
        valid_until: DF.Date | None
    # end: auto-generated types
    pass

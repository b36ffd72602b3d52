from sm_planner.adapters.documents.record import Register
from sm_planner.adapters.guards import learning_guards


class SMBenchmarkNote(Register):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        figure: DF.Float
        finding: DF.SmallText | None
        id: DF.Data | None
        improvement: DF.Link | None
        kind: DF.Literal["", "Best Practice", "Benchmark", "Trend"]
        lineage: DF.Link
        noted_by: DF.Link | None
        noted_on: DF.Date | None
        objective: DF.Link | None
        source: DF.Data | None
        title: DF.Data
        unit: DF.Data | None
    # end: auto-generated types

    def before_validate(self):
        learning_guards.settle(self, "noted_by", "noted_on")
        super().before_validate()

from sm_planner.adapters.signers import proof_settings, thresholds
from sm_planner.adapters.documents.record import ModelDocument


class SMSettings(ModelDocument):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        answer_days: DF.Int
        assessment_months: DF.Int
        baseline_months: DF.Int
        engagement_days: DF.Int
        feedback_days: DF.Int
        full_time_hours: DF.Int
        guest_feedback: DF.Check
        it_departments: DF.SmallText | None
        largest_cell_share: DF.Int
        largest_lone_share: DF.Int
        largest_over_commitment: DF.Int
        least_acknowledged: DF.Int
        least_slack: DF.Int
        log_in_minutes: DF.Int
        most_accountable_cells: DF.Int
        most_backed_slas: DF.Int
        most_consulted: DF.Int
        most_informed: DF.Int
        most_map_nodes: DF.Int
        most_objectives: DF.Int
        most_owned_services: DF.Int
        most_responsible: DF.Int
        most_responsible_cells: DF.Int
        proof_of_signer: DF.Literal["Password", "Fresh Log-in"]
        record_names: DF.Literal["Number", "Title"]
        report_days: DF.Int
        scan_months: DF.Int
        segregated: DF.SmallText | None
        small_change_days: DF.Int
        sponsor_cost: DF.Int
        sponsor_days: DF.Int
        wait_minutes: DF.Int
        weight_benefit: DF.Int
        weight_effort: DF.Int
        weight_urgency: DF.Int
        why_min_length: DF.Int

    # end: auto-generated types
    def validate(self) -> None:
        super().validate()
        proof_settings.guard(self)

    def on_update(self) -> None:
        proof_settings.tell_changed(self)
        thresholds.follow(self)

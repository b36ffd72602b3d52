"""The thresholds that an organisation sets itself."""

from __future__ import annotations

from sm_planner.engine.model.fields import integer, lines, record


@record
class Settings:
    """The organisation's own thresholds. They steer the checks; those other than the standard stand in the seal. A site has
    its own, and leaves those of a file.
    """

    it_departments: tuple[str, ...] = lines(
        "IT Departments", "A sponsor must not come from one of these.", sealed=False
    )
    why_min_length: int | None = integer(
        "Shortest Why (Characters)", 80, "A shorter reason counts as missing.", minimum=1, sealed=False
    )
    segregated: tuple[str, ...] = lines(
        "Segregated Duties",
        "Pairs of processes, such as change / release: who is accountable for the first does not do the second.",
        sealed=False,
    )
    engagement_days: int | None = integer("Engagement Older Than (Days)", 90, minimum=1, sealed=False)
    least_acknowledged: int | None = integer(
        "Least Acknowledged (%)",
        80,
        "The share of those who decide or do the work who have acknowledged their roles.",
        minimum=1,
        maximum=100,
        sealed=False,
    )
    baseline_months: int | None = integer("Oldest Baseline (Months)", 6, minimum=1, sealed=False)
    weight_benefit: int | None = integer(
        "Weight of the Benefit",
        3,
        "In the priority of improvements; 0 leaves it out.",
        minimum=0,
        sealed=False,
    )
    weight_urgency: int | None = integer("Weight of the Urgency", 2, minimum=0, sealed=False)
    weight_effort: int | None = integer(
        "Weight of the Effort", 1, "Less effort gives more priority.", minimum=0, sealed=False
    )
    small_change_days: int | None = integer(
        "Small Change (Person-days)",
        3,
        "Up to which effort, and without cost, the team of the owner approves an improvement by itself.",
        minimum=0,
        sealed=False,
    )
    sponsor_days: int | None = integer(
        "Sponsor Decides Above (Person-days)",
        60,
        "Above this effort the executive sponsor approves an improvement.",
        minimum=0,
        sealed=False,
    )
    sponsor_cost: int | None = integer(
        "Sponsor Decides Above (Cost)",
        None,
        "Above this cost the executive sponsor approves an improvement. If empty, the effort alone decides.",
        minimum=0,
        sealed=False,
    )
    report_days: int | None = integer(
        "Progress Reported Within (Days)",
        30,
        "How old the last report on an improvement under way may be.",
        minimum=1,
        sealed=False,
    )
    answer_days: int | None = integer("Suggestions Answered Within (Days)", 14, minimum=1, sealed=False)
    feedback_days: int | None = integer(
        "Feedback Answered Within (Days)",
        14,
        "Within how many days a comment or question of a stakeholder is answered.",
        minimum=1,
        sealed=False,
    )
    assessment_months: int | None = integer("Oldest Assessment (Months)", 12, minimum=1, sealed=False)
    scan_months: int | None = integer("Oldest Context Scan (Months)", 12, minimum=1, sealed=False)
    most_objectives: int | None = integer("Most Objectives", 12, minimum=1, sealed=False)
    most_owned_services: int | None = integer("Most Services per Owner", 5, minimum=1, sealed=False)
    most_backed_slas: int | None = integer("Most SLAs behind One Party", 5, minimum=1, sealed=False)
    most_responsible: int | None = integer("Most R per Cell", 3, minimum=1, sealed=False)
    most_consulted: int | None = integer("Most C per Cell", 5, minimum=1, sealed=False)
    most_informed: int | None = integer("Most I per Cell", 8, minimum=1, sealed=False)
    most_accountable_cells: int | None = integer("Most A per Person", 60, minimum=1, sealed=False)
    most_responsible_cells: int | None = integer("Most R per Person", 60, minimum=1, sealed=False)
    largest_cell_share: int | None = integer(
        "Largest Share of Cells (%)", 80, minimum=1, maximum=100, sealed=False
    )
    largest_lone_share: int | None = integer(
        "Largest Share Done Alone (%)",
        70,
        "The share of a person's cells that nobody else works on.",
        minimum=1,
        maximum=100,
        sealed=False,
    )
    least_slack: int | None = integer("Least Slack of a Chain (%)", 10, minimum=0, maximum=100, sealed=False)
    largest_over_commitment: int | None = integer(
        "Largest Over-commitment (%)",
        25,
        "How much stronger than the wanted value a target may be.",
        minimum=0,
        sealed=False,
    )
    full_time_hours: int | None = integer(
        "Hours of a Full-time Week",
        40,
        "By which rosters say how many people they need. Set less, to count leave, illness and training.",
        minimum=1,
        maximum=168,
        sealed=False,
    )
    most_map_nodes: int | None = integer(
        "Most Boxes on a Map",
        60,
        "A page with more than 60 boxes is hard to read.",
        minimum=1,
        maximum=60,
        sealed=False,
    )

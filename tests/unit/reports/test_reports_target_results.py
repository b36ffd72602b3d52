"""The report Target Results."""

from datetime import date

from sm_planner.engine.model import Agreement, AgreementTarget, Improvement, Measurement, Plan
from sm_planner.reports import target_results

TODAY = date(2027, 6, 30)
SLA = Agreement(
    id="sla",
    title="Desk",
    kind="SLA",
    targets=(
        AgreementTarget(metric="Resolution", priority="P1", value=4, unit="Hours"),
        AgreementTarget(metric="Availability", value=99.5, unit="Percent"),
        AgreementTarget(metric="Quality", value=1, unit="Hours"),
    ),
)
OLA = Agreement(id="ola", kind="OLA", targets=(AgreementTarget(metric="Response", value=30, unit="Minutes"),))
PLAN = Plan(
    id="p",
    agreements=(SLA, OLA, Agreement(id="past", kind="SLA", status="Ended", targets=SLA.targets)),
    measurements=(
        Measurement(agreement="sla", metric="Resolution", priority="P1", day=date(2027, 4, 30), value=3),
        Measurement(agreement="sla", metric="Resolution", priority="P1", day=date(2027, 5, 31), value=5),
        Measurement(agreement="sla", metric="Resolution", priority="P1", day=date(2027, 7, 31), value=1),
        Measurement(agreement="ola", metric="Response", day=date(2027, 5, 31), value=30),
    ),
    improvements=(
        Improvement(id="i", title="Faster", agreement="sla"),
        Improvement(id="j", title="Done", agreement="sla", status="Closed"),
    ),
)


def test_each_target_in_force_tells_what_it_came_to_up_to_the_day():
    rows = target_results.report(PLAN, TODAY).rows

    assert [(row["id"], str(row["target"]), row["state"].template, row["latest"]) for row in rows] == [
        ("sla", "Resolution P1", "Missed", 5),
        ("sla", "Availability", "Not measured", None),
        ("sla", "Quality", "Not measurable", None),
        ("ola", "Response", "Met", 30),
    ]
    first = rows[0]
    assert (first["measured"], first["met"], first["in_a_row"]) == (2, 1, 1)
    assert (first["measured_on"], first["improvements"]) == (date(2027, 5, 31), "Faster")
    assert [row["breached"] for row in rows] == ["2027-05", "", "", ""]


def test_what_is_missed_is_told_first_and_the_chart_counts_measurements():
    table = target_results.report(PLAN, TODAY).as_dict()

    assert (
        table["message"]
        == "1 of 4 targets were missed when they were measured last. Begin with Desk, Resolution P1."
    )
    assert table["chart"]["reading"] == "Of 3 measurements, 2 met their target."


def test_only_agreements_of_a_kind_are_told():
    table = target_results.report(PLAN, TODAY, kind="OLA")

    assert [row["id"] for row in table.rows] == ["ola"]
    assert str(table.message) == "All targets were met when they were measured last."


def test_a_plan_without_targets_says_so():
    table = target_results.report(Plan(id="p"), TODAY)

    assert (table.chart, str(table.message)) == (
        None,
        "No agreement in force has a target. Agree on what can be measured.",
    )

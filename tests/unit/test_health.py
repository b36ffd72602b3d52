"""How a plan stands, a line a day, and what became of it since it was signed."""

from __future__ import annotations

import dataclasses
from datetime import date

from sm_planner.engine import health
from sm_planner.engine.checks import check
from sm_planner.engine.model import Measurement, Plan
from sm_planner.engine.model.health import Health
from sm_planner.engine.model.seals import Seal
from sm_planner.reports import plan_health

TODAY = date(2027, 3, 1)


def line(plan: Plan) -> Health:
    return health.line(plan, TODAY, check(plan, TODAY))


def sealed(plan: Plan, day: str) -> Plan:
    values = dict.fromkeys(
        ("content", "content_hash", "previous_hash", "signer_name", "signer_user", "meaning", "channel"), ""
    )
    seal = Seal(
        lineage=plan.lineage,
        number=1,
        plan=plan.id,
        version=plan.version,
        signer="s",
        signed_at=f"{day}T10:00:00Z",
        **values,
    )
    return dataclasses.replace(plan, seals=(seal,))


def lines(*days: tuple[str, int], version: int = 1) -> tuple[Health, ...]:
    return tuple(
        Health(
            day=date.fromisoformat(day), version=version, blockers=0, errors=errors, warnings=0, ready=50.0
        )
        for day, errors in days
    )


def test_a_line_counts_what_the_checks_found_and_how_far_the_plan_is(example):
    result, found = check(example, TODAY), line(example)

    assert (found.blockers, found.errors) == (result.counts["Blocker"], result.counts["Error"])
    assert found.day == TODAY
    assert 0 < found.ready < 100


def test_targets_count_by_their_latest_measurement_and_only_where_they_are_measured(example):
    agreement = next(one for one in example.agreements if one.targets and one.targets[0].metric == "Response")
    target = agreement.targets[0]

    def measured(*values: float) -> Health:
        facts = tuple(
            Measurement(
                agreement=agreement.id,
                metric=target.metric,
                priority=target.priority,
                day=date(2027, month, 1),
                value=value,
            )
            for month, value in enumerate(values, 1)
        )
        return line(dataclasses.replace(example, measurements=facts))

    assert (measured().targets_measured, measured().targets_missed) == (0, 0)
    assert measured(target.value + 1).targets_missed == 1
    assert measured(target.value + 1, target.value).targets_missed == 0


def test_what_was_at_the_sign_off_is_the_first_line_of_the_version_from_that_day_on(minimal):
    plan = sealed(dataclasses.replace(minimal, version=2), "2027-02-01")
    before = lines(("2027-02-01", 9), version=1)
    plan = dataclasses.replace(
        plan, health=(*before, *lines(("2027-02-03", 4), ("2027-02-02", 5), version=2))
    )

    assert health.at_sign_off(plan).errors == 5
    assert health.at_sign_off(dataclasses.replace(plan, seals=())) is None
    assert health.at_sign_off(dataclasses.replace(plan, health=before)) is None


def test_the_report_ends_with_today_and_says_what_became_of_it(minimal):
    plan = sealed(
        dataclasses.replace(minimal, health=lines(("2027-02-02", 99), ("2027-02-27", 7))), "2027-02-01"
    )

    table = plan_health.report(plan, TODAY)

    assert [row["day"] for row in table.rows] == [date(2027, 2, 2), date(2027, 2, 27), TODAY]
    assert "Since 2027-02-02" in str(table.message)
    assert "instead of 99" in str(table.message)
    assert len(table.chart.labels) == 3


def test_a_long_time_has_no_more_bars_than_can_be_read(minimal):
    days = [(date.fromordinal(TODAY.toordinal() - back).isoformat(), 1) for back in range(1, 300)]

    chart = plan_health.report(dataclasses.replace(minimal, health=lines(*days)), TODAY).chart

    assert len(chart.labels) <= plan_health.MOST_BARS
    assert chart.labels[-1] == TODAY.isoformat()
    assert all(len(dataset.values) == len(chart.labels) for dataset in chart.datasets)


def test_the_first_day_says_that_it_is_the_first(minimal):
    table = plan_health.report(minimal, TODAY)

    assert table.chart.labels == (TODAY.isoformat(),)
    assert str(table.message).startswith("The first day is counted.")

"""The version of an agreement that follows another."""

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.agreements.versions import next_number, next_version
from sm_planner.engine.model import Agreement, AgreementTarget
from sm_planner.engine.model.agreements import AgreementChange

FIRST = Agreement(
    id="sla",
    title="E-mail",
    kind="SLA",
    status="In Force",
    version="1.9",
    changes=(AgreementChange(version="1.9", day=date(2026, 1, 1), what="Hours"),),
    start_date=date(2026, 1, 1),
    end_date=date(2026, 12, 31),
    signed_by_provider=date(2025, 12, 1),
    signed_by_customer=date(2025, 12, 2),
    last_review=date(2026, 6, 1),
    notice_months=3,
    targets=(AgreementTarget(metric="Availability", value=99.5, unit="%"),),
)


def test_a_new_version_is_a_draft_that_says_the_same_and_has_nothing_of_the_time_of_the_old_one():
    new = next_version(FIRST, FIRST)
    assert (new.id, new.status, new.version, new.replaces) == ("", "Draft", "1.10", "sla")
    assert (new.title, new.targets, new.notice_months) == (FIRST.title, FIRST.targets, 3)
    assert (new.signed_by_provider, new.signed_by_customer, new.last_review, new.end_date) == (None,) * 4
    assert new.start_date == date(2027, 1, 1)
    assert new.changes == (AgreementChange(version="1.10", day=date(2027, 1, 1), what=""),)


def test_where_the_old_one_runs_on_it_is_not_known_when_the_new_one_begins():
    held = replace(FIRST, end_date=None, open_ended=True)
    assert next_version(FIRST, held).start_date is None
    given = replace(held, notice_given=date(2026, 4, 15))
    assert next_version(FIRST, given).start_date == date(2026, 7, 16)


@pytest.mark.parametrize(
    ("version", "following"),
    [("1", "2"), ("1.9", "1.10"), ("v3 (final)", "v4 (final)"), ("A", ""), ("", "")],
)
def test_the_number_after_another(version, following):
    assert next_number(version) == following

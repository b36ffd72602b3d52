"""Shares, averages, days, priorities that change, breaches and credits are those of a plain walk through each ticket."""

from __future__ import annotations

import pytest
from attainment_oracle import differences


@pytest.mark.parametrize("seed", range(300))
def test_the_periods_of_random_plans_and_logs_are_those_of_the_oracle(seed):
    assert differences(seed) == []

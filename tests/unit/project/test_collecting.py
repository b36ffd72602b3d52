"""The garbage collector stands back for a while, and is at work again whatever happens."""

import gc

import pytest

from sm_planner.engine.collecting import uncollected


def test_the_collector_is_off_within_and_on_again_after_an_error():
    with pytest.raises(ValueError, match="broken"), uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
        raise ValueError("broken")

    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()

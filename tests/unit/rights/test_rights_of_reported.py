"""What of feedback and workarounds is open to whom: just what saving it would not refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.model.communication import Feedback
from sm_planner.engine.model.tools import Workaround
from sm_planner.engine.rights.reported import ANSWER, open_fields, refuse_reported
from sm_planner.engine.rights.writer import Writer

BO, ANA, OLE = (Writer(f"{name}@x", frozenset({name})) for name in ("bo", "ana", "ole"))
PLANNER = Writer("p@x", plans=True)
ANSWERERS = frozenset({"ana"})
ASKED = Feedback(id="f", title="Whom do I call?", said="Nobody told me.", reported_by="bo")
AROUND = Workaround(id="w", title="A list on paper", why="The tool is slow.", reported_by="bo")
ANSWERED = {"answer": "Extension 12.", "answered_by": "ana", "answered_on": date(2026, 11, 2)}


def opened(record: Feedback | Workaround, writer: Writer) -> frozenset[str] | None:
    return open_fields(record, writer, ANSWERERS)[0]


@pytest.mark.parametrize("record", [ASKED, AROUND])
def test_a_report_is_open_to_who_made_it_until_it_is_answered(record: Feedback | Workaround):
    fields = opened(record, BO)
    assert {"title", "service"} <= fields
    assert not fields & {*ANSWER, "reported_by"}
    assert opened(replace(record, **ANSWERED), BO) == frozenset()


@pytest.mark.parametrize("record", [ASKED, AROUND])
def test_the_answer_is_open_to_who_answers_and_nothing_to_others(record: Feedback | Workaround):
    for stored in (record, replace(record, **ANSWERED)):
        assert opened(stored, ANA) == {"answer"}
        assert opened(stored, OLE) == frozenset()
        assert opened(stored, PLANNER) is None


@pytest.mark.parametrize("writer", [BO, ANA, OLE])
@pytest.mark.parametrize("stored", [ASKED, replace(ASKED, **ANSWERED)])
def test_what_is_open_is_saved_and_what_is_closed_is_refused_and_told(stored: Feedback, writer: Writer):
    fields, why = open_fields(stored, writer, ANSWERERS)
    assert why
    for field in ("title", "said", "said_by", "stakeholder", "answer"):
        changed = replace(stored, **{field: "other"})
        assert (refuse_reported(changed, stored, writer, ANSWERERS) is None) == (field in fields)


def test_who_reports_and_answers_may_change_both():
    fields, why = open_fields(replace(ASKED, reported_by="ana"), ANA, ANSWERERS)
    assert {"title", "answer"} <= fields
    assert why is None

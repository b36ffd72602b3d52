"""When an assessment can be submitted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sm_planner.engine.assessment.submission import refuse_submission
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer

TODAY = date(2027, 1, 10)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_an_assessment_tells_of_no_day_that_lies_ahead(days):
    assessment = Assessment(
        id="a",
        assessor="ann",
        as_of=TODAY + timedelta(days=days),
        answers=(AssessmentAnswer(code="a", title="A", score=1),),
    )

    refused = refuse_submission(Plan(id="p"), assessment, TODAY)

    wanted = "An assessment tells of a day that is over, or of today." if days > 0 else "None"
    assert str(refused) == wanted

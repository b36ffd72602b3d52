"""Which of its key questions a plan answers in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sm_planner.engine.model import Plan
from sm_planner.engine.model.questions import QUESTIONS
from sm_planner.engine.texts import Text

MOST_ALIKE = 2
"""Questions that the same words may answer, such as "none"; under more of them they hold the place of an answer."""

_PLACEHOLDERS = frozenset(("tba", "tbc", "tbd", "todo", "to do", "to be defined", "to be done", "xxx"))


def unanswered(plan: Plan) -> tuple[str, ...]:
    """The codes of the questions that the plan does not answer: with nothing, or with words that say nothing."""
    given = _given(plan)
    return tuple(question.code for question in QUESTIONS if not _says_something(given.get(question.code, "")))


def alike(plan: Plan) -> tuple[str, ...]:
    """The codes of the questions under which the same words stand as under others, too many to answer all."""
    given = _given(plan)
    counts = Counter(given.values())
    return tuple(
        question.code
        for question in QUESTIONS
        if _says_something(words := given.get(question.code, "")) and counts[words] > MOST_ALIKE
    )


def in_words(codes: Iterable[str]) -> tuple[Text, ...]:
    """Questions as people know them, by their codes."""
    words = {question.code: question.text for question in QUESTIONS}
    return tuple(Text(words[code]) for code in codes)


def _given(plan: Plan) -> dict[str, str]:
    """Code of a question → what the plan answers, in lower case and without spaces and marks around it."""
    return {row.question: " ".join(row.answer.casefold().split()).strip(" .!") for row in plan.answers}


def _says_something(words: str) -> bool:
    return words not in _PLACEHOLDERS and any(map(str.isalpha, words))

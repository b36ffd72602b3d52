"""The key questions that a plan answers: five before the planning starts, eleven about the service model."""

from __future__ import annotations

from dataclasses import dataclass

from sm_planner.engine.texts import N_


@dataclass(frozen=True)
class Question:
    """A question by its code, which is what is stored and signed. source: the paper that asks it."""

    code: str
    text: str
    source: str


_BEFORE = "Pollock 2019"
_MODEL = "Prakash 2016"

QUESTIONS: tuple[Question, ...] = (
    Question(
        "K1",
        N_("What should service management achieve here, and how much time, staff and money may it take?"),
        _BEFORE,
    ),
    Question(
        "K2", N_("Which systems, policies, processes and procedures exist, and how good are they?"), _BEFORE
    ),
    Question(
        "K3", N_("What do the customers need from us, and from the other providers that they use?"), _BEFORE
    ),
    Question("K4", N_("How well are those needs met today, and how well will they be met later?"), _BEFORE),
    Question("K5", N_("How much support from top management is needed before the work begins?"), _BEFORE),
    Question("Q1", N_("Which products and services are supported?"), _MODEL),
    Question("Q2", N_("Which of their components are critical?"), _MODEL),
    Question("Q3", N_("How will service and support be organised in the future?"), _MODEL),
    Question("Q4", N_("Are more people, rosters or cover outside working hours needed?"), _MODEL),
    Question("Q5", N_("Where do customers turn first, and what can they expect there?"), _MODEL),
    Question("Q6", N_("Which channels and self-service exist, and when does a person take over?"), _MODEL),
    Question("Q7", N_("Which teams give second-level support, and are they our own?"), _MODEL),
    Question(
        "Q8", N_("Who are the partners, who joins or leaves, and what is each responsible for?"), _MODEL
    ),
    Question("Q9", N_("Who looks after monitoring, alerts and alarms?"), _MODEL),
    Question(
        "Q10", N_("What is reported, to whom and on which dashboard, and do the readers use it?"), _MODEL
    ),
    Question("Q11", N_("What was learned from comparing the plan with the latest transition?"), _MODEL),
)

WORDS: tuple[tuple[str, str], ...] = tuple((question.code, question.text) for question in QUESTIONS)
"""Code → words of each question."""

"""What may happen: risks and opportunities, on scales that the plan declares."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import REGISTER, collected
from sm_planner.engine.model.fields import choice, day, key, line, link, links, record, text
from sm_planner.engine.model.vocabulary import (
    IMPACTS,
    LIKELIHOODS,
    RISK_ANSWERS,
    RISK_KINDS,
    RISK_STATES,
)
from sm_planner.engine.texts import N_


@record
class RiskCriterion:
    """What a step of the scales means here, so that two people who rate a risk come to the same step."""

    step: str = choice("Step", (*LIKELIHOODS, *IMPACTS), required=True)
    criterion: str = line("Means", "How often, how long, how much: so that anybody can tell.", required=True)


@collected(N_("Risk"), N_("Risks"), series="RSK", nature=REGISTER)
@record
class Risk:
    """Something that may happen, and that would help or harm services.

    How likely and how grave it is and what is done about it is agreed, and stands in the snapshot that is signed; how it
    stands moves on. Its level follows from likelihood and impact, and is stored nowhere (ISO/IEC 20000-1:2018, 6.1).
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", RISK_KINDS)
    description: str = text("What May Happen", "What would happen, to whom, and why it might.")
    services: tuple[str, ...] = links("Services", "services", "The services that it would change.")
    supplier: str = link("Supplier", "suppliers", "The partner from whom it comes.")
    likelihood: str = choice("Likelihood", LIKELIHOODS)
    impact: str = choice("Impact", IMPACTS)
    rated_because: str = text("Rated Because", "What the likelihood and the impact rest on.")
    risk_owner: str = link("Owner", "people", "Who looks after it.")
    answer: str = choice("Answer", RISK_ANSWERS)
    how: str = text("How", "What is done, or why it can be lived with.")
    decided_by: str = link("Decided By", "people", "Who decided on the answer.")
    answer_until: date | None = day(
        "Answer Holds Until", "By when it is carried out; of an acceptance, its end."
    )
    actions: tuple[str, ...] = links("Actions", "improvements", "The improvements that carry out the answer.")
    status: str = choice("Status", RISK_STATES, "Open", sealed=False)
    next_look: date | None = day("Next Look", "When its owner looks at it again.", sealed=False)
    standing: str = text("How It Stands", "What was seen at the last look.", sealed=False)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look after it."""
        return self.status != "Closed"

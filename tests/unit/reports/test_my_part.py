"""The page of somebody's part, where no test on a site shows it."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model import Person, Plan, Role, RoleHolder
from sm_planner.engine.model.office import MandateItem
from sm_planner.reports.my_part import Feed, View, html

TODAY = date(2027, 3, 1)


def test_a_mandate_of_the_list_is_told_in_the_language_of_the_reader_and_own_words_as_they_are():
    plan = Plan(
        id="p",
        mandate=(
            MandateItem(item="Own the Tools", role="lead"),
            MandateItem(item="Other", what="Drills {0}", role="lead"),
        ),
        people=(Person(id="ana", title="Ana"),),
        roles=(Role(id="lead", title="Lead", holders=(RoleHolder(person="ana"),)),),
    )

    page = html(
        View.of(plan, "ana", TODAY),
        (),
        Feed(),
        (),
        lambda text: text.replace("Own the Tools", "Besitzt die Werkzeuge"),
    )

    assert "Besitzt die Werkzeuge, Drills {0}" in page

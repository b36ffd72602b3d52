"""Families of agreements: what each takes from its general one, and from where; against an oracle that goes field by field."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.agreements import families
from sm_planner.engine.agreements.families import (
    agreed,
    all_beneath,
    beneath,
    circles,
    in_effect,
    is_frame,
    origin,
    own_rows,
    promising,
    says,
    terms,
    to_mend,
)
from sm_planner.engine.model import Agreement, AgreementScope, AgreementTarget, Plan
from sm_planner.engine.model.agreements import AgreementDuty, AgreementEscalation, AgreementMaintenance
from sm_planner.engine.model.fields import specs

GENERAL = "General Agreement"
IDS = "abcdef"
DAYS = st.sampled_from([None, date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)])
SERVICES = st.sampled_from(["", "mail", "chat"])


def rows(*fields):
    return st.lists(st.one_of(*fields), max_size=3).map(tuple)


TARGETS = rows(
    st.builds(
        AgreementTarget,
        metric=st.sampled_from(["Response", "Resolution"]),
        service=SERVICES,
        priority=st.sampled_from(["", "P1"]),
        value=st.sampled_from([1.0, 2.0]),
    )
)
AGREEMENTS = st.builds(
    Agreement,
    id=st.just(""),
    kind=st.sampled_from(["SLA", "SLA", "SLA", "OLA"]),
    general_agreement=st.sampled_from(["", *IDS, "elsewhere"]),
    precedence=st.sampled_from(["", "This Agreement", GENERAL]),
    title=st.sampled_from(["", "title"]),
    customer=st.sampled_from(["", "x", "y"]),
    status=st.sampled_from(["", "Draft"]),
    workload=st.sampled_from([None, 0.0, 5.0]),
    start_date=DAYS,
    end_date=DAYS,
    open_ended=st.booleans(),
    renewal_months=st.sampled_from([None, 12]),
    notice_given=DAYS,
    signed_by_provider=DAYS,
    review_months=st.sampled_from([None, 6]),
    last_review=DAYS,
    service_hours=st.sampled_from(["", "day", "night"]),
    support_hours=st.sampled_from(["", "day", "night"]),
    emergency_notice_hours=st.sampled_from([None, 0.0, 4.0]),
    exceptions=st.sampled_from(["", "none", "some"]),
    scope=rows(st.builds(AgreementScope, service=SERVICES)),
    targets=TARGETS,
    duties=rows(
        st.builds(
            AgreementDuty,
            who=st.just("Customer"),
            duty=st.sampled_from(["pay", "tell"]),
            service=SERVICES,
        )
    ),
    escalations=rows(
        st.builds(
            AgreementEscalation,
            after_percent=st.sampled_from([50, 100]),
            priority=st.sampled_from(["", "P1"]),
        )
    ),
    maintenance=rows(
        st.builds(
            AgreementMaintenance,
            service=SERVICES,
            repeats=st.just("Weekly"),
            opens=st.sampled_from(["22:00", "23:00"]),
            closes=st.just("24:00"),
        )
    ),
)
PLANS = st.lists(AGREEMENTS, min_size=1, max_size=len(IDS)).map(
    lambda found: Plan(
        id="p", agreements=tuple(replace(one, id=IDS[place]) for place, one in enumerate(found))
    )
)

ITS_OWN = {
    "id",
    "title",
    "kind",
    "status",
    "general_agreement",
    "precedence",
    "version",
    "replaces",
    "changes",
    "scope",
}
ITS_OWN |= {"workload", "unit_cost"}
ITSELF_FIRST = {
    "agreement_owner",
    "customer",
    "team",
    "supplier",
    "start_date",
    "end_date",
    "open_ended",
    "renewal_months",
    "notice_given",
    "signed_by_provider",
    "signed_by_customer",
    "review_months",
    "last_review",
}
TERM = ("end_date", "open_ended", "renewal_months")


# The oracle


def general_of(plan: Plan, one: Agreement) -> Agreement | None:
    def up(agreement):
        return plan.get("agreements", agreement.general_agreement) if agreement else None

    seen = up(one)
    for _ in plan.agreements:  # round and back to itself?
        if seen is not None and seen.id == one.id:
            return None
        seen = up(seen)
    general = up(one)
    return general if general and general.kind == one.kind else None


def expected(plan: Plan, one: Agreement) -> dict[str, list]:
    """Field → the values that hold, each with the id of the agreement that says it."""
    own = {}
    for name, spec in specs(Agreement).items():
        value = getattr(one, name)
        values = (
            list(value) if spec.kind == "rows" else [] if value in ("", None) or value is False else [value]
        )
        own[name] = [(value, one.id) for value in values]
    general = general_of(plan, one)
    if general is None:
        return own
    above = expected(plan, general)
    covered = {row.service for row in one.scope} - {""}
    for name, found in above.items():
        above[name] = [
            (value, who)
            for value, who in found
            if not covered or getattr(value, "service", "") in {"", *covered}
        ]
    if one.start_date and above["start_date"] and one.start_date > above["start_date"][0][0]:
        above |= {"signed_by_provider": [], "signed_by_customer": []}
    found = {}
    for name, mine in own.items():
        strong, weak, said = mine, above[name], own
        if one.precedence == GENERAL and name not in ITSELF_FIRST:
            strong, weak, said = above[name], mine, above
        if name in ITS_OWN:
            found[name] = mine
        elif name == "targets":
            found[name] = strong + [
                (loser, who)
                for loser, who in weak
                if not any(
                    winner.metric == loser.metric
                    and (winner.service == "" or winner.service == loser.service)
                    and (winner.priority == "" or winner.priority == loser.priority)
                    for winner, _ in strong
                )
            ]
        elif name == "duties":
            known = [(value.who, value.duty, value.service) for value, _ in strong]
            found[name] = strong + [
                (value, who) for value, who in weak if (value.who, value.duty, value.service) not in known
            ]
        elif name == "escalations":
            known = [(value.metric, value.priority) for value, _ in strong]
            found[name] = strong + [
                (value, who) for value, who in weak if (value.metric, value.priority) not in known
            ]
        elif name in (*TERM, "notice_given"):
            found[name] = strong or ([] if any(said[field] for field in TERM) else weak)
        elif name == "last_review":
            found[name] = strong or ([] if said["review_months"] else weak)
        elif name == "support_hours":
            found[name] = strong or ([] if said["service_hours"] else weak)
        else:
            found[name] = strong or weak
    return found


@settings(max_examples=400, deadline=None)
@given(PLANS)
def test_each_agreement_holds_what_the_oracle_says_with_its_origin(plan):
    for written in plan.agreements:
        wanted = {name: values for name, values in expected(plan, written).items() if values}
        found: dict[str, list] = {}
        for term in terms(plan, written).terms:
            found.setdefault(term.field, []).append((term.value, term.origin.id))
        assert found == wanted
        assert list(found) == [
            name for name in specs(Agreement) if name in found
        ]  # in the order of the fields
        held = in_effect(plan, written)
        for name, spec in specs(Agreement).items():
            values = [value for value, _ in wanted.get(name, ())]
            assert getattr(held, name) == (
                tuple(values) if spec.kind == "rows" else values[0] if values else spec.empty
            )


@settings(max_examples=200, deadline=None)
@given(PLANS)
def test_where_nothing_is_taken_over_the_agreement_is_the_one_that_was_written(plan):
    for written, held in zip(plan.agreements, agreed(plan), strict=True):
        assert held.id == written.id
        assert held is written or terms(plan, written).inherited or held != written
        assert in_effect(plan, written) is held
        assert terms(plan, written).agreement is held
        assert all(term.origin in plan.agreements for term in terms(plan, written).terms)
        assert own_rows(plan, written, "targets") == tuple(
            term.value for term in terms(plan, written).said if term.field == "targets"
        )
        for name in ("exceptions", "end_date", "emergency_notice_hours"):
            of_itself = {term.field for term in terms(plan, written).said}
            assert says(plan, written, name) is (name in of_itself)


@settings(max_examples=200, deadline=None)
@given(PLANS)
def test_a_missing_term_is_told_where_mending_it_does_and_nowhere_in_vain(plan):
    def lacks(one):
        return not one.exceptions

    def mended(ids):
        return Plan(
            id="p",
            agreements=tuple(
                replace(one, exceptions="x") if one.id in ids else one for one in plan.agreements
            ),
        )

    told = [one.id for one in to_mend(plan, lacks)]
    assert all(lacks(in_effect(plan, plan.get("agreements", id))) for id in told)
    whole = mended(told)
    assert not any(map(lacks, promising(whole)))
    assert not list(to_mend(whole, lacks))
    for left_out in told:
        assert list(to_mend(mended({*told} - {left_out}), lacks))


def test_a_plan_without_families_gives_back_its_agreements():
    plan = Plan(id="p", agreements=(Agreement(id="a", kind="SLA"), Agreement(id="b", kind="OLA")))
    assert agreed(plan) is plan.agreements
    assert promising(plan) is plan.agreements


def sla(id: str, general: str = "", **fields) -> Agreement:
    return Agreement(id=id, kind=fields.pop("kind", "SLA"), general_agreement=general, **fields)


def family(*agreements: Agreement) -> Plan:
    return Plan(id="p", agreements=agreements)


def scope(*services: str) -> tuple[AgreementScope, ...]:
    return tuple(AgreementScope(service=service) for service in services)


def target(value: float, metric: str = "Resolution", **fields) -> AgreementTarget:
    return AgreementTarget(metric=metric, value=value, unit="Hours", **fields)


def test_terms_come_from_the_nearest_that_says_them():
    plan = family(
        sla("top", exceptions="far", remedies="far"),
        sla("middle", "top", exceptions="near"),
        sla("leaf", "middle"),
    )
    held = in_effect(plan, plan.get("agreements", "leaf"))
    assert (held.exceptions, held.remedies) == ("near", "far")
    assert origin(plan, held, "exceptions").id == "middle"
    assert origin(plan, held, "remedies").id == "top"
    assert origin(plan, held, "dispute_procedure").id == "leaf"  # nobody says it


@pytest.mark.parametrize(
    ("precedence", "values"), [("", [2, 9]), ("This Agreement", [2, 9]), (GENERAL, [4, 9])]
)
def test_of_two_targets_for_the_same_the_one_counts_that_has_the_precedence(precedence, values):
    plan = family(
        sla("all", targets=(target(4, priority="P1"), target(9, "Response"))),
        sla("one", "all", precedence=precedence, targets=(target(2, priority="P1"),)),
    )
    held = in_effect(plan, plan.get("agreements", "one"))
    assert [row.value for row in held.targets] == values


def test_a_target_for_all_priorities_replaces_those_of_each_and_not_the_other_way_round():
    each, for_all = target(2, priority="P1"), target(8)
    for_each = family(sla("all", targets=(for_all,)), sla("one", "all", targets=(each,)))
    assert in_effect(for_each, for_each.agreements[1]).targets == (each, for_all)
    of_all = family(sla("all", targets=(each,)), sla("one", "all", targets=(for_all,)))
    assert in_effect(of_all, of_all.agreements[1]).targets == (for_all,)


def test_a_target_of_ones_own_metric_replaces_that_of_the_same_name_however_it_is_written():
    def own(name, value):
        return AgreementTarget(metric="Own", own_metric=name, value=value)

    general = Agreement(id="a", kind="SLA", targets=(own("Failed logins", 2.0), own("Orders", 3.0)))
    one = Agreement(id="b", kind="SLA", general_agreement="a", targets=(own("failed  Logins", 1.0),))
    held = in_effect(Plan(id="p", title="P", agreements=(general, one)), one)

    assert [target.value for target in held.targets] == [1.0, 3.0]


def test_all_rows_that_promise_the_same_in_two_ways_are_taken_over_together():
    """80 % within 16 hours, all within 40."""
    most, every = target(16, share_of_cases=80), target(40)
    plan = family(sla("all", targets=(most, every)), sla("one", "all"))
    assert in_effect(plan, plan.agreements[1]).targets == (most, every)


def test_what_is_said_of_a_service_is_taken_over_where_that_is_covered():
    mail, chat = target(2, service="mail"), target(3, service="chat")
    plan = family(
        sla("all", targets=(mail, chat)), sla("one", "all", scope=scope("mail")), sla("open", "all")
    )
    assert in_effect(plan, plan.agreements[1]).targets == (mail,)
    assert in_effect(plan, plan.agreements[2]).targets == (mail, chat)


def test_who_has_the_precedence_does_not_change_parties_and_dates():
    plan = family(
        sla("all", customer="everybody", start_date=date(2020, 1, 1), end_date=date(2030, 1, 1)),
        sla("one", "all", precedence=GENERAL, customer="shops", start_date=date(2026, 1, 1), open_ended=True),
    )
    held = in_effect(plan, plan.agreements[1])
    assert (held.customer, held.start_date, held.end_date) == ("shops", date(2026, 1, 1), None)


@pytest.mark.parametrize(("start", "signed"), [(None, True), ("same", True), ("later", False)])
def test_a_signature_holds_for_what_began_with_the_general_agreement(start, signed):
    began = date(2026, 1, 1)
    days = {None: None, "same": began, "later": date(2026, 6, 1)}
    plan = family(
        sla("all", start_date=began, signed_by_provider=began), sla("one", "all", start_date=days[start])
    )
    assert (in_effect(plan, plan.agreements[1]).signed_by_provider == began) is signed


def test_frames_promise_nothing_themselves():
    plan = family(sla("all"), sla("one", "all", scope=scope("mail")), sla("alone"))
    assert [one.id for one in promising(plan)] == ["one", "alone"]
    assert is_frame(plan, plan.agreements[0]) and not is_frame(plan, plan.agreements[2])
    covering = family(sla("all", scope=scope("chat")), sla("one", "all", scope=scope("mail")))
    assert promising(covering) == agreed(covering)


def test_circles_and_other_kinds_hand_nothing_down():
    plan = family(
        sla("a", "b", exceptions="a"),
        sla("b", "a", remedies="b"),
        sla("c", "a"),
        sla("d", "c", kind="OLA"),
        sla("e", "e-is-nowhere"),
    )
    assert [[one.id for one in circle] for circle in circles(plan)] == [["a", "b"]]
    assert agreed(plan)[:2] == plan.agreements[:2]
    assert agreed(plan)[3:] == plan.agreements[3:]
    assert (agreed(plan)[2].exceptions, agreed(plan)[2].remedies) == ("a", "")
    assert [one.id for one in beneath(plan, plan.agreements[0])] == ["c"]
    assert list(all_beneath(plan, plan.agreements[2])) == []


def test_a_frame_leaves_to_those_beneath_what_some_of_them_say():
    silent = family(sla("all"), sla("one", "all"), sla("two", "all"))
    assert [one.id for one in to_mend(silent, lambda one: not one.remedies)] == ["all"]
    each = family(sla("all"), sla("one", "all", remedies="none"), sla("two", "all"))
    assert [one.id for one in to_mend(each, lambda one: not one.remedies)] == ["two"]
    said = family(sla("all", remedies="none"), sla("one", "all"), sla("two", "all"))
    assert not list(to_mend(said, lambda one: not one.remedies))


def test_a_long_line_is_walked_without_end():
    plan = family(sla("0", exceptions="none"), *(sla(str(place), str(place - 1)) for place in range(1, 1500)))
    assert agreed(plan)[-1].exceptions == "none"
    assert len(families.above(plan, plan.agreements[-1])) == 1499

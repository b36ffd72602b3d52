"""The report Agreement Expiry."""

from dataclasses import replace
from datetime import date

from sm_planner.engine.agreements.term import notice_by
from sm_planner.engine.model import Agreement, Improvement, Person, Plan, Supplier, Team
from sm_planner.reports import agreement_expiry
from sm_planner.reports.agreement_expiry import State, state_of

TODAY = date(2027, 6, 30)
PLAN = Plan(
    id="p",
    period_end=date(2028, 12, 31),
    people=(Person(id="ana", title="Ana"),),
    teams=(Team(id="desk", title="Service Desk"),),
    suppliers=(Supplier(id="acme", title="Acme"),),
    agreements=(
        Agreement(id="later", kind="OLA", team="desk", end_date=date(2029, 12, 31)),
        Agreement(id="soon", kind="UC", supplier="acme", end_date=date(2027, 9, 28), agreement_owner="ana"),
        Agreement(id="open", kind="OLA", team="desk"),
        Agreement(id="gone", kind="UC", supplier="acme", end_date=date(2027, 6, 29)),
        Agreement(id="notice", kind="UC", supplier="acme", end_date=date(2029, 1, 31), notice_months=18),
        Agreement(id="past", kind="SLA", status="Ended", end_date=date(2027, 1, 1)),
    ),
    improvements=(Improvement(id="renew", agreement="soon", due=date(2027, 8, 1)),),
)


def states(days: int = 90, **filters) -> dict[str, str]:
    rows = agreement_expiry.report(PLAN, TODAY, days=days, **filters).rows
    return {row["id"]: row["state"].template for row in rows}


def test_what_needs_a_decision_comes_first():
    assert states() == {
        "gone": "Expired",
        "soon": "Ends soon",
        "notice": "Notice due",
        "open": "No end date",
        "later": "Later",
    }
    assert list(states()) == ["gone", "soon", "notice", "open", "later"]


def test_an_agreement_holds_on_its_last_day_and_has_expired_on_the_next():
    last = Agreement(id="a", kind="SLA", end_date=TODAY)
    assert state_of(last, TODAY, 90) is State.ENDS_SOON
    assert state_of(last, date(2027, 7, 1), 90) is State.EXPIRED


def test_soon_is_as_far_ahead_as_the_reader_says():
    assert states(days=89)["soon"] == "Later"
    assert states(days=30)["notice"] == "Later"


def test_notice_is_given_by_the_same_day_so_many_months_before_the_end():
    agreement = Agreement(id="a", kind="UC", end_date=date(2029, 1, 31), notice_months=18)
    assert notice_by(agreement, TODAY) == date(2027, 7, 31)
    assert notice_by(
        Agreement(id="b", kind="UC", end_date=date(2029, 3, 31), notice_months=1), TODAY
    ) == date(2029, 2, 28)
    assert notice_by(
        Agreement(id="c", kind="UC", end_date=date(2029, 3, 31), notice_months=0), TODAY
    ) == date(2029, 3, 31)
    assert notice_by(Agreement(id="d", kind="UC", end_date=date(2029, 3, 31)), TODAY) is None


def test_an_agreement_that_runs_on_has_no_end_but_a_next_possible_one():
    open_ended = Agreement(
        id="a", kind="SLA", open_ended=True, notice_months=3, notice_to="End of a Year", version="2"
    )
    renewed = Agreement(
        id="b", kind="UC", end_date=date(2026, 9, 30), renewal_months=12, notice_months=1, replaces="a"
    )
    given = replace(open_ended, id="c", notice_given=TODAY)
    begins = Agreement(id="d", kind="UC", start_date=date(2028, 1, 1), end_date=date(2028, 12, 31))
    plan = replace(PLAN, agreements=(open_ended, renewed, given, begins))
    rows = {row["id"]: row for row in agreement_expiry.report(plan, TODAY, days=120).rows}
    assert [(id, row["state"].template) for id, row in rows.items()] == [
        ("b", "Notice due"),
        ("c", "In Notice"),
        ("a", "Until notice is given"),
        ("d", "Scheduled"),
    ]
    assert [(row["end_date"], row["notice_by"], row["next_end"]) for row in rows.values()] == [
        (None, date(2027, 8, 31), date(2027, 9, 30)),
        (date(2027, 12, 31), None, date(2027, 12, 31)),
        (None, date(2027, 9, 30), date(2027, 12, 31)),
        (date(2028, 12, 31), None, date(2028, 12, 31)),
    ]
    assert (rows["a"]["version"], rows["b"]["replaces"]) == ("2", "a")


def test_what_was_ended_for_good_is_shown_on_demand():
    assert "past" not in states()
    assert states(ended=True)["past"] == "Ended"
    assert set(states(kind="OLA")) == {"later", "open"}


def test_a_row_names_the_other_party_and_what_follows_is_missing():
    rows = {row["id"]: row for row in agreement_expiry.report(PLAN, TODAY).rows}
    soon, gone = rows["soon"], rows["gone"]
    assert (soon["party"], soon["owner"], soon["days_left"], soon["lacks"]) == ("Acme", "Ana", 90, "")
    assert rows["open"]["party"] == "Service Desk"
    assert gone["days_left"] == -1
    assert str(gone["lacks"]).startswith("“gone” ends on 2027-06-29")


def test_the_message_says_what_to_do_about_the_nearest():
    message = str(agreement_expiry.report(PLAN, TODAY).message)
    assert message == "1 agreements have expired, but are not ended. Renew them, or mark them as ended."
    assert "nothing" not in message
    assert str(agreement_expiry.report(Plan(id="p"), TODAY).message).startswith(
        "There are no agreements here yet."
    )

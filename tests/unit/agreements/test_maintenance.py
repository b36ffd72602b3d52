"""Maintenance windows of agreements, also against a walk through all days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from sm_planner.engine.agreements.maintenance import agreed_windows, notice_days
from sm_planner.engine.model import Agreement, AgreementScope, Calendar, CalendarWindow, Plan
from sm_planner.engine.model.agreements import AgreementMaintenance
from sm_planner.engine.model.vocabulary import REPEATS, WEEKDAYS, WHICH_OF_MONTH

ZONE = "Europe/Berlin"
NIGHT = {"opens": "22:00", "closes": "02:00"}


def plan_of(*rows: AgreementMaintenance, **fields) -> Plan:
    calendar = Calendar(
        id="office", timezone=ZONE, windows=(CalendarWindow(weekday="Monday", opens="09:00", closes="17:00"),)
    )
    scope = (AgreementScope(service="mail"), AgreementScope(service="chat"))
    values = {"id": "sla", "kind": "SLA", "service_hours": "office", "scope": scope, **fields}
    agreement = Agreement(maintenance=rows, **values)
    return Plan(id="plan", calendars=(calendar,), agreements=(agreement,))


def shown(plan: Plan, service="mail", first=date(2027, 3, 1), last=date(2027, 4, 30)) -> list[str]:
    zone = ZoneInfo(ZONE)
    return [
        f"{datetime.fromtimestamp(start, zone):%a %d %b %H:%M}-{datetime.fromtimestamp(end, zone):%H:%M}"
        for start, end in agreed_windows(plan, plan.agreements[0], service, first, last)
    ]


def test_the_second_sunday_over_midnight_and_over_the_change_of_the_clocks():
    row = AgreementMaintenance(repeats="Monthly", which="Second", weekday="Sunday", **NIGHT)
    assert shown(plan_of(row)) == ["Sun 14 Mar 22:00-02:00", "Sun 11 Apr 22:00-02:00"]
    row = AgreementMaintenance(repeats="Weekly", weekday="Saturday", opens="22:00", closes="06:00")
    plan = plan_of(row)
    ((start, end),) = agreed_windows(plan, plan.agreements[0], "", date(2027, 3, 27), date(2027, 3, 27))
    assert end - start == 7 * 3600


def test_each_day_only_for_its_service_and_while_the_agreement_holds():
    row = AgreementMaintenance(repeats="Daily", service="chat", opens="12:00", closes="12:30")
    plan = plan_of(row, start_date=date(2027, 3, 3), end_date=date(2027, 3, 4))
    assert shown(plan) == []
    assert shown(plan, "chat") == ["Wed 03 Mar 12:00-12:30", "Thu 04 Mar 12:00-12:30"]


def test_what_does_not_say_when_it_is_gives_no_window():
    plan = plan_of(
        AgreementMaintenance(repeats="Weekly", **NIGHT),
        AgreementMaintenance(repeats="Yearly", weekday="Sunday", **NIGHT),
        AgreementMaintenance(repeats="Daily", opens="ten", closes="02:00"),
    )
    assert shown(plan) == []
    assert shown(plan_of(AgreementMaintenance(repeats="Daily", **NIGHT), service_hours="")) == []


def test_how_early_planned_work_is_told():
    def promised(*rows, hours=None) -> int | None:
        return notice_days(Agreement(id="a", maintenance=rows, maintenance_notice_hours=hours), "mail")

    week = AgreementMaintenance(repeats="Daily", notice_days=7, **NIGHT)
    silent = AgreementMaintenance(repeats="Daily", **NIGHT)
    assert promised() is None
    assert promised(silent) is None
    assert promised(hours=25) == 2
    assert promised(week, hours=240) == 7
    assert promised(week, silent, hours=240) == 10
    assert promised(AgreementMaintenance(repeats="Daily", notice_days=7, service="chat", **NIGHT)) is None


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(REPEATS[:3]),
    st.sampled_from(["", *WHICH_OF_MONTH]),
    st.sampled_from(WEEKDAYS),
    st.integers(0, 700),
    st.integers(0, 120),
)
def test_windows_as_a_walk_through_all_days_finds_them(repeats, which, weekday, begins, length):
    first = date(2027, 1, 1) + timedelta(days=begins)
    last = first + timedelta(days=length)
    plan = plan_of(AgreementMaintenance(repeats=repeats, which=which, weekday=weekday, **NIGHT))

    def counts(day: date) -> bool:
        if repeats == "Daily":
            return True
        if WEEKDAYS[day.weekday()] != weekday:
            return False
        if repeats == "Weekly" or not which:
            return True
        if which == "Last":
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 == WHICH_OF_MONTH.index(which)

    walked = [first + timedelta(days=number) for number in range(length + 1)]
    found = [
        datetime.fromtimestamp(start, ZoneInfo(ZONE)).date()
        for start, _ in agreed_windows(plan, plan.agreements[0], "", first, last)
    ]
    assert found == [day for day in walked if counts(day)]

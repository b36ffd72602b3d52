"""The term of an agreement: how it stands on a day, when it ends, and by when notice has to be given.

Every day that is given or returned is whole, and the last day of a term still belongs to it. An agreement is taken as it
holds (``families.agreed``); what is not named is not guessed: then a day is None.

Months are counted as contracts count them (such as BGB, sections 187 to 189): to the same day of the month, or to its last
where it is shorter; and from the last day of a month to the last day of another, so that six months after 30 June end on 31
December. Notice is in time for an end if at least the months of notice lie between them.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from sm_planner.engine.agreements.measurements import period
from sm_planner.engine.model import Agreement
from sm_planner.engine.model.vocabulary import (
    AGREEMENT_STATES,
    ANY_DAY,
    END_OF_MONTH,
    END_OF_QUARTER,
    END_OF_TERM,
    END_OF_YEAR,
)
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import N_, Text, say, together

DRAFT, IN_FORCE, ENDED = AGREEMENT_STATES

_PERIODS = {END_OF_MONTH: "Monthly", END_OF_QUARTER: "Quarterly", END_OF_YEAR: "Yearly"}
"""Days on which an agreement can end → the periods of the calendar of which they are the last."""

_DAY = timedelta(days=1)


class TermState(str, Enum):
    """How an agreement stands on a day."""

    DRAFT = N_("Draft")
    SCHEDULED = N_("Scheduled")
    IN_FORCE = N_("In Force")
    IN_NOTICE = N_("In Notice")
    EXPIRED = N_("Expired")
    ENDED = N_("Ended")


HOLDING = (TermState.IN_FORCE, TermState.IN_NOTICE)
"""States in which what it promises has to be kept."""


def state_on(agreement: Agreement, day: date) -> TermState:
    """How an agreement stands on a day: as its status says, otherwise by its days. A start that is not given does not limit
    it, nor does an end that is not known."""
    if agreement.status in (DRAFT, ENDED):
        return TermState(agreement.status)
    if agreement.start_date and day < agreement.start_date:
        return TermState.SCHEDULED
    end = ends_on(agreement)
    if end and day > end:
        return TermState.EXPIRED
    return TermState.IN_NOTICE if is_given(agreement, day) else TermState.IN_FORCE


def is_given(agreement: Agreement, day: date) -> bool:
    """Whether notice was given by a day, of one that would have gone on without it."""
    return runs_on(agreement) and agreement.notice_given is not None and agreement.notice_given <= day


def runs_on(agreement: Agreement) -> bool:
    """Whether it goes on until somebody gives notice: it is open-ended, or renewed by itself."""
    return agreement.open_ended or bool(agreement.renewal_months and agreement.end_date)


def is_known(agreement: Agreement) -> bool:
    """Whether it is said how long it lasts."""
    return agreement.open_ended or agreement.end_date is not None


def is_end_unknown(agreement: Agreement) -> bool:
    """Whether notice was given, and no notice period tells when that ends it."""
    return bool(agreement.notice_given and agreement.notice_months is None and runs_on(agreement))


def ends_on(agreement: Agreement) -> date | None:
    """The last day on which it holds, by its term or after the notice that was given.

    None: it is open-ended, or renewed by itself, and nobody gave notice; or it is not said.
    """
    if agreement.notice_given:
        return end_after(agreement, agreement.notice_given)
    return None if runs_on(agreement) else agreement.end_date


def end_after(agreement: Agreement, notice: date) -> date | None:
    """The first day on which it can end if notice is given on that day; never later than a fixed term ends anyway.

    None where no period of notice is named, or no day on which it can end.
    """
    if agreement.notice_months is None:
        return None if runs_on(agreement) else agreement.end_date
    earliest = months_after(notice, agreement.notice_months)
    if _by_term(agreement):
        return end_of_term(agreement, earliest)
    if agreement.notice_to == END_OF_TERM:
        return None
    is_bound = agreement.notice_to in _PERIODS
    end = period(_PERIODS[agreement.notice_to], earliest).last if is_bound else earliest
    if agreement.end_date is None or runs_on(agreement):
        return end
    return min(end, agreement.end_date)


def end_of_term(agreement: Agreement, day: date) -> date | None:
    """The end of the term that runs on a day, the first one or that of a renewal; of one that is not renewed its only end.

    None where it has no such end.
    """
    end, months = agreement.end_date, agreement.renewal_months
    if agreement.open_ended or end is None:
        return None
    if not months or day <= end:
        return end
    passed = (day.year - end.year) * 12 + day.month - end.month
    ends = (months_on(end, count * months) for count in range(passed // months, passed // months + 3))
    return next(one for one in ends if one >= day)


def notice_by(agreement: Agreement, day: date) -> date | None:
    """The last day on which notice is given in time for the next possible end, as seen on a day.

    Of a fixed term it is that for its end, also when it has passed. None where no notice period or no end is named, and
    after notice was given.
    """
    if agreement.notice_months is None or agreement.notice_given:
        return None
    end = end_after(agreement, day)
    return months_on(end, -agreement.notice_months) if end else None


def decide_by(agreement: Agreement, day: date) -> date | None:
    """By when has to be decided what comes next, as seen on a day: to give notice before it is renewed, or before it ends.

    None where nothing runs out: it is open-ended, or can be ended at other times than those of its terms.
    """
    if agreement.notice_given and ends_on(agreement):
        return ends_on(agreement)
    if not _by_term(agreement):
        return None if runs_on(agreement) else agreement.end_date
    return notice_by(agreement, day) or end_of_term(agreement, day)


def months_on(day: date, months: int) -> date:
    """The day so many months later, or earlier if negative. The last day of a month leads to the last day of another."""
    if day < date.max and (day + _DAY).day == 1:
        following = months_after(day + _DAY, months)
        return following if following == date.max else following - _DAY
    return months_after(day, months)


def _by_term(agreement: Agreement) -> bool:
    """Whether notice ends it at the end of a term, and at no other time."""
    has_terms = agreement.end_date is not None and not agreement.open_ended
    return has_terms and agreement.notice_to in ("", END_OF_TERM)


def told(agreement: Agreement, day: date) -> Text:
    """How an agreement stands on a day, and when it ends, in a sentence or two."""
    state = state_on(agreement, day)
    if state is TermState.DRAFT:
        return Text(N_("A draft: it does not hold."))
    if state is TermState.ENDED:
        return Text(N_("Ended: it does not hold any more."))
    if state is TermState.EXPIRED:
        return say(N_("Expired: it held until {0}."), ends_on(agreement))
    if state is TermState.IN_NOTICE:
        return _in_notice(agreement)
    if state is TermState.SCHEDULED:
        begins = agreement.start_date
        return together((say(N_("Not in force yet: it begins on {0}."), begins), _term(agreement, begins)))
    return _term(agreement, day)


def _in_notice(agreement: Agreement) -> Text:
    end = ends_on(agreement)
    if end is None:
        return say(
            N_("Notice was given on {0}. When it ends is not known, because no notice period is named."),
            agreement.notice_given,
        )
    return say(N_("Notice was given on {0}: it ends on {1}."), agreement.notice_given, end)


def _term(agreement: Agreement, day: date) -> Text:
    """How long an agreement lasts that holds on a day."""
    end, by = end_after(agreement, day), notice_by(agreement, day)
    if agreement.open_ended:
        if by is None:
            return Text(N_("In force without an end; how long before its end notice is given is not said."))
        return together((Text(N_("In force without an end.")), _if_given(agreement, day)))
    if agreement.end_date is None:
        return Text(N_("In force; how long is not said."))
    months = agreement.renewal_months
    if not months:
        until = say(N_("In force until {0}."), agreement.end_date)
        is_earlier = end is not None and end < agreement.end_date
        return together((until, _if_given(agreement, day))) if is_earlier else until
    if not _by_term(agreement) and by:
        until = say(
            N_("In force until {0}, then renewed for {1}."), end_of_term(agreement, day), _months(months)
        )
        return together((until, _if_given(agreement, day)))
    if by:
        sentence = N_("In force until {0}, then renewed for {1} unless notice is given by {2}.")
        return say(sentence, end, _months(months), by)
    return say(
        N_("In force until {0}, then renewed for {1} unless notice is given; by when is not said."),
        end_of_term(agreement, day),
        _months(months),
    )


def _if_given(agreement: Agreement, day: date) -> Text:
    end, by = end_after(agreement, day), notice_by(agreement, day)
    if agreement.notice_to in ("", ANY_DAY):
        return say(N_("Notice given on {0} ends it on {1}."), day, end)
    return say(N_("Notice given by {0} ends it on {1}."), by, end)


def _months(months: int) -> Text:
    return Text(N_("a month")) if months == 1 else say(N_("{0} months"), months)

"""Peaks, lulls and maintenance: when each time of the business calendar is, whom work at some time would hurt, and which
slots hurt fewest.

``spans`` (sets of minutes), ``windows`` (entries as stretches of real time), ``standing`` (which services stand on
a component or service), ``hurts`` (whom work hurts, and why), ``lulls`` (the finder) and ``conflicts`` (planned work
that meets a peak). How they decide is told in ``docs/lulls.md``.
"""

"""Benchmark of the roadmap of a large plan, against networkx.

    python tests/bench/bench_roadmap.py

*Network*: earliest ends and the longest chain behind each task, on both sides. *Roadmap*: all of it, from the plan: working days of the teams,
slack, dates by capacity, reasons; against the network alone in networkx, which knows no working days, holidays or people. Nothing is timed if an
end differs.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta

import networkx
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine.model import Improvement, Plan, Team
from sm_planner.engine.roadmap import network
from sm_planner.engine.roadmap.network import Task
from sm_planner.engine.roadmap.schedule import _roadmap
from sm_planner.engine.roadmap.working_days import WorkingDays

SEED = 20_270_101
IMPROVEMENTS, TEAMS, NEAR = 5_000, 20, 60
TODAY = date(2027, 1, 4)
EVERY_DAY = WorkingDays(range(7), (), TODAY.toordinal())


def plan() -> Plan:
    """Improvements of which each waits for up to three of those shortly before it, done by twenty teams of four."""
    chance = random.Random(SEED)  # noqa: S311 - a plan, no secret
    made = []
    for number in range(IMPROVEMENTS):
        before = {number - chance.randint(1, NEAR) for _ in range(chance.randint(0, 3))}
        start = TODAY + timedelta(days=chance.randint(0, 900))
        made.append(
            Improvement(
                id=f"i{number}",
                predecessors=tuple(f"i{one}" for one in sorted(before) if one >= 0),
                work_team=f"t{chance.randrange(TEAMS)}",
                effort_days=chance.randint(1, 60),
                start_date=start,
                due=start + timedelta(days=chance.randint(5, 100)),
            )
        )
    teams = tuple(Team(id=f"t{number}", people_for_improvements=4) for number in range(TEAMS))
    return Plan(id="p", improvements=tuple(made), teams=teams)


def tasks_of(made: Plan) -> list[Task]:
    places = {one.id: place for place, one in enumerate(made.improvements)}
    return [
        Task(
            EVERY_DAY,
            (one.due - one.start_date).days,
            TODAY.toordinal(),
            tuple(places[id] for id in one.predecessors),
        )
        for one in made.improvements
    ]


def ours(tasks: list[Task]) -> list[int]:
    order = network.in_order([task.needs for task in tasks])
    network.tails(tasks, order)
    return [end for _, end in network.earliest(tasks, order)]


def theirs(tasks: list[Task]) -> list[int]:
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(tasks)))
    graph.add_edges_from((needed, place) for place, task in enumerate(tasks) for needed in task.needs)
    order = list(networkx.topological_sort(graph))
    ends: dict[int, int] = {}
    for node in order:
        start = max((ends[one] + 1 for one in graph.predecessors(node)), default=TODAY.toordinal())
        ends[node] = start + tasks[node].duration - 1
    behind: dict[int, int] = {}
    for node in reversed(order):
        behind[node] = tasks[node].duration + max((behind[one] for one in graph.successors(node)), default=0)
    return [ends[place] for place in range(len(tasks))]


def main() -> int:
    verdicts = Verdicts()
    print_setting(SEED, "networkx", "numpy", improvements=IMPROVEMENTS, teams=TEAMS)
    made = plan()
    tasks = tasks_of(made)
    same("earliest ends", ours(tasks), theirs(tasks))
    timings = Timings(
        SEED,
        Way("network", IMPROVEMENTS, lambda: ours(tasks)),
        Way("network again (A/A)", IMPROVEMENTS, lambda: ours(tasks)),
        Way("network in networkx", IMPROVEMENTS, lambda: theirs(tasks)),
        Way("roadmap", IMPROVEMENTS, lambda: _roadmap(made, TODAY)),
    )
    timings.print("improvement")
    verdicts.at_least(
        "network: networkx to ours", timings.ratio("network in networkx", "network"), gate=1, goal=2
    )
    verdicts.at_most(
        "roadmap to the network in networkx",
        timings.ratio("roadmap", "network in networkx"),
        gate=20,
        goal=10,
    )
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


if __name__ == "__main__":
    sys.exit(main())

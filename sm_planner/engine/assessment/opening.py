"""How an assessment begins: with the lines of its framework, and no level in any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from sm_planner.engine.model import Plan, Process
from sm_planner.engine.model.assessments import (
    CODE_LENGTH,
    PROCESSES,
    Assessment,
    AssessmentAnswer,
    AssessmentFramework,
    FrameworkLine,
)
from sm_planner.engine.model.values import folded


def opened(assessment: Assessment, framework: AssessmentFramework, plan: Plan) -> Assessment:
    """The assessment with what it keeps of its framework, and a line for each that is to be answered.

    A line about a process is about that of the plan which bears one of its names. Each process of the plan that no line
    names gets a line of its own, where the framework is about processes at all.
    """
    answers = tuple(_answers(framework, plan))
    return replace(
        assessment,
        framework_version=framework.version,
        levels=framework.levels,
        goal=framework.goal,
        answers=answers,
    )


def _answers(framework: AssessmentFramework, plan: Plan) -> Iterator[AssessmentAnswer]:
    by_name = {folded(name): process for process in plan.processes for name in (process.id, process.title)}
    about = [one for one in framework.lines if one.processes]
    found: set[str] = set()
    for one in framework.lines:
        process = next(filter(None, (by_name.get(folded(name)) for name in one.processes)), None)
        found.update((process.id,) if process else ())
        yield _answer(one, process.id if process else "", framework.goal)
        if about and one is about[-1]:
            yield from _of_own(one, framework, plan, found, about)


def _of_own(
    last: FrameworkLine,
    framework: AssessmentFramework,
    plan: Plan,
    found: set[str],
    about: list[FrameworkLine],
) -> Iterator[AssessmentAnswer]:
    """A line for each process of the plan that no line of the framework names, behind the last that names one."""
    if last.area != PROCESSES or any(one.group != last.group for one in about):
        return
    codes = {one.code for one in framework.lines}
    for process in plan.processes:
        code = process.id if len(process.id) <= CODE_LENGTH else sha256(process.id.encode()).hexdigest()[:12]
        if process.id not in found and not _named_later(process, about) and code not in codes:
            line = FrameworkLine(
                code=code, title=process.title or process.id, group=last.group, area=last.area
            )
            yield _answer(line, process.id, framework.goal)


def _named_later(process: Process, about: list[FrameworkLine]) -> bool:
    names = {folded(process.id), folded(process.title)}
    return any(folded(name) in names for one in about for name in one.processes)


def _answer(line: FrameworkLine, process: str, goal: int | None) -> AssessmentAnswer:
    return AssessmentAnswer(
        code=line.code,
        title=line.title,
        group=line.group,
        area=line.area,
        process=process,
        weight=line.weight,
        target=goal,
    )

"""Each check against its case file in ``tests/cases``: plans that pass, plans that fail, and what is then said.

A case file may set ``today``, ``base``, the plan file that its cases share, and ``sentences``: the wording of what the
check says, each under a name of its own, with ``{0}``, ``{1}`` … for what fills it. A sentence that several checks say
stands in ``tests/cases/shared/sentences.yaml``, so that each wording is pinned once. A case has a ``name`` and

- ``given``: what it changes in the base: fields of the plan itself, and whole collections,
- ``seals``: versions that were signed one after the other, with what the plan ``signed`` then had in place of
  ``given``, by bo or another ``signer``, with a ``key`` that has this name, or none; ``altered`` fields of the seal,
  or ``lost`` altogether,
- ``ring``: the name of the key that is ``signing`` on the site, of keys ``added`` by hand, and the numbers of the
  seals that were there ``earlier``; or its ``trouble``,
- ``log``: what a site has of the sign-off of the plan: acts by ``bo@example.org`` that were done one after the other,
  each with what it keeps, ``seal`` for the number of the seal that it made; ``altered`` afterwards, or ``lost``,
- ``stored``: how the plan itself stands on the site, where that is not as given,
- ``finds``: all that the check says, in order: ``at`` which record, the name of what it ``says``, and ``with`` which
  values, all that the check gives. A value may itself be a sentence. ``field`` is empty and
  ``count`` 1 if not given; ``fix`` and ``severity`` are compared where they are given.

Cases under ``undecided`` are those in which the check cannot tell.
"""

import base64
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timezone
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
import yaml

from sm_planner.engine import plan_file
from sm_planner.engine.checks import RULES, check
from sm_planner.engine.checks.finding import Finding, Verdict
from sm_planner.engine.model import Plan
from sm_planner.engine.model.events import DONE, Event
from sm_planner.engine.model.lineage import Record, Version
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.states import DOCSTATUS
from sm_planner.engine.sealing import seal
from sm_planner.engine.sealing.log import chain as chained
from sm_planner.engine.texts import Text, say

FOLDER = Path(__file__).parents[2] / "cases"
RULE = {rule.code: rule for rule in RULES}
HEADER = {"id": "p", "title": "Plan"}
VERDICTS = {"pass": None, "fail": Verdict.FAILED, "undecided": Verdict.NOT_EVALUATED}


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


FILES = {path.stem: read(path) for path in sorted(FOLDER.glob("*.yaml"))}
"""Code of a check → its case file."""
SHARED: dict[str, str] = read(FOLDER / "shared" / "sentences.yaml")
"""Name → the sentences that several checks say."""


def cases():
    for code, content in FILES.items():
        shared = content.get("base", {}), content.get("today", date(2026, 6, 1))
        for kind in VERDICTS:
            for case in content.get(kind, ()):
                yield pytest.param(code, kind, case, *shared, id=f"{code} {kind}: {case['name']}")


@pytest.mark.parametrize(("code", "kind", "case", "base", "today"), list(cases()))
def test_check_says_what_its_case_expects(code, kind, case, base, today):
    plan = plan_of_case(base, case)
    findings = check(plan, today, (RULE[code],)).findings
    assert all(finding.text for finding in findings)  # its values fill it
    sentences = SHARED | FILES[code].get("sentences", {})
    wanted = [expected(finding, sentences) for finding in case.get("finds", ())]
    assert [said(finding, *wanted[place : place + 1]) for place, finding in enumerate(findings)] == wanted
    assert {finding.verdict for finding in findings} == ({VERDICTS[kind]} if VERDICTS[kind] else set())


def test_each_sentence_is_written_once():
    written = [
        *SHARED.values(),
        *(text for file in FILES.values() for text in file.get("sentences", {}).values()),
    ]
    assert sorted(written) == sorted(set(written))


def test_each_sentence_is_said_by_a_case_and_a_shared_one_by_several_checks():
    said_by: dict[str, set[str]] = {}
    for code, file in FILES.items():
        finds = [
            finding for kind in VERDICTS for case in file.get(kind, ()) for finding in case.get("finds", ())
        ]
        for name in names_of_sentences(finds):
            said_by.setdefault(name, set()).add(code)
    assert [name for name in SHARED if len(said_by.get(name, ())) < 2] == []
    for code, file in FILES.items():
        assert [
            name for name in file.get("sentences", {}) if code not in said_by.get(name, ()) or name in SHARED
        ] == []


def names_of_sentences(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield value["says"]
            yield from names_of_sentences(value.get("with", ()))


def plan_of_case(base: dict[str, Any], case: dict[str, Any]) -> Plan:
    """The plan that a case is about, with all that a site or the command line knows of its sign-off."""
    plan = plan_of(base, case.get("given", {}), case.get("seals", ()))
    if "log" in case or "stored" in case:
        plan = dataclasses.replace(plan, record=record_of(plan, case.get("log", ()), case.get("stored", {})))
    return dataclasses.replace(plan, key_ring=ring(case.get("ring"), plan.seals))


def plan_of(base: dict[str, Any], given: dict[str, Any], seals: list[dict[str, Any]]) -> Plan:
    return dataclasses.replace(loaded(base, given), seals=sealed(base, given, seals))


def loaded(*layers: dict[str, Any]) -> Plan:
    header = {**HEADER, **{name: value for layer in layers for name, value in layer.get("plan", {}).items()}}
    content = {name: value for layer in layers for name, value in layer.items()}
    text = yaml.safe_dump({**content, "plan": header}, allow_unicode=True, sort_keys=False)
    return plan_file.loads(text, "case")


def sealed(base: dict[str, Any], given: dict[str, Any], steps: list[dict[str, Any]]) -> tuple[Seal, ...]:
    made: list[Seal] = []
    for step in steps:
        signed = loaded(base, step.get("signed", given))
        signed = dataclasses.replace(signed, version=step["version"], seals=tuple(made))
        at = datetime(2026, step["version"], 1, tzinfo=timezone.utc)
        signer = step.get("signer", "bo")
        made.append(
            seal.make(
                signed,
                signer=signer,
                signed_at=at,
                meaning="I stand behind it.",
                channel="test",
                key=key(step["key"]) if "key" in step else None,
            )
        )
    return tuple(
        dataclasses.replace(link, **step.get("altered", {}))
        for link, step in zip(made, steps, strict=True)
        if not step.get("lost")
    )


def record_of(plan: Plan, log: Iterable[dict[str, Any]], stored: dict[str, Any]) -> Record:
    made = {seal.number: seal for seal in plan.seals}
    steps = [dict(step) for step in log]
    later = [(step.pop("altered", {}), step.pop("lost", False)) for step in steps]
    events = []
    for step in steps:
        sealed = made.get(step.pop("seal", 0))
        hashes = {"seal_hash": sealed.seal_hash, "content_hash": sealed.content_hash} if sealed else {}
        what = {"lineage": plan.lineage, "plan": plan.id, "version": plan.version, **hashes, **step}
        events.append(
            Event(outcome=DONE, user="bo@example.org", acted_at="2026-01-01T09:00:00.000000Z", **what)
        )
    kept = [
        dataclasses.replace(event, **altered)
        for event, (altered, lost) in zip(chained(events), later, strict=True)
        if not lost
    ]
    header = {"plan": plan.id, "lineage": plan.lineage, "version": plan.version, "state": plan.state}
    version = Version(**{**header, "docstatus": DOCSTATUS[plan.state], **stored})
    return Record(versions=(version,), seals=plan.seals, events=tuple(kept))


def key(name: str) -> SealKey:
    return SealKey(base64.b64encode(hashlib.sha256(name.encode()).digest()).decode())


def ring(given: dict[str, Any] | None, seals: Iterable[Seal]) -> KeyRing:
    if given is None:
        return KeyRing()
    return KeyRing(
        signing=key(given["signing"]).public if "signing" in given else "",
        added=tuple(key(name).public for name in given.get("added", ())),
        earlier=frozenset(one.seal_hash for one in seals if one.number in given.get("earlier", ())),
        trouble=say("{0}", given["trouble"]) if "trouble" in given else None,
        of_site=True,
    )


def said(finding: Finding, wanted: dict[str, Any] | None = None) -> dict[str, Any]:
    """What a finding says, as far as the case asks for it."""
    told = {
        "at": f"{finding.record.collection}/{finding.record.id}",
        **sentence(finding.message, finding.args, wanted),
        "field": finding.field,
        "count": finding.count,
    }
    more = {
        "fix": str(finding.advice),
        "severity": finding.severity.value,
        "mended_at": "/".join(finding.mended_at),
    }
    return told | {name: value for name, value in more.items() if name in (wanted or ())}


def sentence(template: str, args: Iterable[Any], wanted: dict[str, Any] | None) -> dict[str, Any]:
    return {"says": template, "with": filled(args, wanted["with"] if wanted else ())}


def filled(args: Iterable[Any], wanted: Iterable[Any]) -> list[Any]:
    """What fills a sentence: taken apart where the case says which sentence it shall be."""
    return [value(arg, as_) for arg, as_ in zip(args, chain(wanted, repeat(None)), strict=False)]


def value(arg: Any, wanted: Any) -> Any:
    if isinstance(arg, Text) and isinstance(wanted, dict):
        return sentence(arg.template, arg.args, wanted)
    return str(arg)


def expected(finding: dict[str, Any], sentences: dict[str, str]) -> dict[str, Any]:
    return {"field": "", "count": 1, **finding, **spelled(finding, sentences)}


def spelled(wanted: Any, sentences: dict[str, str]) -> Any:
    """What the case wants, with the sentences in place of their names."""
    if isinstance(wanted, dict):
        values = [spelled(one, sentences) for one in wanted.get("with", ())]
        return {"says": sentences[wanted["says"]], "with": values}
    return str(wanted)

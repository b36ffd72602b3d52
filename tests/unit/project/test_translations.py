"""The catalogue of texts is fresh, and German is complete."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

pytest.importorskip("babel", reason="Babel is not installed")

ROOT = Path(__file__).parents[3]


def load_tool():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()
LANGUAGES = tool.languages()
FIX = "run: make translations"


def test_the_catalogue_has_every_text_of_the_app_and_no_other():
    told = set(tool.texts(tool.read(tool.POT)))
    found = set(tool.messages())
    assert sorted(found - told) == [], FIX
    assert sorted(told - found) == [], FIX


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_language_has_the_texts_of_the_catalogue(path: Path):
    assert set(tool.texts(tool.read(path))) == set(tool.texts(tool.read(tool.POT))), FIX


def test_german_is_complete():
    told = tool.texts(tool.read(tool.LOCALE / "de.po"))
    lacking = sorted(text for text, german in told.items() if not german.strip())
    assert lacking == [], "write their German into sm_planner/locale/de.po"


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_translation_has_the_placeholders_of_its_text(path: Path):
    def placeholders(text: str) -> list[str]:
        return sorted(set(re.findall(r"\{\d+\}", text)))

    told = tool.texts(tool.read(path))
    assert [text for text, told_ in told.items() if told_ and placeholders(text) != placeholders(told_)] == []


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_translation_can_be_filled(path: Path):
    """A brace that belongs to no placeholder would break ``format``."""
    for text, told in tool.texts(tool.read(path)).items():
        if re.search(r"\{\d+\}", text) and told:
            told.format(*"abcdefghijkl")


def test_a_text_within_an_f_string_is_found_whatever_the_python():
    source = """f'<a href="x">{_("Write one")}</a> {frappe._("and another")} {_(told)}'\nN_("by" " parts")"""
    assert sorted(tool._of_python(source)) == ["Write one", "and another", "by parts"]


def test_the_texts_of_every_kind_of_file_are_found():
    found = tool.messages()
    for text in (
        "The plan has no service.",  # engine
        "Choose a role.",  # adapter
        "Check Again",  # script
        "Executive Sponsor",  # field of a DocType
        "In Review",  # option, state of a workflow
        "SM Executive Sponsor",  # role
        "Plans to Sign",  # number card
        "Who signs it",  # tour
        "See a finished one",  # onboarding
        "What the sponsor is asked to do",  # template of the plan book
    ):
        assert text in found, text

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import click
import pytest

import sayso
from sayso.cli import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
DECISIONS = sorted(DOCS.glob("decisions/[0-9]*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
PARTS = ["Question", "Decision", "Why", "Costs", "Date", "Status"]
MAX_DECISION_LINES = 40

assert isinstance(main, click.Group)
COMMANDS = sorted(main.commands.items())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]

    missing = [target for target in local if not (page.parent / target).exists()]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_python_examples_use_what_exists(page: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    trees = [ast.parse(example) for example in examples]
    used = {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sayso"
    }

    assert used <= set(sayso.__all__)


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_command_has_help_and_a_page(name: str, command: click.Command) -> None:
    assert command.help

    page = (DOCS / "commands" / f"{name}.md").read_text(encoding="utf-8")

    assert f"sayso {name}" in page
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in page, f"{name}.md does not tell of {option}"


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_options_have_help(name: str, command: click.Command) -> None:
    options = [one for one in command.params if isinstance(one, click.Option)]

    assert [one.name for one in options if not one.help] == []


def test_decisions_are_numbered_and_listed() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")

    assert all(right == left + 1 for left, right in pairwise([0, *numbers]))
    assert [path.name for path in DECISIONS if path.name not in listed] == []


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_decision_has_all_parts_on_one_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert [part for part in PARTS if f"**{part}" not in text] == []
    assert len(text.splitlines()) <= MAX_DECISION_LINES


def test_architecture_names_every_package() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    packages = (ROOT / "src" / "sayso").glob("[a-z]*/__init__.py")

    missing = [
        one.parent.name for one in packages if f"`{one.parent.name}`" not in text
    ]

    assert missing == []


def test_every_data_folder_has_a_card() -> None:
    folders = [one for one in (ROOT / "src/sayso/data").iterdir() if one.is_dir()]

    assert [one.name for one in folders if not (one / "CARD.md").exists()] == []


def test_changelog_has_the_present_version_or_an_unreleased_part() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert "## Unreleased" in text or f"## {sayso.__version__}" in text


def test_record_page_names_every_field_of_a_statement() -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")

    fields = [*sayso.Statement.__struct_fields__, *sayso.Report.__struct_fields__]

    assert [field for field in fields if f"`{field}`" not in text] == []

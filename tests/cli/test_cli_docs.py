"""The documents say what the program does: their examples are run, and nothing is left out of them."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from uidmanager.cli.commands import Group
from uidmanager.cli.running import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from tests.cli.conftest import Caller

ROOT = Path(__file__).parents[2]
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
HANDS_ON = "answers.py"  # makes problems with the codes it is given
EVERYWHERE = {"--json", "--help", "--dry-run", "--reason"}


class Example(NamedTuple):
    """A command of docs/command-line.md, what is piped into it, its exit code and what it prints."""

    command: str
    stdin: str
    code: int
    printed: str


def examples() -> Iterator[Example]:
    for block in re.findall(r"```console\n(.*?)```", COMMAND_LINE, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, printed = part.partition("\n")
            command, _, comment = line.partition("   # exit code ")
            piped = re.fullmatch(r"printf '(.*)' \| (.*)", command)
            stdin = piped[1].replace("\\n", "\n") if piped else ""
            yield Example(piped[2] if piped else command, stdin, int(comment or 0), printed)


def leaves(group: Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = group.make_context("x", [], resilient_parsing=True)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def section(command: str) -> str:
    """What docs/command-line.md says of a command."""
    found = re.search(rf"^### {command}\n(.*?)(?=^##|\Z)", COMMAND_LINE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/command-line.md has no section “{command}”"
    return found[1]


def narrow(text: str) -> str:
    """The text with single blanks, since columns are narrower where something was left out."""
    return re.sub(" +", " ", text)


def test_the_examples(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for example in examples():
        program, *argv = shlex.split(example.command)
        assert program == "uidmanager"
        result = call(*argv, stdin=example.stdin)
        printed = (result.out + result.err).replace("\r\n", "\n")
        assert result.code == example.code, (example, printed)
        pattern = ".*".join(re.escape(narrow(part)) for part in example.printed.split("…"))
        assert re.fullmatch(pattern, narrow(printed)), (example, printed)


@pytest.mark.parametrize("command", [path for path, _ in leaves(commands)])
def test_every_command_and_option_is_documented(command: str) -> None:
    text = section(command)
    assert f"`{command}`" in COMMAND_LINE.partition("## How")[0]
    if command != "gui":
        assert f"uidmanager {command}" in text
    found = dict(leaves(commands))[command]
    for parameter in found.params:
        for option in parameter.opts if parameter.param_type_name == "option" else ():
            where = COMMAND_LINE.partition("## Founding")[0] if option in EVERYWHERE else text
            row = (
                rf"^\|[^\n]*`[^`\n]*(?<![\w-]){option}(?![\w-])"  # in a table, since an example alone explains nothing
            )
            assert re.search(row, where, re.MULTILINE), option


def test_no_section_for_a_command_that_is_none() -> None:
    documented = re.findall(r"^### (.*)$", COMMAND_LINE, re.MULTILINE)
    assert sorted(documented) == sorted(path for path, _ in leaves(commands))


def test_global_options_are_documented() -> None:
    for parameter in commands.params:
        assert all(f"`uidmanager {option}" in COMMAND_LINE for option in parameter.opts)


def codes_in_source() -> dict[str, set[str]]:
    """Every code of a problem or an error in the program, and the modules it comes from."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "uidmanager").rglob("*.py")):
        for code in codes_of(ast.parse(path.read_text(encoding="utf-8")), path.name):
            found.setdefault(code, set()).add(path.name)
    found.pop("", None)  # the window's own sentences while nothing has been typed yet
    return found


def codes_of(tree: ast.Module, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(body=body):
                for line in body:
                    match line:
                        case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                            yield code
                        case ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant(value=str(code))):
                            yield code
                        case _:
                            pass
            case ast.Call(func=ast.Name(id="Problem" | "notice")):
                given = node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "code")
                if isinstance(given, ast.Constant):
                    yield str(given.value)
                else:
                    assert module == HANDS_ON, f"{module}:{node.lineno}: a code is a literal, so that it can be found"
            case _:
                pass


def codes_in_document() -> list[str]:
    return re.findall(r"^\| `([a-z_.0-9]+)` \|", ERRORS, re.MULTILINE)


def test_every_code_has_its_row() -> None:
    source = codes_in_source()
    assert {"serial.taken", "ledger.damaged", "usage", "dry_run", "file.exists"} <= set(source)
    missing = {code: modules for code, modules in source.items() if code not in codes_in_document()}
    assert missing == {}, "each code has a row in docs/errors.md"


def test_no_row_for_a_code_that_is_none() -> None:
    assert set(codes_in_document()) <= set(codes_in_source())


def test_one_row_for_each_code_with_a_remedy() -> None:
    documented = codes_in_document()
    assert len(documented) == len(set(documented))
    for row in re.findall(r"^\| `.*$", ERRORS, re.MULTILINE):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4, row
        assert all(cells), row
        assert cells[2].endswith("."), row
        assert cells[3].endswith("."), row

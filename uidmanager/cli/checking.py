"""Commands that need no ledger: ``uid check`` and ``budget``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit, refused
from uidmanager.cli.commands import Command, Group, reads
from uidmanager.cli.output import plain, shortened
from uidmanager.cli.session import with_lines
from uidmanager.core.budget import lights, used_and_left
from uidmanager.core.uid import check_uid
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.core.errors import Problem


@click.group("uid", cls=Group)
def uid() -> None:
    """The rules of a UID."""


@uid.command("check")
@click.argument("uids", nargs=-1, required=True, metavar="UID...")
@reads
def check(*, uids: tuple[str, ...]) -> Answer:
    """Check UIDs against DICOM's rules. Prints “UID: ok”, or every rule it breaks with the position.

    “-” reads UIDs from stdin, one a line.
    """
    verdicts = [(text, check_uid(text)) for text in with_lines(uids)]
    rows = [
        {"uid": text, "ok": not broken, "problems": [plain(problem) for problem in broken]} for text, broken in verdicts
    ]
    problems = tuple(problem for _, broken in verdicts for problem in broken)
    return Answer(
        Exit.REFUSED if problems else Exit.DONE,
        {"rows": rows},
        lambda: "".join(_verdict(text, broken) for text, broken in verdicts),
        problems=problems,
        told_in_text=True,
    )


@click.command("budget", cls=Command)
@click.argument("uid")
@reads
def budget(*, uid: str) -> Answer:
    """Say which toolkits an installation root leaves room for.

    Prints how many of the 64 characters are used, then one line for each toolkit with the reason.
    """
    broken = check_uid(uid)
    if broken:
        return refused(*broken, data={"uid": None, "rows": []})
    used, left = used_and_left(uid)
    shown = lights(uid)
    rows = [{**structs.asdict(light), "fit": light.fit.value} for light in shown]
    return Answer(
        data={"uid": uid, "used": used, "left": left, "rows": rows},
        text=lambda: (
            f"{used} of {used + left} characters used, {left} left\n"
            + pairs((light.toolkit, f"{light.fit.value:<9}{light.reason}") for light in shown)
        ),
    )


def _verdict(text: str, broken: tuple[Problem, ...]) -> str:
    shown = shortened(text) or "(empty)"
    return "".join(f"{shown}: {problem.message} [{problem.code}]\n" for problem in broken) or f"{shown}: ok\n"

"""From arguments to an exit code."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

import uidmanager
from uidmanager.app.ports import no_note
from uidmanager.cli.answers import Answer, Exit, failed
from uidmanager.cli.commands import Group, ShownError, shows
from uidmanager.cli.output import deliver, shortened
from uidmanager.cli.session import Session
from uidmanager.cli.version import VERSION_TEXT
from uidmanager.core.errors import Problem, UidManagerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uidmanager.app.ports import Desk, FaultNote

_STOPPED = "Stopped before the end. If the command writes, the history shows whether it had written."


@click.group(
    cls=Group,
    elsewhere={
        "init": "uidmanager.cli.founding:init",
        "arc": "uidmanager.cli.arcs:arc",
        "product": "uidmanager.cli.products:product",
        "release": "uidmanager.cli.releases:release",
        "assign": "uidmanager.cli.assigning:assign",
        "installation": "uidmanager.cli.installations:installation",
        "label": "uidmanager.cli.labels:label",
        "probe": "uidmanager.cli.probing:probe",
        "listen": "uidmanager.cli.listening:listen",
        "device": "uidmanager.cli.devices:device",
        "identify": "uidmanager.cli.identifying:identify",
        "scan": "uidmanager.cli.scanning:scan",
        "history": "uidmanager.cli.looking:history",
        "verify": "uidmanager.cli.verifying:verify",
        "anchor": "uidmanager.cli.verifying:anchor",
        "compare": "uidmanager.cli.keeping:compare",
        "merge": "uidmanager.cli.merging:merge",
        "backup": "uidmanager.cli.backing_up:backup",
        "restore": "uidmanager.cli.keeping:restore",
        "repair": "uidmanager.cli.keeping:repair",
        "report": "uidmanager.cli.reporting:report",
        "pack": "uidmanager.cli.packing:pack",
        "guide": "uidmanager.cli.guiding:guide",
        "export": "uidmanager.cli.transferring:export",
        "import": "uidmanager.cli.transferring:import_registry",
        "snippet": "uidmanager.cli.snippets:snippet",
        "check": "uidmanager.cli.gating:check",
        "conformance": "uidmanager.cli.conforming:conformance",
        "uid": "uidmanager.cli.checking:uid",
        "budget": "uidmanager.cli.checking:budget",
        "status": "uidmanager.cli.looking:status",
        "access": "uidmanager.cli.access:access",
        "selfcheck": "uidmanager.cli.selfchecking:selfcheck",
        "gui": "uidmanager.cli.opening:gui",
    },
)
@click.option("--ledger", metavar="PATH", help="The ledger; else UIDMANAGER_LEDGER, else the one in your data folder.")
@click.option("--read-only", is_flag=True, help="Look only: nothing is written. As UIDMANAGER_READ_ONLY=1 does.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=shows(lambda _context: VERSION_TEXT),
    help="Show the version and stop.",
)
@click.pass_context
def commands(context: click.Context, *, ledger: str | None, read_only: bool) -> None:
    """Give each product, release and piece of DICOM equipment its UID, once; and prove it later."""
    session: Session = context.obj
    session.named = named_ledger(ledger, context)
    if read_only:
        session.desk = session.desk.viewing()


def run(
    desk: Desk,
    argv: list[str],
    *,
    open_window: Callable[[Desk, str | None], int],
    note_fault: FaultNote = no_note,
) -> int:
    """Do what the arguments say and print the answer; the exit code is that of docs/command-line.md.

    ``open_window`` shows the window at a desk, on a ledger or on the one last used, and answers its exit code.
    ``note_fault`` keeps a fault of ours for later.
    """
    session = Session(desk, open_window)
    try:
        answer = _answer(session, argv, note_fault).after(session.remarks)
        code = int(deliver(answer, as_json=session.as_json))
        if session.service is not None:
            with suppress(KeyboardInterrupt):  # the answer is given
                session.service.settle()
    except KeyboardInterrupt:
        return Exit.STOPPED
    except Exception as fault:  # noqa: BLE001 (the outermost boundary: printing an answer can hold a bug as well)
        return int(deliver(_fault(fault, note_fault), as_json=session.as_json))
    return code


def named_ledger(ledger: str | None, context: click.Context) -> str | None:
    """The ledger that was named. An empty name, as from a variable that is not set, names none: better say so."""
    if ledger is not None and not ledger.strip():
        raise click.UsageError("--ledger names no file.", context)
    return ledger


def _answer(session: Session, argv: Sequence[str], note_fault: FaultNote) -> Answer:
    try:
        with commands.make_context("uidmanager", list(argv), obj=session) as context:
            answer: Answer = commands.invoke(context)
    except ShownError as shown:
        session.as_json = False
        text = shown.message
        answer = Answer(text=lambda: text + "\n")
    except click.UsageError as wrong:
        session.as_json = session.as_json or _asks_for_json(argv)
        answer = _usage(wrong)
    except UidManagerError as error:
        answer = failed(error)
    except KeyboardInterrupt:
        answer = Answer(Exit.STOPPED, problems=(Problem("cancelled", "command", _STOPPED),))
    except Exception as fault:  # noqa: BLE001 (the boundary of a command: a bug of ours becomes a sentence)
        answer = _fault(fault, note_fault)
    return answer


def _asks_for_json(argv: Sequence[str]) -> bool:
    """Whether ``--json`` stands among arguments that could not be parsed."""
    options = argv[: argv.index("--")] if "--" in argv else argv
    return "--json" in options


def _usage(wrong: click.UsageError) -> Answer:
    """What is wrong with the arguments, and how they are written, in one sentence."""
    sentence = wrong.format_message().strip().rstrip(".")
    context = wrong.ctx or click.Context(commands, info_name="uidmanager")
    path = context.command_path
    pieces = " ".join((path, *context.command.collect_usage_pieces(context)))
    named = getattr(wrong, "param", None)
    field = named.name if named is not None and named.name else "command"
    sentence = f"{sentence}. Write: {pieces}; {path} --help says more."
    return Answer(Exit.USAGE, problems=(Problem("usage", field, sentence),))


def _fault(fault: Exception, note_fault: FaultNote) -> Answer:
    """A bug of ours: what a report of it needs, in one sentence."""
    import traceback  # noqa: PLC0415 (only a fault needs it)

    last = traceback.extract_tb(fault.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    log_file = note_fault(fault)
    noted = f" The log tells of it as well: {log_file}" if log_file else ""
    what = f"{type(fault).__name__} at {place}: {shortened(str(fault))}"
    sentence = (
        f"This is a fault of UID Manager {uidmanager.__version__} ({what}). "
        "Please report it with the command you gave; if the command writes, the history shows whether it had written."
        f"{noted}"
    )
    return Answer(Exit.FAULT, problems=(Problem("fault", "command", sentence),))

"""``probe``: asks devices what they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit, notice, problem_of, refused
from uidmanager.cli.asking import answer_of, identity, line_of, row_of, speaks, tls_terms
from uidmanager.cli.commands import Command, file_meant, over, reads
from uidmanager.cli.devices import named, unknown
from uidmanager.cli.report_files import format_meant, keep, rendered
from uidmanager.cli.session import stdin_text
from uidmanager.core.devices import ANY_TITLE, OUR_TITLE, check_title, read_device, read_devices
from uidmanager.core.errors import UidManagerError
from uidmanager.core.fleet import fleet, told_of
from uidmanager.dicom.names import DicomNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.cli.session import Session
    from uidmanager.core.devices import Device
    from uidmanager.core.errors import Problem
    from uidmanager.core.fleet import Told
    from uidmanager.core.reports import Report

_STDIN: Final = "-"
_LONGEST_LIST: Final = 4 * 1024 * 1024
_LONGEST_S: Final = 3600


class DeviceListError(UidManagerError):
    """The file with the list of devices cannot be read."""

    code = "device.list_unreadable"

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}, which should hold a list of devices, cannot be read ({reason}). Check its name.")


@click.command("probe", cls=Command)
@click.argument("devices", nargs=-1, metavar="[DEVICE]...")
@click.option("--devices", "listed", metavar="FILE", help="Ask those in this file: a line has HOST:PORT TITLE NAME.")
@click.option("--remembered", is_flag=True, help="Ask all that are remembered on this station.")
@click.option("--called", default=ANY_TITLE, metavar="TITLE", help=f"The AE title of HOST:PORT; else {ANY_TITLE}.")
@click.option("--calling", metavar="TITLE", help=f"Our AE title; else as remembered, else {OUR_TITLE}.")
@click.option("--echo", is_flag=True, help="Send a C-ECHO as well.")
@click.option("--timeout", default=10, type=click.IntRange(1, _LONGEST_S), help="Seconds for each device; else 10.")
@speaks
@click.option("--tls-name", default="", metavar="NAME", help="What its certificate must be for; else its HOST.")
@click.option("--no-host-check", is_flag=True, help="Let its certificate be for any name.")
@click.option(
    "--report",
    metavar="FILE",
    callback=file_meant,
    help="Write a row for each device into this file.",
)
@over
@reads
@click.pass_context
def probe(
    context: click.Context,
    *,
    devices: tuple[str, ...],
    listed: str | None,
    remembered: bool,
    called: str,
    calling: str | None,
    echo: bool,
    timeout: int,
    class_uid: str | None,
    version_name: str | None,
    tls: bool,
    ca: str,
    cert: str,
    key: str,
    tls_name: str,
    no_host_check: bool,
    report: Path | None,
    force: bool,
) -> Answer:
    """Ask devices which software they run, and hold the answer against the registry.

    A DEVICE is HOST:PORT, or the name of one that is remembered. Prints a line for each that answers.
    """
    session: Session = context.obj
    chosen, problems = _chosen(devices, called, listed, remembered=remembered)
    ours, unfit = identity(context, session, class_uid, version_name)
    problems = (*problems, *unfit, *(() if calling is None else check_title(calling, "calling")))
    if problems or ours is None:
        return refused(*problems, data={"rows": []})
    if not chosen and not (listed or remembered):
        raise click.UsageError("No device is named.", context)
    safety = tls_terms(
        context, tls=tls, authority=ca, certificate=cert, key=key, name=tls_name, is_name_checked=not no_host_check
    )
    service = session.opened()
    if not chosen:
        none = notice("device.none", "devices", "There is no device in the list. Add one: uidmanager device add.")
        return Answer(data={"rows": []}, notices=(none,))

    from uidmanager.dicom.association.asking import Terms, ask_all  # noqa: PLC0415 (pynetdicom is heavy)

    if calling is not None:
        chosen = [structs.replace(device, calling="") for device in chosen]
    contacts = ask_all(chosen, Terms(ours, calling or OUR_TITLE, echo, float(timeout), safety))
    names = DicomNames()
    service.refresh()
    with service.look() as registry:
        told = [told_of(registry, contact, names) for contact in contacts]
        made = fleet(registry, told)
    answer = _answer(told)
    if report is not None and service.trouble is None:  # a file does not tell that the ledger could not be read whole
        answer = _written(answer, session, made, report, force=force)
    return answer.in_trouble(service.trouble)


def _chosen(
    given: Sequence[str], called: str, listed: str | None, *, remembered: bool
) -> tuple[list[Device], tuple[Problem, ...]]:
    """The devices to be asked, each once, in the order in which they were named; and those that are none."""
    from uidmanager.settings.devices import StationDevices  # noqa: PLC0415 (platformdirs is loaded only when it is asked)

    known = StationDevices().all()
    devices: list[Device] = []
    problems: list[Problem] = []
    for text in given:
        found = named(known, text)
        if found is not None:
            devices.append(found)
        elif ":" in text:
            device, wrong = read_device(text, called)
            devices += (device,) if device is not None else ()
            problems += wrong
        else:
            problems.append(unknown(text))
    if listed is not None:
        more, wrong = read_devices(_text_of(listed))
        devices += more
        problems += wrong
    devices += known if remembered else ()
    return list(dict.fromkeys(devices)), tuple(problems)


def _text_of(file: str) -> str:
    """What a list holds; ``-`` is stdin. Raises `DeviceListError`."""
    if file == _STDIN:
        return stdin_text()
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(_LONGEST_LIST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no system has
        raise DeviceListError(file, getattr(error, "strerror", None) or str(error)) from error
    if len(data) > _LONGEST_LIST:
        raise DeviceListError(file, f"it is longer than {_LONGEST_LIST:,} bytes")
    return data.decode("utf-8-sig", "surrogateescape")


def _answer(told: Sequence[Told]) -> Answer:
    """One answer for all: each device's line and row, and all that speaks against any of them."""
    each = [answer_of(one) for one in told]
    return Answer(
        Exit.REFUSED if any(one.code for one in each) else Exit.DONE,
        {"rows": [row_of(one) for one in told]},
        lambda: "".join(map(line_of, told)),
        tuple(said for one in each for said in one.notices),
        tuple(problem for one in each for problem in one.problems),
    )


def _written(answer: Answer, session: Session, made: Report, file: Path, *, force: bool) -> Answer:
    """The answer once the report is on the disk; the devices have answered, whatever becomes of the file."""
    from uidmanager.writers.files import FileError  # noqa: PLC0415 (the writers are loaded for a report only)

    try:
        said = keep(made, rendered(session, made, format_meant(None, file)), file, force=force)
    except FileError as error:
        return structs.replace(answer, code=Exit.REFUSED, problems=(*answer.problems, problem_of(error)))
    return answer.saying(said)

"""What ``probe`` and ``listen`` have in common: as whom we speak, TLS, and how a contact is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit
from uidmanager.cli.output import plain
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.fleet import fleet_row
from uidmanager.core.rules.version_names import check_form
from uidmanager.core.texts import excerpt, visible
from uidmanager.core.uid import check_uid

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.cli.session import Session
    from uidmanager.core.fleet import Told
    from uidmanager.dicom.association.identity import Identity
    from uidmanager.dicom.association.tls import TlsTerms

_Callback = TypeVar("_Callback", bound="Callable[..., Any]")


def speaks(callback: _Callback) -> _Callback:
    """Give a command the options that say as whom we speak, and by which certificates."""
    options = (
        click.option("--class-uid", metavar="UID", help="Announce this class UID instead of UID Manager's own."),
        click.option("--version-name", metavar="NAME", help="Announce this version name beside --class-uid."),
        click.option("--tls", is_flag=True, help="Speak TLS."),
        click.option("--ca", default="", metavar="FILE", help="Believe the certificates of this authority only (PEM)."),
        click.option("--cert", default="", metavar="FILE", help="Show this certificate (PEM)."),
        click.option("--key", default="", metavar="FILE", help="The key of --cert, if it is not in the same file."),
    )
    for option in reversed(options):
        callback = option(callback)
    return callback


def identity(
    context: click.Context, session: Session, class_uid: str | None, version_name: str | None
) -> tuple[Identity | None, tuple[Problem, ...]]:
    """As whom we speak, or why we cannot. Another's class UID does not go out with our version name."""
    from uidmanager.dicom.association.identity import Identity, identity_of  # noqa: PLC0415 (few commands need it)

    if class_uid is None:
        if version_name is not None:
            raise click.UsageError("--version-name goes with --class-uid: a name belongs to a class UID.", context)
        return identity_of(session.desk.world.app), ()
    problems = (*check_uid(class_uid), *(() if version_name is None else check_form(version_name)))
    return (None, problems) if problems else (Identity(class_uid, version_name), ())


def tls_terms(context: click.Context, *, tls: bool, **terms: Any) -> TlsTerms | None:
    """What was said of TLS; None where it is not spoken."""
    from uidmanager.dicom.association.tls import TlsTerms  # noqa: PLC0415 (few commands need it)

    made = TlsTerms(**terms)
    if tls:
        return made
    if made != TlsTerms():
        raise click.UsageError("What is said of certificates needs --tls as well.", context)
    return None


def answer_of(told: Told) -> Answer:
    """One contact: a line, a JSON object, and what speaks against the device."""
    said = tuple(_of_device(told, problem) for problem in told.problems)
    problems = tuple(problem for problem in said if problem.severity is Severity.ERROR)
    notices = tuple(problem for problem in said if problem.severity is not Severity.ERROR)
    code = Exit.REFUSED if problems else Exit.DONE
    return Answer(code, row_of(told), lambda: line_of(told), notices, problems)


def row_of(told: Told) -> dict[str, object]:
    """One contact under the names of docs/command-line.md."""
    row: dict[str, object] = dict(fleet_row(told))
    announced = told.contact.announced
    return {
        **row,
        "calling": excerpt(announced.calling) if announced else None,
        "turned_down": [excerpt(service) for service in told.contact.turned_down],
        "findings": [plain(problem) for problem in told.problems],
    }


def line_of(told: Told) -> str:
    """One contact in one line; nothing where the device announced nothing, since that is told as a problem."""
    contact, judgement = told.contact, told.judgement
    if judgement is None:
        return ""
    announced = judgement.announcement
    beside = [f"class UID {excerpt(announced.class_uid or 'none')}"]
    beside.append(f"version name {excerpt(announced.version_name or 'none')}")
    if judgement.newest is not None and judgement.newest != judgement.release:
        beside.append(f"the newest is {judgement.newest.version}")
    if contact.echoes:
        beside.append("C-ECHO answered" if contact.echoes == 1 else f"{contact.echoes} C-ECHO answered")
    if contact.turned_down:
        beside.append(f"{len(contact.turned_down)} other services were turned down")
    sentence = judgement.sentence[:1].lower() + judgement.sentence[1:].removesuffix(".")
    if judgement.toolkit is not None:
        sentence = judgement.sentence.removesuffix(".")
    return visible(f"{_called(told)}: {sentence} ({', '.join(beside)})") + "\n"


def _of_device(told: Told, problem: Problem) -> Problem:
    """A problem with the device named, unless its sentence does that already."""
    if told.contact.trouble is problem:
        return problem
    return structs.replace(problem, message=f"{_called(told)}: {problem.message}")


def _called(told: Told) -> str:
    """What the device is called; one that called by its AE title as well."""
    device, announced = told.contact.device, told.contact.announced
    is_caller = announced is not None and announced.calling and announced.calling == device.title
    return f"{device.label} ({device.title})" if is_caller else device.label

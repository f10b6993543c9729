"""``snippet``: the lines that hand a class UID or an installation root on to a toolkit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from uidmanager.cli.answers import Answer, notice, refused
from uidmanager.cli.commands import Command, reads, saves
from uidmanager.core.errors import Problem
from uidmanager.core.rules.installations import installation_meant
from uidmanager.core.rules.meant import release_called
from uidmanager.core.snippets.facts import facts_of_installation, facts_of_release
from uidmanager.core.snippets.rendering import choose, render
from uidmanager.core.snippets.templates import Purpose

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.cli.session import Session
    from uidmanager.core.registry import Registry
    from uidmanager.core.snippets.facts import Facts
    from uidmanager.core.snippets.rendering import Snippet
    from uidmanager.core.snippets.templates import Template
    from uidmanager.writers.snippet_templates import Shelf

_COLUMNS: Final = ("name", "for", "toolkit", "what")


@click.command("snippet", cls=Command)
@click.argument("toolkit", required=False)
@click.option("--release", metavar="RELEASE", help="For this release: product and version, as in “CT Console 4.5.0.3”.")
@click.option("--installation", metavar="SERIAL", help="For the equipment with this serial.")
@click.option("--list", "as_list", is_flag=True, help="Only list what there is, as without TOOLKIT.")
@saves
@reads
@click.pass_context
def snippet(
    context: click.Context,
    *,
    toolkit: str | None,
    release: str | None,
    installation: str | None,
    as_list: bool,
    output: Path | None,
    force: bool,
) -> Answer:
    """Print the lines that hand a UID on to a toolkit, or list them.

    What must be known beside them, such as a root that is too long for the toolkit, is said on stderr.
    """
    session: Session = context.obj
    if release is not None and installation is not None:
        raise click.UsageError("Give either --release or --installation, not both.", context)
    named = release if release is not None else installation
    purpose = None if named is None else Purpose.INSTALLATION if release is None else Purpose.RELEASE
    shelf = _shelf()
    if toolkit is None or as_list:
        if output is not None:
            raise click.UsageError("A list is not written into a file; name the toolkit.", context)
        return _listed(shelf, purpose)
    if named is None or purpose is None:
        raise click.UsageError("Say for what: --release or --installation.", context)
    template, problems = _chosen(shelf, toolkit, purpose)
    if template is None:
        return refused(*problems, data={"text": None})
    return _made(session, template, named, output, force=force)


def _shelf() -> Shelf:
    from uidmanager.settings import snippets_folder  # noqa: PLC0415 (platformdirs is loaded only when it is asked)
    from uidmanager.writers.snippet_templates import read_templates  # noqa: PLC0415 (not for another command's help)

    return read_templates(snippets_folder())


def _chosen(shelf: Shelf, named: str, purpose: Purpose) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template that is meant. One of the user's own that is broken is refused: no other stands in for it."""
    broken = shelf.broken.get(named.strip().casefold())
    if broken is not None:
        return None, (Problem("snippet.template_broken", broken.field, broken.message),)
    return choose(shelf.templates, named, purpose)


def _made(session: Session, template: Template, named: str, file: Path | None, *, force: bool) -> Answer:
    """The answer with the lines, or why there are none. Raises `LedgerError` and `FileError`."""
    facts, problems, said = _facts(session, template.purpose, named)
    if facts is None:
        return refused(*problems, data={"text": None})
    made = render(template, facts)
    if made.problems:
        return refused(*made.problems, data={"text": None}).saying(*said)
    return _handed_out(made, facts, file, force=force).saying(*said, *made.remarks)


def _facts(
    session: Session, purpose: Purpose, named: str
) -> tuple[Facts | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """The facts of what is named, else why there are none; and what is said of the name. Raises `LedgerError`."""
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # what was withdrawn or made void may stand in the part that cannot be read
    with service.look() as registry:
        return _facts_in(registry, purpose, named)


def _facts_in(
    registry: Registry, purpose: Purpose, named: str
) -> tuple[Facts | None, tuple[Problem, ...], tuple[Problem, ...]]:
    if purpose is Purpose.RELEASE:
        release, problems = release_called(registry, named)
        return (None, problems, ()) if release is None else (facts_of_release(registry, release), (), ())
    installation, problems = installation_meant(registry, named)
    if installation is None:
        return None, problems, ()
    return facts_of_installation(registry, installation), (), problems


def _handed_out(made: Snippet, facts: Facts, file: Path | None, *, force: bool) -> Answer:
    """The lines on stdout, in UTF-8 whatever the terminal's encoding, or in a file. Raises `FileError`."""
    template = made.template
    data: dict[str, object] = {
        "name": template.name,
        "toolkit": template.toolkit,
        "for": template.purpose.value,
        "language": template.language.value,
        "uid": facts.uid,
        "text": made.text,
        "proposed": template.file,
        "file": None if file is None else str(file),
    }
    if file is None:
        return Answer(data=data, text=lambda: made.text.encode("utf-8"))
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (loaded only when a file is wanted)
    from uidmanager.writers.snippet_files import content_of  # noqa: PLC0415 (the same)

    write_file(file, content_of(made), replace=force)
    return Answer(data=data, notices=(notice("snippet.written", "file", f"Written to {file}."),))


def _listed(shelf: Shelf, purpose: Purpose | None) -> Answer:
    rows = [_row(each) for each in shelf.templates if purpose in {None, each.purpose}]

    def text() -> str:
        from uidmanager.writers.rows_text import table  # noqa: PLC0415 (not needed where JSON is wanted)

        return table(_COLUMNS, rows)

    return Answer(data={"rows": rows}, text=text, notices=tuple(shelf.broken.values()))


def _row(template: Template) -> dict[str, str | int | None]:
    return {
        "name": template.name,
        "for": template.purpose.value,
        "toolkit": template.toolkit,
        "what": template.about,
    }

"""``check``: the release gate of a pipeline."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from uidmanager.cli.answers import Answer, notice, problem_of, refused
from uidmanager.cli.commands import Command, reads
from uidmanager.core.errors import Problem, UidManagerError, refusals, remarks
from uidmanager.core.gate import Claim, judge
from uidmanager.core.snippets.facts import facts_of_release
from uidmanager.core.snippets.rendering import render
from uidmanager.core.snippets.templates import Purpose, Template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.cli.session import Session
    from uidmanager.core.snippets.rendering import Snippet


class _Wish(Struct, frozen=True):
    """The file of constants that is wanted, by which template, and whether it may replace what is not ours."""

    file: Path
    template: Template
    force: bool


@click.command("check", cls=Command)
@click.option("--product", required=True, metavar="PRODUCT", help="Which product is built, by number or name.")
@click.option("--version", required=True, metavar="VERSION", help="Which version of it.")
@click.option("--class-uid", metavar="UID", help="The Implementation Class UID that the build has.")
@click.option("--version-name", metavar="NAME", help="The Implementation Version Name that the build has.")
@click.option(
    "--file", "files", multiple=True, metavar="FILE", help="A DICOM file that the build wrote. May be repeated."
)
@click.option("--write", metavar="FILE", help="Have the constants in this file, if all is well.")
@click.option(
    "--format", "form", metavar="FORMAT", help="In which form: c, python, json …; else as the file's name ends."
)
@click.option(
    "--force", is_flag=True, help="Write over a file that is not one of ours. A ledger is never written over."
)
@reads
@click.pass_context
def check(
    context: click.Context,
    *,
    product: str,
    version: str,
    class_uid: str | None,
    version_name: str | None,
    files: tuple[str, ...],
    write: str | None,
    form: str | None,
    force: bool,
) -> Answer:
    """Say whether a build is the release that is registered. Prints its Implementation Class UID.

    Ends with 0 only when the release is registered, not withdrawn, and all that was given is equal to the registry.
    """
    session: Session = context.obj
    wish, problems = _wish(context, write, form, force=force)
    if problems:
        return refused(*problems, data={"uid": None, "version_name": None})
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # a release may be withdrawn in the part that cannot be read
    claims, unread = _claims(class_uid, version_name, files)
    with service.look() as registry:
        verdict = judge(registry, product, version, claims)
        facts = None if verdict.release is None else facts_of_release(registry, verdict.release)
    said = remarks(verdict.problems)
    against = (*refusals(verdict.problems), *unread)
    if facts is None or verdict.release is None or against:
        return refused(*against, data={"uid": None, "version_name": None}).saying(*said)
    data: dict[str, object] = {
        "uid": facts.uid,
        "version_name": verdict.release.version_name,
        "product": facts.values["product"],
        "version": verdict.release.version,
    }
    answer = Answer(data={**data, "file": None, "changed": False}, text=lambda: f"{facts.uid}\n", notices=said)
    return answer if wish is None else _written(answer, wish, render(wish.template, facts))


def _claims(class_uid: str | None, version_name: str | None, files: Sequence[str]) -> tuple[list[Claim], list[Problem]]:
    """What the build says of itself, and which of its files cannot be read."""
    claims, unread = [Claim(class_uid, version_name)], []
    if files:
        from uidmanager.dicom.file_meta import writer_of  # noqa: PLC0415 (only files need it)

        for file in files:
            try:
                writer = writer_of(Path(file))
            except UidManagerError as error:
                unread.append(problem_of(error))
            else:
                claims.append(Claim(writer.class_uid, writer.version_name, file))
    return claims, unread


def _wish(
    context: click.Context, write: str | None, form: str | None, *, force: bool
) -> tuple[_Wish | None, tuple[Problem, ...]]:
    """What is to be written. Raises `click.UsageError` where the options do not fit together."""
    if write is None:
        if form is not None or force:
            raise click.UsageError("--format and --force are for --write.", context)
        return None, ()
    if write in {"", "-"}:
        raise click.UsageError("--write names no file.", context)
    from uidmanager.settings import snippets_folder  # noqa: PLC0415 (loaded only when a file is wanted)
    from uidmanager.writers.snippet_templates import read_templates  # noqa: PLC0415 (the same)

    shelf = read_templates(snippets_folder())
    forms = [each for each in shelf.templates if each.is_constants and each.purpose is Purpose.RELEASE]
    suffix = PurePath(write).suffix
    fitting = [each for each in forms if (PurePath(each.file).suffix == suffix if form is None else each.name == form)]
    if len(fitting) != 1:
        broken = [each for name, each in shelf.broken.items() if form in {None, name}]
        if broken:
            return None, tuple(Problem("snippet.template_broken", "format", each.message) for each in broken)
        names = ", ".join(each.name for each in forms)
        raise click.UsageError(f"Say in which form, with --format; there are: {names}.", context)
    return _Wish(Path(write), fitting[0], force), ()


def _written(answer: Answer, wish: _Wish, made: Snippet) -> Answer:
    """The answer once the constants are in their file. Raises `FileError`."""
    from uidmanager.writers.snippet_files import write_constants  # noqa: PLC0415 (loaded only when a file is wanted)

    if made.problems:
        return refused(*made.problems, data={"uid": None, "version_name": None}).saying(*answer.notices)
    changed = write_constants(wish.file, made, force=wish.force)
    said = (
        notice("check.written", "file", f"The constants were written to {wish.file}.")
        if changed
        else notice("check.unchanged", "file", f"{wish.file} is as it should be; it was not touched.")
    )
    data = {**answer.data, "file": str(wish.file), "changed": changed}
    return Answer(answer.code, data, answer.text, (*answer.notices, said))

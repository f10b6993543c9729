"""``listen``: waits for devices that can only call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from uidmanager.cli.answers import Answer, Exit, notice, refused
from uidmanager.cli.asking import answer_of, identity, speaks, tls_terms
from uidmanager.cli.commands import Command, reads
from uidmanager.cli.output import deliver
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.fleet import told_of
from uidmanager.dicom.names import DicomNames

if TYPE_CHECKING:
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.fleet import Contact
    from uidmanager.dicom.association.listening import Listener, Patience

_HIGHEST_PORT: Final = 65535
_A_DAY_S: Final = 86400
_MOST: Final = 1_000_000


class _NobodyReadsError(Exception):
    """What is told goes nowhere any more."""


@click.command("listen", cls=Command)
@click.argument("port", type=click.IntRange(0, _HIGHEST_PORT))
@click.option("--bind", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; else on this computer only.")
@click.option("--count", type=click.IntRange(1, _MOST), help="End after so many devices.")
@click.option("--seconds", type=click.IntRange(1, 366 * _A_DAY_S), help="End after so many seconds.")
@click.option("--timeout", default=30, type=click.IntRange(1, 3600), help="Seconds for each device; else 30.")
@speaks
@reads
@click.pass_context
def listen(
    context: click.Context,
    *,
    port: int,
    bind: str,
    count: int | None,
    seconds: int | None,
    timeout: int,
    class_uid: str | None,
    version_name: str | None,
    tls: bool,
    ca: str,
    cert: str,
    key: str,
) -> Answer:
    """Wait for devices that can only call, answer their C-ECHO, and say what they announce.

    Prints a line for each as it comes; with --json an object. Nothing else than Verification is accepted, and no data
    is taken. PORT 0 takes any that is free. Ctrl-C ends it.
    """
    session: Session = context.obj
    ours, problems = identity(context, session, class_uid, version_name)
    if ours is None:
        return refused(*problems)
    safety = tls_terms(context, tls=tls, authority=ca, certificate=cert, key=key)
    if safety is not None and not cert:
        raise click.UsageError("With --tls a certificate of ours is needed: --cert.", context)
    service = session.opened()

    from uidmanager.dicom.association.listening import Listener, Patience  # noqa: PLC0415 (pynetdicom is heavy)
    from uidmanager.dicom.association.tls import answering_context  # noqa: PLC0415 (the same)

    shield = None if safety is None else answering_context(safety)
    with Listener(bind, port, ours, seconds=float(timeout), tls=shield) as listener:
        teller = _Teller(session, service)
        try:
            return teller.serve(listener, Patience(count, None if seconds is None else float(seconds)))
        except _NobodyReadsError:
            return Answer(Exit.UNDELIVERED)


class _Teller:
    """Tells of each contact as it ends, and sums them up."""

    def __init__(self, session: Session, service: Service) -> None:
        self._session = session
        self._service = service
        self._names = DicomNames()
        self._announced = 0
        self._has_problems = False

    def serve(self, listener: Listener, patience: Patience) -> Answer:
        """From the first word to the last; Ctrl-C is a good end."""
        where = listener.address
        waiting = notice("listen.waiting", "listen", f"Waiting for devices at {where}. Ctrl-C ends it.")
        self._deliver(Answer(data={"listening": where}, notices=(waiting,)))
        try:
            listener.serve(self._tell, patience)
        except KeyboardInterrupt:
            patience = type(patience)()  # whoever ends it has seen enough
        return self._summary(listener.turned_away, wanted=patience.devices, timed=patience.seconds is not None)

    def _tell(self, contact: Contact) -> None:
        self._service.refresh()
        with self._service.look() as registry:
            told = told_of(registry, contact, self._names)
        self._announced += told.judgement is not None
        answer = answer_of(told)
        self._has_problems |= bool(answer.problems)
        self._deliver(answer)

    def _deliver(self, answer: Answer) -> None:
        if deliver(answer, as_json=self._session.as_json) == Exit.UNDELIVERED:
            raise _NobodyReadsError

    def _summary(self, turned_away: int, *, wanted: int | None, timed: bool) -> Answer:
        notices = []
        if turned_away:
            sentence = f"{turned_away} more were turned away, since too many called at a time. Have them call again."
            notices.append(Problem("listen.full", "listen", sentence, None, Severity.CAUTION))
        problems = []
        if timed and self._announced < (wanted or 1):
            sentence = (
                f"{self._announced} called in the time, {wanted or 1} should have. Check in the device which address, "
                "port and AE title it calls; --bind lets it be called from elsewhere."
            )
            problems.append(Problem("listen.too_few", "listen", sentence))
        code = Exit.REFUSED if problems or self._has_problems else Exit.DONE
        data: dict[str, object] = {"devices": self._announced, "turned_away": turned_away}
        return Answer(code, data, notices=tuple(notices), problems=tuple(problems)).in_trouble(self._service.trouble)

"""The checks of `bootstrap.py test`: all are run, then one table tells how they went."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from _environment import ROOT, program
from _steps import hand_over, say
from _weaknesses import known_weaknesses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COVERAGE_GATE = "Core covered"
# Options of pytest that change what is shown or the order, but not which tests run.
NARROWING_NOTHING = (
    "-v",
    "-q",
    "-s",
    "-l",
    "-r",
    "--tb",
    "--durations",
    "--color",
    "--capture",
    "--verbose",
    "--quiet",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One command; a `loud` one shows its output as it comes, the others only when they fail."""

    name: str
    command: tuple[str | Path, ...]
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check went."""

    name: str
    verdict: str
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether the whole run must fail because of it."""
        return self.verdict == "FAILED"


def runs_all_tests(pytest_arguments: Sequence[str]) -> bool:
    """Whether arguments leave the choice of tests alone, as far as can be told without pytest."""
    return all(argument.startswith(NARROWING_NOTHING) for argument in pytest_arguments)


def checks(pytest_arguments: Sequence[str]) -> list[Check]:
    """Return the checks in the order in which they are run."""
    python = program("python")
    measure = ("--cov", "--cov-report=") if runs_all_tests(pytest_arguments) else ()
    gate = ("-m", "coverage", "report", "--include=uidmanager/core/*", "--fail-under=100")
    return [
        Check("Format", (python, "-m", "ruff", "format", "--check")),
        Check("Lint", (python, "-m", "ruff", "check")),
        Check("Types", (python, "-m", "mypy")),
        Check("Contracts", (program("lint-imports"),)),
        Check("Tests", (python, "-m", "pytest", *measure, *pytest_arguments), loud=True),
        *([Check(COVERAGE_GATE, (python, *gate))] if measure else []),
    ]


def run_checks(pytest_arguments: Sequence[str]) -> int:
    """Run all checks, also after one has failed, print the summary and return the exit code."""
    (ROOT / ".coverage").unlink(missing_ok=True)  # else a test run that breaks off would be judged by the one before
    outcomes = [run_check(check) for check in checks(pytest_arguments)]
    outcomes.append(weaknesses())
    if not runs_all_tests(pytest_arguments):
        outcomes.append(Outcome(COVERAGE_GATE, "not asked: only some tests were run", 0.0))
    print(summary(outcomes), flush=True)
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def run_check(check: Check) -> Outcome:
    """Run one check in the repository's folder."""
    env = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    say(f"\n{check.name}" if check.loud else f"{check.name} ...")
    start = time.perf_counter()
    passes = passes_aloud if check.loud else passes_quietly
    passed = passes(check.command, env)
    seconds = time.perf_counter() - start
    verdict = "ok" if passed else "FAILED"
    say(f"{check.name}: {verdict}, {seconds:.1f} s")
    return Outcome(check.name, verdict, seconds)


def weaknesses() -> Outcome:
    """Ask whether weaknesses are known of the locked packages; only a known one fails the run."""
    say("Known weaknesses ...")
    start = time.perf_counter()
    found = known_weaknesses()
    say(f"Known weaknesses: {found}")
    return Outcome("Known weaknesses", found, time.perf_counter() - start)


def passes_aloud(command: Sequence[str | Path], env: dict[str, str]) -> bool:
    """Run a command on this terminal."""
    return hand_over(command, env=env, cwd=ROOT) == 0


def passes_quietly(command: Sequence[str | Path], env: dict[str, str]) -> bool:
    """Run a command and show what it prints only when it fails."""
    done = subprocess.run(
        command,
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        say(done.stdout.rstrip())
    return done.returncode == 0


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return the table and, under it, the one line that counts."""
    width = max(len(outcome.name) for outcome in outcomes)
    rows = [f"  {outcome.name:<{width}}  {outcome.seconds:7.1f} s  {outcome.verdict}" for outcome in outcomes]
    failed = [outcome.name for outcome in outcomes if outcome.failed]
    closing = f"Failed: {', '.join(failed)}." if failed else "All is well."
    return "\n".join(["", *rows, "", closing])

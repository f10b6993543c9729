"""The locks hold what pyproject.toml asks for, and nothing about the machine that wrote them."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import update_locks
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "packaging" / "locks"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """Return version by package of a lock."""
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def group(name: str) -> Iterator[str]:
    """Yield the requirements of a dependency group, those of the groups it includes among them."""
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group(entry["include-group"])


def unmet(requirements: list[str], lock: dict[str, str]) -> list[str]:
    """Return the requirements that a lock does not meet."""
    parsed = [Requirement(text) for text in requirements]
    return [str(need) for need in parsed if lock.get(canonicalize_name(need.name), "") not in need.specifier]


def test_the_lock_for_running_meets_every_dependency() -> None:
    needs = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    assert unmet(needs, locked("run")) == []


def test_the_lock_for_the_tests_meets_every_group() -> None:
    assert unmet(list(group("dev")), locked("dev")) == []


def test_what_is_run_is_what_was_tested() -> None:
    assert locked("run").items() <= locked("dev").items()


def needs_of(package: str, extra: str = "") -> Iterator[Requirement]:
    """Yield what a package that is installed here needs on this computer."""
    for text in distribution(package).requires or ():
        need = Requirement(text)
        if need.marker is None or need.marker.evaluate({"extra": extra}):
            yield need


@pytest.mark.parametrize("name", ["run", "dev"])
def test_a_lock_holds_all_that_its_packages_need_so_that_nothing_is_looked_for(name: str) -> None:
    """It is installed without their dependencies: to look for those would find newer ones, which have no hash here."""
    lock, here = locked(name), {canonicalize_name(found.name) for found in distributions()}
    needs = [need for package in lock if package in here for need in needs_of(package)]
    needs += [more for need in needs for extra in need.extras for more in needs_of(need.name, extra)]
    assert unmet([f"{need.name}{need.specifier}" for need in needs], lock) == []
    assert needs


def test_the_toolkits_of_the_tests_are_no_part_of_the_program() -> None:
    text = (LOCKS / "toolkits.in").read_text(encoding="utf-8")
    asked = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert unmet(asked, locked("toolkits")) == []
    assert {canonicalize_name(Requirement(need).name) for need in asked}.isdisjoint(locked("dev"))


@pytest.mark.parametrize("name", ["run", "dev"])
def test_qt_is_the_release_that_was_tried(name: str) -> None:
    lock = locked(name)
    assert (lock["pyside6-essentials"], lock["shiboken6"]) == ("6.11.3", "6.11.3")


@pytest.mark.parametrize("name", ["run", "dev", "toolkits"])
def test_every_package_has_hashes(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["run", "dev", "toolkits"])
def test_no_address_and_no_place_of_a_machine_is_named(name: str) -> None:
    assert update_locks.private_lines((LOCKS / f"{name}.txt").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "private"),
    [
        pytest.param("--extra-index-url file:///srv/mirror", True, id="index"),
        pytest.param("-f /srv/wheels", True, id="folder of wheels"),
        pytest.param("    #   -c /home/mara/dev.txt", True, id="path in a comment"),
        pytest.param(r"    #   -c C:\Users\mara\dev.txt", True, id="Windows path in a comment"),
        pytest.param("click @ https://mirror.invalid/click.whl", True, id="address"),
        pytest.param("    --hash=sha256:0123abcd \\", False, id="hash"),
        pytest.param("    #   -c packaging/locks/dev.txt", False, id="relative path"),
        pytest.param("colorama==0.4.6 ; sys_platform == 'win32' \\", False, id="marker"),
    ],
)
def test_what_counts_as_private(line: str, *, private: bool) -> None:
    assert bool(update_locks.private_lines(line)) is private

"""The wheel is whole: installed by itself, away from the source tree, it runs and finds its resources."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WINDOWS = os.name == "nt"
SOURCE = ROOT / "resources"
RESOURCES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.is_file())


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; it must succeed, and must not see the source tree by way of the environment."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "COV"))}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend in this environment, so that nothing is fetched for it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=not WINDOWS)
    programs = folder / ("Scripts" if WINDOWS else "bin")
    python = programs / ("python.exe" if WINDOWS else "python")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel, cwd=folder)
    # The dependencies come from this environment, so no network is needed: its folder of packages stands behind the
    # fresh one's own, where only what is missing is looked for, and where our editable install's .pth has no effect.
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    ours = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (site / "dependencies.pth").write_text("\n".join(ours) + "\n", encoding="utf-8")
    return programs


def test_every_resource_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("uidmanager/_resources/")}
    assert RESOURCES
    assert packed == {f"uidmanager/_resources/{name}" for name in RESOURCES}


def test_the_package_and_its_resources_come_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    script = (
        "import sys, uidmanager; from uidmanager.resources import resource_bytes, resource_path\n"
        "print(uidmanager.__file__, resource_path(sys.argv[1]), resource_bytes(sys.argv[1]).hex(), sep='\\n')"
    )
    package, path, content = run(installed / "python", "-c", script, RESOURCES[0], cwd=tmp_path).splitlines()
    assert Path(package).is_relative_to(installed.parent)
    assert Path(path) == Path(package).parent / "_resources" / RESOURCES[0]
    assert bytes.fromhex(content) == (SOURCE / RESOURCES[0]).read_bytes()


def test_the_console_script_runs(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "uidmanager", "--version", cwd=tmp_path) == "uidmanager 0.2.0\n"

"""Resources are found beside the package in the source tree and inside it once installed or bundled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager import resources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["resources", "uidmanager/_resources"], ids=["source tree", "installed"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of resources of a program laid out in one of the two ways, with two files in it."""
    module = tmp_path / "uidmanager" / "resources.py"
    module.parent.mkdir()
    monkeypatch.setattr(resources, "__file__", str(module))
    folder = tmp_path.joinpath(request.param)
    (folder / "icons").mkdir(parents=True)
    (folder / "hello.txt").write_text("Grüße\n", encoding="utf-8")
    (folder / "icons" / "dot.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("not a resource", encoding="utf-8")
    return folder


def test_text_is_utf_8(folder: Path) -> None:
    assert resources.resource_text("hello.txt") == "Grüße\n"


def test_a_file_in_a_folder_is_named_with_a_slash(folder: Path) -> None:
    assert resources.resource_bytes("icons/dot.png") == b"\x89PNG"
    assert resources.resource_path("icons/dot.png") == folder / "icons" / "dot.png"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("../secret.txt", id="up"),
        pytest.param("icons/../../secret.txt", id="down and up"),
        pytest.param("..\\secret.txt", id="up, by Windows' rules"),
        pytest.param("/etc/hostname", id="from the root"),
        pytest.param("C:\\secret.txt", id="from a drive"),
        pytest.param("C:secret.txt", id="from where a drive stands"),
    ],
)
def test_a_name_that_leads_out_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a resource"):
        resources.resource_path(name)


def test_a_missing_file_is_named(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"'icons/absent\.png'"):
        resources.resource_bytes("icons/absent.png")

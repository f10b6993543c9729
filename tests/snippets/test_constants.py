"""Each file of constants is compiled or parsed by its own language, and gives back what was put in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.snippets.facts import (
    CLASS_UID,
    HOSTILE_NAME,
    HOSTILE_VERSION,
    HOSTILE_WORDS,
    ROOT,
    installation,
    release,
    snippet,
)
from tests.snippets.tools import program, run

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["CT_4.5.0.3", HOSTILE_NAME, "??=??/??'??(??)", '${A} $(B) `C` "', "@A@ %B% !C! <&>"]


@pytest.fixture(params=NAMES, ids=range(len(NAMES)))
def name(request: pytest.FixtureRequest) -> str:
    """An Implementation Version Name that a registry may hold."""
    value: str = request.param
    assert len(value) <= 16
    return value


def write(folder: Path, language: str, name: str) -> list[str]:
    """Write both files of a language; answers what they must give back."""
    for facts in (release(name, HOSTILE_WORDS, HOSTILE_VERSION), installation(product=HOSTILE_WORDS)):
        made = snippet(language, facts)
        assert made.problems == ()
        (folder / made.template.file).write_text(made.text, encoding="utf-8", newline="")
    return [CLASS_UID, name, ROOT]


def test_c(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "c", name)
    main = '#include <stdio.h>\n#include "uids.h"\n#include "uids.h"\n#include "installation.h"\nint main(void) {\n'
    main += "  puts(IMPLEMENTATION_CLASS_UID); puts(IMPLEMENTATION_VERSION_NAME); puts(INSTALLATION_UID_ROOT);\n"
    (tmp_path / "main.c").write_text(main + "  return 0;\n}\n", encoding="utf-8")
    strict = ("-std=c99", "-trigraphs", "-pedantic", "-Wall", "-Wextra", "-Werror")
    run(program("gcc"), *strict, "-o", "main", "main.c", cwd=tmp_path)
    assert run(tmp_path / "main", cwd=tmp_path).splitlines() == expected


def test_cpp(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "cpp", name)
    main = '#include <cstdio>\n#include "uids.hpp"\n#include "uids.hpp"\n#include "installation.hpp"\nint main() {\n'
    for constant in ("implementation_class_uid", "implementation_version_name", "installation_root"):
        main += f"  std::puts(uids::{constant});\n"
    (tmp_path / "main.cpp").write_text(main + "}\n", encoding="utf-8")
    strict = ("-std=c++11", "-trigraphs", "-pedantic", "-Wall", "-Wextra", "-Werror")
    run(program("g++"), *strict, "-o", "main", "main.cpp", cwd=tmp_path)
    assert run(tmp_path / "main", cwd=tmp_path).splitlines() == expected


def test_csharp(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "csharp", name)
    main = "public static class Program { public static void Main() {\n"
    for constant in ("Uids.ImplementationClassUid", "Uids.ImplementationVersionName", "Installation.UidRoot"):
        main += f"  System.Console.WriteLine({constant});\n"
    (tmp_path / "Program.cs").write_text(main + "} }\n", encoding="utf-8")
    run(program("mcs"), "-out:main.exe", "Program.cs", "Uids.cs", "Installation.cs", cwd=tmp_path)
    assert run(program("mono"), "main.exe", cwd=tmp_path).splitlines() == expected


def test_java(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "java", name)
    main = "class Main { public static void main(String[] given) {\n"
    for constant in ("Uids.IMPLEMENTATION_CLASS_UID", "Uids.IMPLEMENTATION_VERSION_NAME", "Installation.UID_ROOT"):
        main += f"  System.out.println({constant});\n"
    (tmp_path / "Main.java").write_text(main + "} }\n", encoding="utf-8")
    # The sources must be read alike whatever the computer's own encoding is.
    run(
        program("javac"),
        "-encoding",
        "US-ASCII",
        "-Werror",
        "Main.java",
        "Uids.java",
        "Installation.java",
        cwd=tmp_path,
    )
    assert run(program("java"), "-cp", ".", "Main", cwd=tmp_path).splitlines() == expected


def test_rust(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "rust", name)
    main = "mod installation;\nmod uids;\nfn main() {\n"
    for constant in ("uids::IMPLEMENTATION_CLASS_UID", "uids::IMPLEMENTATION_VERSION_NAME"):
        main += f'    println!("{{}}", {constant});\n'
    main += '    println!("{}", installation::INSTALLATION_UID_ROOT);\n}\n'
    (tmp_path / "main.rs").write_text(main, encoding="utf-8")
    run(program("rustc"), "-D", "warnings", "-o", "main", "main.rs", cwd=tmp_path)
    assert run(tmp_path / "main", cwd=tmp_path).splitlines() == expected


def test_javascript(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "javascript", name)
    main = 'import * as uids from "./uids.mjs";\nimport * as installation from "./installation.mjs";\n'
    main += "console.log(uids.IMPLEMENTATION_CLASS_UID);\nconsole.log(uids.IMPLEMENTATION_VERSION_NAME);\n"
    (tmp_path / "main.mjs").write_text(main + "console.log(installation.INSTALLATION_UID_ROOT);\n", encoding="utf-8")
    assert run(program("node"), "main.mjs", cwd=tmp_path).splitlines() == expected


def test_cmake(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "cmake", name)
    main = "include(uids.cmake)\ninclude(installation.cmake)\n"
    for number, variable in enumerate(
        ("IMPLEMENTATION_CLASS_UID", "IMPLEMENTATION_VERSION_NAME", "INSTALLATION_UID_ROOT")
    ):
        main += f'file(WRITE {number}.txt "${{{variable}}}")\n'
    (tmp_path / "main.cmake").write_text(main, encoding="utf-8")
    run(program("cmake"), "-P", "main.cmake", cwd=tmp_path)
    assert [(tmp_path / f"{number}.txt").read_text(encoding="utf-8") for number in range(3)] == expected


def test_python(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "python", name)
    names: dict[str, object] = {}
    for file in ("uids.py", "installation.py"):
        exec(compile((tmp_path / file).read_bytes(), file, "exec"), names)  # noqa: S102
    assert [
        names["IMPLEMENTATION_CLASS_UID"],
        names["IMPLEMENTATION_VERSION_NAME"],
        names["INSTALLATION_UID_ROOT"],
    ] == expected


def test_json(tmp_path: Path, name: str) -> None:
    expected = write(tmp_path, "json", name)
    uids = json.loads((tmp_path / "uids.json").read_bytes())
    unit = json.loads((tmp_path / "installation.json").read_bytes())
    given = [uids["implementation_class_uid"], uids["implementation_version_name"], unit["installation_uid_root"]]
    assert given == expected
    assert (uids["product"], uids["version"]) == (HOSTILE_WORDS, HOSTILE_VERSION)
    assert (unit["product"], unit["serial"]) == (HOSTILE_WORDS, "37")


@pytest.mark.parametrize("given", ["CT_4.5.0.3", "CT 4.5 #1", '$A "b" `c` ;&|', "*?[x]~"])
def test_dotenv(tmp_path: Path, given: str) -> None:
    expected = write(tmp_path, "dotenv", given)
    script = ". ./uids.env; . ./installation.env\n"
    script += 'printf "%s\\n" "$IMPLEMENTATION_CLASS_UID" "$IMPLEMENTATION_VERSION_NAME" "$INSTALLATION_UID_ROOT"\n'
    assert run(program("sh"), "-c", script, cwd=tmp_path).splitlines() == expected


def test_dotenv_says_so_where_readers_would_differ() -> None:
    assert [problem.code for problem in snippet("dotenv", release("it's")).problems] == ["snippet.not_sayable"]

"""Asks whether a weakness is known of a package that is locked, and says honestly when nobody could be asked."""

from __future__ import annotations

import json
import subprocess

from _environment import ROOT, program
from _steps import say

SKIPPED = "skipped: no connection"
LONGEST_S = 120


def known_weaknesses() -> str:
    """Ask for the lock that holds everything; return `ok`, `FAILED` or why it is not known."""
    options = ("--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off", "--timeout", "10")
    command = (program("python"), "-m", "pip_audit", "--requirement", "packaging/locks/dev.txt", *options)
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        return SKIPPED
    if "No module named" in done.stderr:
        return "skipped: pip-audit is not installed"
    return verdict(done.stdout)


def verdict(answer: str) -> str:
    """Read pip-audit's answer; its exit code is 0 as well where no package could be asked about."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return SKIPPED
    weak = [package for package in packages if package.get("vulns")]
    for package in weak:
        say(f"{package['name']} {package['version']}: {', '.join(each['id'] for each in package['vulns'])}")
    if weak:
        return "FAILED"
    unknown = sum("skip_reason" in package for package in packages)
    if unknown or not packages:
        return f"skipped: {unknown} of {len(packages)} packages could not be asked about"
    return "ok"

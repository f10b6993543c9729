"""A short run of the machine; `--hypothesis-profile=long` is the long one."""

from __future__ import annotations

from hypothesis import settings

from tests.faults.machine import LedgerMachine

SHORT = settings(max_examples=30, stateful_step_count=20)

TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings() if settings.get_current_profile_name() == "long" else SHORT

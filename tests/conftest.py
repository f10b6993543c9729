"""Hypothesis without deadlines, since this machine may be slow; the same examples every time in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("long", deadline=None, max_examples=500, stateful_step_count=50)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

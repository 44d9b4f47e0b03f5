"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run and machine; slow machines are no failure.
settings.register_profile("sayso", deadline=None, derandomize=True)
settings.load_profile("sayso")

"""From a Reading to claims: who says what, out of the words alone."""

from __future__ import annotations

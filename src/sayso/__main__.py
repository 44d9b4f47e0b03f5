"""`python -m sayso` is the command line."""

from __future__ import annotations

from sayso.cli import main

main(prog_name="sayso")

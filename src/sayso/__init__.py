"""sayso reads news reports and tells who says what, on whose authority.

    import sayso

    record = sayso.read("report.html")
    for statement in record.statements:
        print(statement.stance, record.text_of(*statement.content))

All names are loaded on first use, so that `import sayso` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sayso.api import (
        Actor,
        Failure,
        Record,
        Report,
        SaysoError,
        Span,
        Statement,
        from_json,
        json_schema,
        read,
        read_many,
        read_text,
        to_json,
    )

__all__ = [
    "Actor",
    "Failure",
    "Record",
    "Report",
    "SaysoError",
    "Span",
    "Statement",
    "__version__",
    "from_json",
    "json_schema",
    "read",
    "read_many",
    "read_text",
    "to_json",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("sayso.api"), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

"""What can be asked of an export; nothing else, as `--help` needs it."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class ExportFormat(StrEnum):
    """The forms in which records leave."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    UCDP = "ucdp"
    ACLED = "acled"
    PLOVER = "plover"
    CAMEO = "cameo"
    MUC4 = "muc4"
    GEOJSON = "geojson"
    GEXF = "gexf"
    GRAPHML = "graphml"
    WEBANNOTATION = "webannotation"
    CLAIM = "claim"
    FTM = "ftm"
    PROV = "prov"
    HTML = "html"


class Persons(StrEnum):
    """Whose names leave."""

    PUBLIC = "public"
    """Those of officeholders; the names of private persons are overwritten."""
    ALL = "all"
    NONE = "none"
    """No person's name, whatever the office."""


class TextKept(StrEnum):
    """How much of the words of a report and its comments leaves."""

    FULL = "full"
    QUOTES = "quotes"
    """Only what a row quotes; the rest is overwritten."""
    NONE = "none"
    """No words; titles, names and numbers stay."""


class CsvFor(StrEnum):
    """Who will read a CSV file."""

    SPREADSHEET = "spreadsheet"
    """People with a program that takes some cells for formulas."""
    MACHINE = "machine"
    """Programs: every cell is exactly what the record has."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How an export is made; the defaults are those of the command."""

    persons: Persons = Persons.PUBLIC
    text: TextKept = TextKept.QUOTES
    csv_for: CsvFor = CsvFor.SPREADSHEET

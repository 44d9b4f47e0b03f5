"""The rows of each table, out of a record that `sayso.export.redact` made."""

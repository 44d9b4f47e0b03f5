"""RECORDS <-> ROWS: a project is one SQLite file, or one PostgreSQL schema.

Knows `record` and `errors` alone. `base.Store` is the face; `create_project(where)` and
`open_project(where)` of `sayso.store.projects` give one, `where` being a path or a
`postgresql://` URL.
"""

"""Columns the database computes by itself, so that no way of writing can forget them, and finds words by.

Django does not know them: it never reads them with a row, and the history has no copies of them. What they hold is
described in ``drafts.inquiry``; docs/decisions/search.md says why.
"""

from __future__ import annotations

from django.db import migrations

# A tsvector holds a megabyte at most: of a longer text the beginning is found. ASCII alone is lowered, after marks
# were taken off letters, so that the locale of the database does not matter.
_LETTERS = "translate(lower(normalize(left($1, 200000), NFD) COLLATE \"C\"), 'ĐÐð', 'đđđ')"
_BARE = rf"regexp_replace({_LETTERS}, '[\u0300-\u036f]+', '', 'g')"
_TONES_LAST = (
    rf"regexp_replace({_LETTERS}, '([\u0300\u0301\u0303\u0309\u0323])([a-zđ\u0302\u0306\u031b]+)', '\2\1', 'g')"
)
_DIGITS = rf"translate({_TONES_LAST}, E'\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b', '12345678')"


def functions() -> list[migrations.RunSQL]:
    """``gopy_folded`` and ``gopy_spelled``: the same as in drafts.inquiry."""
    return [_function("gopy_folded", _BARE), _function("gopy_spelled", _DIGITS)]


def columns(table: str, words: str, *, heading: str = "") -> list[migrations.RunSQL]:
    """Makes the SQL expression ``words`` of the table's columns searchable, and its ``heading`` apart."""
    vectors = {"found_folded": f"gopy_folded({words})", "found_spelled": f"gopy_spelled({words})"}
    if heading:
        vectors["found_heading"] = f"gopy_folded({heading})"
    added = ", ".join(
        f"ADD COLUMN {name} tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {text})) STORED"
        for name, text in vectors.items()
    )
    dropped = ", ".join(f"DROP COLUMN {name}" for name in vectors)
    operations = [_run(f"ALTER TABLE {table} {added}", f"ALTER TABLE {table} {dropped}")]
    for name in ("found_folded", "found_spelled"):
        index = f"{table}_{name}"
        operations.append(_run(f"CREATE INDEX {index} ON {table} USING gin ({name})", f"DROP INDEX {index}"))
    return operations


def _function(name: str, text: str) -> migrations.RunSQL:
    return _run(
        f"CREATE FUNCTION {name}(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        f"RETURN regexp_replace({text}, '[^a-z0-9đ]+', ' ', 'g')",
        f"DROP FUNCTION {name}(text)",
    )


def _run(sql: str, reverse: str) -> migrations.RunSQL:
    return migrations.RunSQL([sql], [reverse])

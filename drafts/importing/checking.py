"""Check."""
from drafts.importing.findings import Finding
from drafts.importing.nesting import NodeDraft


def check(drafts: list[NodeDraft]) -> list[Finding]:
    return []

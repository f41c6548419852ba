"""What people decide about a graph, in a YAML file beside it that every build applies."""

from kg.curation.lines import Add, Apart, Curation, Finding, Merge, Name, Reject, Rename, Retype

__all__ = ["Add", "Apart", "Curation", "Finding", "Merge", "Name", "Reject", "Rename", "Retype"]

"""What people decide about a graph, in a YAML file beside it that every build applies."""

from kg.curation.facts import readings_of
from kg.curation.file import append, file_of, load_curation
from kg.curation.lines import (
    SOURCE,
    Add,
    Apart,
    Curation,
    Finding,
    Line,
    Merge,
    Name,
    Reject,
    Rename,
    Retype,
    in_words,
)

CURATED = SOURCE

__all__ = [
    "CURATED",
    "Add",
    "Apart",
    "Curation",
    "Finding",
    "Line",
    "Merge",
    "Name",
    "Reject",
    "Rename",
    "Retype",
    "append",
    "file_of",
    "in_words",
    "load_curation",
    "readings_of",
]

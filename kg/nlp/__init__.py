"""From an article to mentions and claims: a spaCy pipeline, one component a file."""

from kg.nlp.pipeline import make_doc, make_pipeline, read, reading

__all__ = ["make_doc", "make_pipeline", "read", "reading"]

"""From article-local entities to one entity per real thing in the corpus."""

from kg.link.corpus import Corpus
from kg.link.linking import Changes, Linker, link

__all__ = ["Changes", "Corpus", "Linker", "link"]

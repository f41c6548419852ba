"""From article-local entities to one entity per real thing in the corpus."""

from kg.link.linking import link

__all__ = ["link"]

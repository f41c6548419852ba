"""Pages to look around in: one file each, nothing loaded from anywhere."""

from kg.explore.document import page

__all__ = ["page"]

"""Pages to look around in: one file each, nothing loaded from anywhere."""

from kg.explore.page import page

__all__ = ["page"]

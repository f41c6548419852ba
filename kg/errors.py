"""Errors people can act on: one line that says what, where and how to mend it."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error this package raises on purpose; its text is one clear line."""

    exit_code = 1


class UsageError(KgError):
    """The request itself is off (a wrong option, name or format)."""

    exit_code = 2


class SourceError(KgError):
    """A source cannot be read."""


class StoreError(KgError):
    """A graph cannot be opened, read or written."""


class DataError(KgError):
    """A data or settings file of the user or of this package is wrong."""

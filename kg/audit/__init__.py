"""What does not add up in a graph and its articles, and what was not read at all."""

from kg.audit.auditing import audit
from kg.audit.finding import Cause, Evidence, Finding, Kind, Severity
from kg.audit.unread import Unread, unread

__all__ = ["Cause", "Evidence", "Finding", "Kind", "Severity", "Unread", "audit", "unread"]

"""What a component of others said that cannot be taken over, and why."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from spacy.tokens import Doc

_log = logging.getLogger("kg.nlp.plugins")
_KEY = "set aside"


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was said (cut short), by which component, and what is wrong with it."""

    component: str
    said: str
    reason: str


def put_aside(doc: Doc, component: str, said: object, reason: str) -> None:
    """Note on a `Doc`, and in the log, that something was not taken over."""
    one = SetAside(component, str(said)[:200], reason)
    doc.user_data.setdefault(_KEY, []).append(one)
    _log.info("%s: set aside %s: %s", component, one.said, reason)


def set_aside(doc: Doc) -> tuple[SetAside, ...]:
    """All that was set aside as the document was read, in order."""
    return tuple(doc.user_data.get(_KEY, ()))

"""The one place that names IRIs: readable, in Chinese where the name is Chinese, one for each name.

Only the characters that RFC 3987 forbids in a path are percent-encoded, and `%` itself, so that two
names never share an IRI and a name can be read back from its IRI.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from kg.model import Claim, Concept, Ref
from kg.settings import ID_BASE, ONTOLOGY_BASE, Settings

# what an IRI path may hold as it is (RFC 3987: ipchar and "/"), less "%"
_FREE = re.compile(
    "[A-Za-z0-9._~!$&'()*+,;=:@/\\-"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + f"{chr(0xE1000)}-{chr(0xEFFFD)}]"
)
_DOTS = re.compile(r"(?<![^/])\.{1,2}(?![^/])")  # the path segments "." and "..", which resolving would drop


@lru_cache(maxsize=100_000)
def encode(path: str) -> str:
    """`path` as the path of an IRI; `/` stays. Injective: `decode(encode(path)) == path`."""
    kept = "".join(char if _FREE.match(char) and _visible(char) else _percent(char) for char in path)
    return _DOTS.sub(lambda dots: "%2E" * len(dots.group()), kept)


def decode(path: str) -> str:
    """The text that `encode` made `path` from."""
    return unquote(path, encoding="utf-8", errors="surrogatepass")


def _visible(char: str) -> bool:
    """Invisible and direction-changing characters are legal, but make IRIs that the eye cannot tell apart."""
    return unicodedata.category(char) not in ("Cf", "Zs", "Zl", "Zp")


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", errors="surrogatepass"))


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of a graph under its two bases."""

    ontology_base: str = ONTOLOGY_BASE
    id_base: str = ID_BASE

    @classmethod
    def of(cls, settings: Settings) -> Iris:
        """The IRIs under the bases that the settings name."""
        return cls(settings.ontology_base, settings.id_base)

    def term(self, name: str) -> str:
        """A class, property or concept of the ontology, by its local name: `inProduction`."""
        return self.ontology_base + encode(name)

    def entity(self, entity_id: str) -> str:
        """An entity, by its id after linking: `zone/左云经济技术开发区`."""
        return self.id_base + encode(entity_id)

    def entity_id(self, iri: str) -> str | None:
        """The id behind an IRI under the id base; None for any other IRI."""
        return decode(iri.removeprefix(self.id_base)) if iri.startswith(self.id_base) else None

    def source(self, source_id: str) -> str:
        """A file that was read."""
        return f"{self.id_base}source/{encode(source_id)}"

    def article(self, article_id: str) -> str:
        """An article, which also names the graph of what it says."""
        return f"{self.id_base}article/{encode(article_id)}"

    def mention(self, article_id: str, start: int, end: int) -> str:
        """A stretch of an article's body, as an RFC 5147 fragment of the article's IRI."""
        return f"{self.article(article_id)}#char={start},{end}"

    def claim(self, article_id: str, claim: Claim) -> str:
        """A claim, by what it says and where: the same fact at the same place has the same IRI.

        `claim` is in corpus-wide entity ids. How it was found (rule, confidence) is left out.
        """
        return f"{self.article(article_id)}#claim={_digest(*_content(claim))}"

    def placement(self, entity_id: str, segment: str) -> str:
        """The statement that an entity stands in a segment (an IRI)."""
        return f"{self.id_base}placement/{_digest(entity_id, segment)}"

    def coverage(self, entity_id: str, segment: str) -> str:
        """What is known of a segment (an IRI) in a zone, park or place."""
        return f"{self.id_base}coverage/{_digest(entity_id, segment)}"

    def graph(self, name: str) -> str:
        """One of the graphs that belong to no article: `entities`, `reference`, `derived`."""
        return f"{self.id_base}graph/{encode(name)}"

    @property
    def additions(self) -> str:
        """The graph of what was added without naming a graph."""
        return f"{self.id_base}additions"

    def is_built(self, graph: str) -> bool:
        """Whether a graph is one that builds write: of an article, or one of those that belong to none."""
        return graph.startswith((self.article(""), self.graph("")))

    def rebase(self, turtle: str) -> str:
        """Turtle of the ontology, moved from the default bases to these."""
        return turtle.replace(ONTOLOGY_BASE, self.ontology_base).replace(ID_BASE, self.id_base)


def _content(claim: Claim) -> list[str | int | None]:
    match claim.object:
        case Ref(entity):
            kind, value = "entity", entity
        case Concept(name):
            kind, value = "concept", name
        case number:
            kind, value = "number", str(number.normalize())
    return [
        claim.subject, claim.predicate, kind, value, claim.start, claim.end, claim.modality, claim.unit,
        None if claim.max_value is None else str(claim.max_value.normalize()),
        claim.date, claim.indicator, claim.product, claim.title, claim.of,
    ]  # fmt: skip


def _digest(*parts: str | int | None) -> str:
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]

"""The judge: which candidates are mentions, and which mentions are one entity.

Candidates compete for the text. The surer and longer one wins; what lies inside a winner stays only if a
reader wants both (the firm in its project's name, the place in its zone's), what crosses one is dropped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

import kg.nlp.extensions  # noqa: F401
from kg.model import Entity, EntityType
from kg.nlp.coreference import Name, cluster

# The types a mention may lie inside of.
_INSIDE: dict[str, frozenset[str]] = {
    "Place": frozenset({"Zone", "Park", "Project", "Chain", "Industry"}),
    "Zone": frozenset({"Park", "Project", "Chain"}),
    "Park": frozenset({"Project"}),
    "Firm": frozenset({"Project", "Park", "Chain"}),
    "Institution": frozenset({"Project"}),
    "Product": frozenset({"Project"}),
    "Chain": frozenset({"Project"}),
}
# Two types one stretch may have at once: 友联科技等项目 names the firm and its project.
_BOTH = ({"Firm", "Project"}, {"Product", "Project"}, {"Chain", "Industry"}, {"Institution", "Project"})
# A candidate with a lower score is no mention. A place draws the figures and projects around it to itself.
_FLOOR = 0.4
_FLOORS = {"Place": 0.5}
_PER_CHARACTER = 0.012
_BRIEFLY = re.compile(
    r"[（(](?:以下|下文|下称)?(?:统?简称|称)(?:为|作)?[:：]?[“\"「]?([^”\"」）)（(“]{2,16}?)[”\"」]?[)）]"
)
# What is counted is a kind, not a name: 建成创新创业基地44个，
_COUNTED = re.compile(
    r"(?!1[个家座处所项条]|一)(?:\d[\d,.]*|[二两三四五六七八九十百]+)(?:余|多)?[个家座处所项条](?=[，。；、,;\n]|$)"
)
_WORKS_ONLY = re.compile(r"(?:等?项目|工程|[一二三四五六]期|[（(][^（()）]{1,8}[）)])*$")


def choose(candidates: Iterable[Span]) -> list[Span]:
    """The candidates that are mentions, in order of start, longer first."""
    pool = [span for span in candidates if span._.score >= _FLOORS.get(span.label_, _FLOOR)]

    def rank(span: Span) -> float:
        return float(span._.score) + _PER_CHARACTER * min(span.end_char - span.start_char, 25)

    pool.sort(key=lambda s: (-round(rank(s), 6), s.start, -s.end, s.label_))
    kept: list[Span] = []
    at: dict[int, list[Span]] = defaultdict(list)  # kept spans by the tokens they cover
    for span in pool:
        rivals = {id(k): k for i in range(span.start, span.end) for k in at[i]}.values()
        if all(_agree(span, rival) for rival in rivals):
            kept.append(span)
            for i in range(span.start, span.end):
                at[i].append(span)
    return sorted(kept, key=lambda s: (s.start, -s.end, s.label_))


def _agree(a: Span, b: Span) -> bool:
    """Whether two overlapping candidates can both be mentions."""
    if (a.start, a.end) == (b.start, b.end):
        return {a.label_, b.label_} in _BOTH
    inner, outer = (a, b) if b.start <= a.start and a.end <= b.end else (b, a)
    if not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    if outer.label_ not in _INSIDE.get(inner.label_, ()):
        return False
    if inner.label_ == "Park":  # the project is the park itself: 深加工产业园一期
        return _WORKS_ONLY.match(outer.doc._.article.body[inner.end_char : outer.end_char]) is None
    return True


def _short_forms(doc: Doc, kept: list[Span]) -> dict[str, Span]:
    """Short forms that the text defines: 左云经济技术开发区(以下简称左云开发区)."""
    found: dict[str, Span] = {}
    for span in kept:
        defined = _BRIEFLY.match(doc._.article.body, span.end_char)
        if defined:
            found.setdefault(defined[1], span)
    return found


class Entities:
    """Writes `doc.spans["entities"]` and `doc._.entities`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        body = doc._.article.body
        candidates = [s for s in doc.spans.get("candidates", ()) if not _COUNTED.match(body, s.end_char)]
        kept = choose(candidates)
        briefly = _short_forms(doc, kept)
        if briefly:
            kept = choose([*candidates, *_occurrences(doc, briefly)])
        places = [s for s in candidates if s.label_ == "Place"]
        names = [_name(span, places) for span in kept]
        numbers = cluster(names)
        numbers = _join(numbers, kept, briefly)
        mentions: list[Span] = []
        members: dict[str, list[Span]] = defaultdict(list)
        ids: dict[int, str] = {}
        for span, number in zip(kept, numbers, strict=True):
            id_ = ids.setdefault(number, f"e{len(ids) + 1}")
            mention = doc.char_span(
                span.start_char, span.end_char, label=span.label_, span_id=id_, kb_id=span.kb_id_
            )
            assert mention is not None  # it covers the tokens of a span that is there
            mention._.score, mention._.rule = span._.score, span._.rule
            mentions.append(mention)
            members[id_].append(mention)
        doc.spans["entities"] = mentions
        doc._.entities = {id_: _entity(id_, spans) for id_, spans in members.items()}
        return doc


def _occurrences(doc: Doc, briefly: dict[str, Span]) -> list[Span]:
    """Every place where a defined short form stands."""
    found = []
    for form, span in briefly.items():
        for hit in re.finditer(re.escape(form), doc._.article.body):
            mention = doc.char_span(hit.start(), hit.end(), label=span.label_)
            if mention is not None:
                mention._.score, mention._.rule = 0.95, "defined"
                found.append(mention)
    return found


def _join(numbers: list[int], kept: list[Span], briefly: dict[str, Span]) -> list[int]:
    """Give defined short forms the number of what they are short for."""
    for form, span in briefly.items():
        target = next((n for n, s in zip(numbers, kept, strict=True) if s.text == span.text), None)
        same = {n for n, s in zip(numbers, kept, strict=True) if s.text == form and s.label_ == span.label_}
        if target is not None:
            numbers = [target if n in same else n for n in numbers]
    return numbers


def _name(span: Span, places: list[Span]) -> Name:
    inside: tuple[tuple[str, str], ...] = ()
    if span.label_ in ("Zone", "Park", "Firm"):
        inside = tuple(
            (p.text, p.kb_id_)
            for p in places
            if span.start <= p.start and p.end <= span.end and len(p) < len(span)
        )
    return Name(span.label_, span.text, span.kb_id_, inside)


def _entity(id_: str, spans: list[Span]) -> Entity:
    """An entity of its mentions: the longest form is its name."""
    forms = list(dict.fromkeys(span.text for span in spans))
    name = max(forms, key=len)
    codes = sorted({s.kb_id_ for s in spans if s.kb_id_ and s.label_ == "Place"})
    return Entity(
        id=id_,
        type=EntityType(spans[0].label_),
        name=name,
        aliases=tuple(form for form in forms if form != name),
        identifiers=tuple(("gb2260", code) for code in codes[:1]),
    )


@Language.factory("lz_entities")
def make_entities(nlp: Language, name: str) -> Entities:
    """No settings."""
    return Entities()

"""The judge: how likely a candidate is a name, from what the rules and the network say of it and of its rivals.

A vote of traits (`kg.nlp.weigh`), fitted on articles that the network was not trained on, so that what comes out
can be read as a probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from kg.nlp.candidates import passages
from kg.nlp.learned.network import Named

_FINE = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)
_COARSE = (0.05, 0.2, 0.5, 0.8, 0.95)
_WORTH = 0.05  # what the network alone proposes counts from here
_NONE = "-"
_JOINS = frozenset("、和与")

Key = tuple[int, int, str]  # start, end, type


@dataclass(slots=True)
class Case:
    """What is known of a candidate: the network's probability, the rule's score (-1 without a rule) and name."""

    network: float = 0.0
    rule: float = -1.0
    by: str = ""


@dataclass(slots=True)
class Bench:
    """All candidates of a document, with what is looked up for their traits."""

    text: str
    kinds: Mapping[int, str]  # kind of block by offset, where it is no paragraph
    cases: dict[Key, Case]
    heads: Mapping[tuple[int, int], tuple[str, str]] = field(
        default_factory=dict
    )  # of items of a list: kind, noun
    _at: dict[int, list[Key]] = field(init=False)
    _alike: dict[tuple[str, str], list[Key]] = field(init=False)

    def __post_init__(self) -> None:
        self._at, self._alike = defaultdict(list), defaultdict(list)
        for key in self.cases:
            for offset in range(key[0], key[1]):
                self._at[offset].append(key)
            self._alike[self.text[key[0] : key[1]], key[2]].append(key)

    @classmethod
    def of(cls, doc: Doc, named: Iterable[Named]) -> Bench:
        """The bench of a document with the candidates of its rules and of the network."""
        cases: dict[Key, Case] = {}
        for span in doc.spans.get("candidates", ()):
            case = cases.setdefault(key(span), Case())
            if span._.score > case.rule:
                case.rule, case.by = span._.score, span._.rule
        for one in named:
            place = (one.start, one.end, one.type)
            if place in cases or one.probability >= _WORTH:
                cases.setdefault(place, Case()).network = one.probability
        kinds = {
            offset: span.label_
            for span in doc.spans["sentences"]
            if span.label_ != "paragraph"
            for offset in range(span.start_char, span.end_char)
        }
        heads = {
            (offset + item.start, offset + item.end): (phrase.kind, phrase.head)
            for offset, passage in passages(doc)
            for phrase in passage.phrases
            if phrase.closed
            for item in phrase.items
        }
        return cls(doc._.article.body, kinds, cases, heads)

    def traits(self, key: Key) -> Iterator[str]:
        """What speaks for and against a candidate."""
        start, end, kind = key
        case = self.cases[key]
        network, rule = _bin(case.network, _COARSE), _bin(case.rule, _COARSE)
        yield f"network:{_bin(case.network, _FINE)}"
        yield f"rule:{_bin(case.rule, _FINE)}"
        yield f"{kind}:network:{_bin(case.network, _FINE)}"
        yield f"{kind}:rule:{_bin(case.rule, _FINE)}"
        yield f"{kind}:network:{network}:rule:{rule}"
        if case.by:
            yield f"{kind}:by:{case.by}"
        yield from self._elsewhere(key, network)
        yield from self._rivals(key, network, rule)
        yield from self._listed(key)
        yield f"{kind}:size:{min(end - start, 12)}"
        yield f"{kind}:block:{self.kinds.get(start, 'paragraph')}"
        yield f"{kind}:count:{min(4, self.text.count(self.text[start:end]))}"

    def _elsewhere(self, key: Key, network: str) -> Iterator[str]:
        """What is said of the same name where it stands again."""
        start, end, kind = key
        others = [self.cases[o] for o in self._alike[self.text[start:end], kind] if o != key]
        best = max((o.network for o in others), default=-1.0)
        yield f"{kind}:elsewhere:{_bin(best, _FINE)}"
        yield f"elsewhere:{_bin(best, _COARSE)}:{network}"
        yield f"{kind}:rule-elsewhere:{_bin(max((o.rule for o in others), default=-1.0), _COARSE)}"

    def _listed(self, key: Key) -> Iterator[str]:
        """What the noun behind its list says (A、B等企业), and what stands on either side of it in the list."""
        start, end, kind = key
        if (start, end) in self.heads:
            what, noun = self.heads[start, end]
            yield f"{kind}:head:{what}"
            yield f"{kind}:noun:{noun}"
        before = self._ending(start - 1, kind) if self.text[max(0, start - 1) : start] in _JOINS else -1.0
        after = self._beginning(end + 1, kind) if self.text[end : end + 1] in _JOINS else -1.0
        yield f"{kind}:before:{_bin(before, _COARSE)}"
        yield f"{kind}:after:{_bin(after, _COARSE)}"

    def _beginning(self, offset: int, kind: str) -> float:
        """The network's best candidate of a type that begins at an offset."""
        own = [o for o in self._at.get(offset, ()) if o[2] == kind and o[0] == offset]
        return max((self.cases[o].network for o in own), default=0.0)

    def _ending(self, offset: int, kind: str) -> float:
        """The network's best candidate of a type that ends at an offset."""
        own = [o for o in self._at.get(offset - 1, ()) if o[2] == kind and o[1] == offset]
        return max((self.cases[o].network for o in own), default=0.0)

    def _rivals(self, key: Key, network: str, rule: str) -> Iterator[str]:
        """What overlaps it."""
        start, end, kind = key
        rivals = sorted({o for offset in range(start, end) for o in self._at[offset]} - {key})
        shifted = [o for o in rivals if o[2] == kind]
        best = max((self.cases[o].network for o in shifted), default=0.0)
        ruled = max((self.cases[o].rule for o in shifted), default=-1.0)
        yield f"{kind}:rival:{_bin(best, _COARSE)}"
        yield f"rival:{_bin(best, _COARSE)}:{network}"
        yield f"{kind}:rule-rival:{_bin(ruled, _COARSE)}:{rule}"
        for other in rivals:
            case, name = self.cases[other], other[2]
            if (other[0], other[1]) == (start, end):
                if case.network >= _WORTH:
                    yield f"{kind}:as:{name}:{_bin(case.network, _COARSE)}"
                if case.rule >= 0:
                    yield f"{kind}:rule-as:{name}:{_bin(case.rule, _COARSE)}"
            elif other[0] <= start and end <= other[1] and case.network >= 0.2:
                where = "edge" if other[0] == start else "middle"
                yield f"{kind}:inside:{name}:{where}:{_bin(case.network, _COARSE)}"


def key(span: Span) -> Key:
    """The place and type of a candidate."""
    return span.start_char, span.end_char, span.label_


def _bin(value: float, edges: tuple[float, ...]) -> str:
    return _NONE if value < 0 else str(sum(value >= edge for edge in edges))

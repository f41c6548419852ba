"""Development zones and parks: names that end in a kind (经开区, 产业园), read leftwards to where they begin.

The kinds are in kg/data/zone_kinds.csv. Every way to begin a name at each kind is a guess; what the name holds (a
place, nouns that say something, only 特色 and 省级), what stands around it and how often it occurs say how
likely it is (`kg.nlp.weigh`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick
from spacy.language import Language
from spacy.tokens import Doc

from kg.names import ZoneKind, zone_kind, zone_kinds
from kg.nlp.candidates import passages
from kg.nlp.lists import Listing
from kg.nlp.spotting import NAME_TAGS, WordIndex, left_edges, propose
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import words

_ACTIONS = frozenset(words("zone_words", "actions"))
_SURE = 0.5
# an item that shares its kind with others: no 静安区等8个重点区域和
_ITEM = re.compile("(?!.*(?:等|[和与及的了]$))[\u4e00-\u9fffA-Za-z—·（）()]{2,12}$")
_PLAIN = frozenset({"园区", "产业园", "产业园区", "开发区", "园"})
_WORKS = re.compile(r"[（(]?[一二三四五六七]期|(?:建设)?(?:项目|工程)")


@dataclass(frozen=True, slots=True)
class Guess:
    """A stretch that may name a zone or park, with what speaks for and against it."""

    start: int
    end: int
    kind: ZoneKind
    traits: frozenset[str]


class Zones:
    """Appends Zone and Park candidates; a bare kind (经开区) has the rule `zone.bare`."""

    def __init__(self) -> None:
        self._kinds = ahocorasick.Automaton()
        for kind in zone_kinds():
            self._kinds.add_word(kind.suffix, kind)
        self._kinds.make_automaton()
        self._qualifiers = frozenset(words("zone_words", "zone"))
        self._generic = frozenset(words("zone_words", "generic"))
        self._levels = frozenset(words("zone_words", "levels"))
        self._leads = frozenset(words("leads"))
        self._verbs = frozenset(words("leads", "verbs"))
        self._others = tuple(words("zone_words", "others"))

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        best: dict[int, tuple[float, Guess]] = {}
        for guess in self.guesses(doc, WordIndex(doc._.words)):
            value = score(guess.traits, weights(guess.kind.type.lower()))
            if value > best.get(guess.end, (0.1, guess))[0]:
                best[guess.end] = (value, guess)
        for end, (value, guess) in sorted(best.items()):
            if "elliptic" in guess.traits:
                # 颍上 of 颍上、临泉经开区 is a place as well, and surely: the zone must outweigh that
                value = 0.9 + value / 10 if value >= _SURE else value
                propose(doc, guess.start, end, guess.kind.type, value, "zone.elliptic")
                continue
            bare = end - guess.start <= len(guess.kind.suffix) + 1
            propose(doc, guess.start, end, guess.kind.type, value, "zone.bare" if bare else "zone.named")
        return doc

    def guesses(self, doc: Doc, index: WordIndex) -> Iterator[Guess]:
        """Every way to begin a name at each kind in the text, and the items of lists that share one."""
        yield from self._elliptic(doc)
        text = doc._.article.body
        places = {s.start_char: s.end_char for s in doc.spans.get("candidates", ()) if s.label_ == "Place"}
        ends = {end: start for start, end in places.items()}
        items: dict[int, tuple[int, Listing]] = {}
        for offset, passage in passages(doc):
            for phrase in passage.phrases:
                items.update({offset + item.start: (offset + item.end, phrase) for item in phrase.items})
        hits = self._hits(text)
        seen = Counter(text[start:end] for start, end, _ in hits)
        inner = {end: kind for _, end, kind in hits if len(kind.suffix) > 1}
        for start, end, kind in hits:
            final = index.covering(end - 1)
            if len(kind.suffix) == 1 and text.endswith(self._others, max(0, end - 3), end):
                continue  # 公园, 县城
            if final is None or (len(kind.suffix) == 1 and (final.end != end or final.tag == "m")):
                continue  # 城市, 港口, 园林
            own = [start - 1] if text[start - 1 : start] in ("市", "县", "州") else []
            for left in own + left_edges(text, index, ends, items, start):
                if text[left:start] in self._levels:
                    continue  # 国家级高新区
                traits = set(self._traits(text, index, places, ends, items, left, start, end, kind))
                within = {inner[at].type for at in range(left + 2, start + 1) if at in inner}
                traits |= {f"within:{type_}:{'whole' if start in inner else 'part'}" for type_ in within}
                name = text[left:end]
                times = text.count(name) if left < start else seen[name]
                yield Guess(left, end, kind, frozenset([*traits, f"times:{min(times, 4)}"]))

    def _elliptic(self, doc: Doc) -> Iterator[Guess]:
        """Items whose kind stands once for the whole list: 颍上、临泉经开区; 新平、易门等4个园区."""
        for offset, passage in passages(doc):
            for phrase in passage.phrases:
                items = phrase.items
                if phrase.closed and phrase.kind == "park":
                    kind, how = zone_kind(phrase.mod + phrase.head), "closed"
                elif len(items) > 1 and not phrase.closed:
                    kind, how = zone_kind(items[-1].text), "shared"
                    items = items[:-1]
                else:
                    continue
                if kind is None:
                    continue
                own = [item for item in items if _ITEM.match(item.text) and zone_kind(item.text) is None]
                if phrase.items[-1].text == kind.suffix and how == "shared":
                    continue  # 道路、管网、园区
                of_place = {item.start for item in own if passage.places.get(item.start, 0) > item.start}
                for item in own:
                    whole = passage.places.get(item.start) == item.end
                    tags = passage.tags(item.start, item.end)
                    shape = "place" if whole else "placed" if item.start in of_place else "nouns"
                    named = any(w.tag in NAME_TAGS for w in tags)
                    share = 2 * len(of_place) // len(own)
                    traits = {
                        "elliptic",
                        f"elliptic:{how}:{shape}",
                        f"elliptic:{shape}:{share}",
                        f"elliptic:{shape}:{'bare' if kind.suffix in _PLAIN else 'said'}",
                        f"elliptic:{how}:{'own' if len(own) < len(phrase.items) - (how == 'shared') else 'none'}",
                        f"elliptic:named:{named}",
                        f"elliptic:mod:{bool(phrase.mod)}" if how == "closed" else "elliptic:open",
                    }
                    yield Guess(offset + item.start, offset + item.end, kind, frozenset(traits))

    def _hits(self, text: str) -> list[tuple[int, int, ZoneKind]]:
        """Kinds in the text, the longest at each end, none that a longer one covers."""
        found = [(last + 1 - len(kind.suffix), last + 1, kind) for last, kind in self._kinds.iter(text)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, ZoneKind]] = []
        for hit in found:
            if kept and hit[1] <= kept[-1][1]:
                continue
            if kept and hit[0] < kept[-1][1]:
                kept.pop()  # 产业园 and 园区 overlap in 产业园区: the later end is the name's
            kept.append(hit)
        return kept

    def _traits(
        self,
        text: str,
        index: WordIndex,
        places: dict[int, int],
        ends: dict[int, int],
        items: dict[int, tuple[int, Listing]],
        left: int,
        start: int,
        end: int,
        kind: ZoneKind,
    ) -> Iterator[str]:
        inner = index.inside(left, start)
        first = inner[0] if left < start and inner else None
        bare = end - left <= len(kind.suffix) + (text[left] in "市县州" and left < start)
        telling = [w for w in inner if (w.text not in self._generic and w.end <= start) or w.tag in NAME_TAGS]
        shape = "bare" if bare else "placed" if left in places else "named" if telling else "generic"
        if shape == "named" and not any(w.tag in NAME_TAGS for w in inner):
            shape = "nouns"
        if left in places and places[left] >= start:
            shape = "place-only"
        alone = "alone" if kind.alone else "common"
        yield f"suffix:{kind.suffix}"
        yield f"family:{kind.family}:{shape}"
        yield f"shape:{shape}:{alone}"
        yield f"size:{min((start - left + 1) // 2, 8)}"
        yield f"words:{min(len(inner), 5)}"
        before = index.covering(left - 1) if left else None
        if left in ends:
            side = "place"
        elif before is None or before.tag == "w":
            side = "mark"
        elif before.end > left:
            side = "cut"
        elif before.text in self._levels:
            side = "level"
        elif before.text in self._verbs:
            side = "lead"
        else:
            side = (
                before.tag if before.tag in ("v", "vn", "n", "m", "u", "p", "c", "a", "LOC", "r") else "other"
            )
        yield f"left:{side}"
        yield f"left:{side}:{shape}"
        if first is not None:
            yield f"first:{first.tag}"
            if first.text in self._levels:
                yield "first-is-level"
            if first.text in self._leads:
                yield "first-is-lead"
            elif any(w.text in self._verbs for w in inner):
                yield "holds-lead"
            if first.text in self._generic:
                yield "first-is-generic"
            yield f"telling:{min(len(telling), 3)}"
            if any(w.tag == "v" and w.text not in _ACTIONS for w in inner):
                yield "holds-verb"
            if any(w.tag == "m" for w in inner):
                yield "holds-number"
        if any(left < p < start for p in places):
            yield "place-inside"
        item = items.get(left)
        if item is not None:
            phrase = item[1]
            closed = (
                f"closed-{phrase.kind}" if phrase.closed else "many" if len(phrase.items) > 1 else "single"
            )
            yield f"item:{closed}:{'whole' if item[0] == end else 'head'}"
            yield f"item:{shape}"
        yield f"right:{self._right(text, index, end)}"
        yield f"right:{self._right(text, index, end)}:{shape}"

    def _right(self, text: str, index: WordIndex, end: int) -> str:
        after = text[end : end + 1]
        if _WORKS.match(text, end):
            return "works"
        if not "\u4e00" <= after <= "\u9fff":
            return after if after in "、，。；（”" and after else "mark"
        word = index.covering(end)
        if word is None or word.start != end:
            return "cut"
        if word.text in ("建设", "发展", "等", "内", "管委会", "企业", "改革"):
            return word.text
        return (
            word.tag
            if word.tag in ("v", "n", "vn", "m", "u", "c", "p", "d", "f", "a", "LOC", "ORG")
            else "other"
        )


@Language.factory("lz_zones")
def make_zones(nlp: Language, name: str) -> Zones:
    """No settings."""
    return Zones()

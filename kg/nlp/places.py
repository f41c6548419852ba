"""Places: administrative divisions of China, named regions and countries, from lists, checked by context.

A division is known by its full name (左云县) and by its short one (左云). Full names are taken where they
stand on word boundaries; short ones need support when they are also words, or parts of other names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass

import ahocorasick
from spacy.language import Language
from spacy.tokens import Doc

from kg.divisions import divisions, short_name
from kg.nlp.spotting import NAME_TAGS, WordIndex, propose
from kg.nlp.vocabulary import everyday
from kg.nlp.wordlists import words

# These begin a full name's short form only by accident: 城区, 矿区, 郊区 name a division behind its city alone.
_GENERIC = frozenset({"城区", "矿区", "郊区", "东区", "西区", "市区", "新区"})
_LOCAL = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:街道(?:办事处)?|镇|乡|苏木|嘎查|村|社区|半岛|群岛|州|省)$")
_KINDS = tuple(words("regions", "kinds"))
_STREET = re.compile("[东西南北中]?[一二三]?(?:路|街|大街|大道|巷)(?![段网局])")  # 上海的南京东路
_NOUN_TAGS = NAME_TAGS | {"n", "TIME"}
_LETTERS = re.compile(
    rf"(?:{'|'.join(words('regions', 'letters'))}){{2,6}}(?:地区|毗邻地区|边区|三省|三地|两地|四省)?$"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """What a surface form may stand for."""

    text: str
    codes: tuple[str, ...]
    full: bool
    region: bool


class Places:
    """Appends Place candidates; `span.kb_id_` is the division's code, if it is one."""

    def __init__(self) -> None:
        self.divisions = {d.code: d for d in sorted(divisions(), key=lambda d: d.until or "9999")}
        full: dict[str, set[str]] = defaultdict(set)
        short: dict[str, set[str]] = defaultdict(set)
        for d in divisions():
            code = d.successor if d.successor in self.divisions else d.code
            full[d.name].add(code)
            if short_name(d.name) != d.name:
                short[short_name(d.name)].add(code)
        regions = set(words("regions", "regions")) | set(words("countries"))
        regions |= {region + "地区" for region in regions if not region.endswith(("地区", "国"))}
        self._forms = ahocorasick.Automaton()
        for text in sorted({*full, *short, *regions}):
            codes = full.get(text) or short.get(text) or set()
            form = _Form(text, self._ranked(codes), text in full, text in regions and text not in full)
            self._forms.add_word(text, form)
        self._forms.make_automaton()
        self._everyday = everyday()
        self._leads = frozenset(words("leads"))

    def _ranked(self, codes: set[str]) -> tuple[str, ...]:
        """Higher divisions first, those in force before former ones."""
        level = {"province": 0, "prefecture": 1, "county": 2}
        key = lambda c: (bool(self.divisions[c].until), level[self.divisions[c].level], c)  # noqa: E731
        return tuple(sorted(codes, key=key))

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        index = WordIndex(doc._.words)
        hits = self._hits(doc._.article.body)
        firm, open_ = [], []
        starts_after: dict[int, _Form] = {}  # accepted places by their ends: another may follow at once
        for start, end, form in hits:
            around = starts_after.get(start)
            if around is not None and any(self._lies_in(code, around) for code in form.codes):
                firm.append((start, end, form))  # 山西左云
                starts_after[end] = form
                continue
            strength = self._strength(doc._.article.body, index, start, end, form, starts_after)
            if strength >= 2:
                firm.append((start, end, form))
                starts_after[end] = form
            elif strength == 1:
                open_.append((start, end, form))
        known = {form.codes[0] for _, _, form in firm if form.full or len(form.codes) == 1}
        for start, end, form in open_:
            if form.codes and any(self._fits(code, known) for code in form.codes):
                firm.append((start, end, form))
        for start, end, form in sorted(firm, key=lambda hit: hit[:2]):
            code = self._code(form, known)
            score = 0.9 if form.full or form.region else 0.8
            propose(doc, start, end, "Place", score, "division" if code else "region", code)
        taken = {(start, end) for start, end, _ in firm}
        self._local(doc, index, taken)
        return doc

    def _hits(self, text: str) -> list[tuple[int, int, _Form]]:
        """Matches of the lists, longest first at each place, none inside or across another."""
        found = [(last + 1 - len(form.text), last + 1, form) for last, form in self._forms.iter(text)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, _Form]] = []
        for hit in found:
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
        return kept

    def _strength(
        self, text: str, index: WordIndex, start: int, end: int, form: _Form, after: Container[int]
    ) -> int:
        """2: a place; 1: one if the article speaks of its surroundings; 0: none."""
        first, last = index.covering(start), index.covering(end - 1)
        if first is None or last is None:
            return 2 if form.full else 1
        on_left = first.start == start or start in after
        on_right = last.end == end
        if form.text in _GENERIC:
            return 1 if start in after else 0
        if not form.full and _STREET.match(text, end):
            return 0
        if form.full and len(form.text) > 2:
            # 上海市南区 is no 海市南; but a word may run past the name: 大同市商务局
            return 2 if on_left or first.tag in NAME_TAGS or first is not last else 0
        common = form.text in self._everyday or (last.tag == "n" and self._is_district(form))
        if form.text in self._leads:  # 新建 is a district of Nanchang and, far more often, a verb
            return 1 if on_left and on_right and first.tag in NAME_TAGS else 0
        if not on_left:
            return 1 if first.tag in ("LOC", "ORG") and not common and first.end == end else 0
        if on_right and last.tag == "LOC":
            return 2
        if first is last and first.tag in NAME_TAGS and not common:
            return 2
        if on_right and not common and first.tag in _NOUN_TAGS and not self._is_county(form):
            return 2
        if on_right or first.tag in NAME_TAGS:
            return 1
        return 0

    def _is_county(self, form: _Form) -> bool:
        """Whether a form stands for counties only: their short names need one word more of evidence (惠民, 振兴)."""
        return bool(form.codes) and all(self.divisions[code].level == "county" for code in form.codes)

    def _is_district(self, form: _Form) -> bool:
        """Whether a form stands for city districts only, whose short names are seldom used far from home."""
        return bool(form.codes) and all(self.divisions[code].name.endswith("区") for code in form.codes)

    def _lies_in(self, code: str, around: _Form) -> bool:
        """Whether a division lies in one a form may stand for, at any level."""
        while code in self.divisions and self.divisions[code].parent:
            code = self.divisions[code].parent
            if code in around.codes:
                return True
        return False

    def _fits(self, code: str, known: set[str]) -> bool:
        """Whether a division is named, or the one around it is."""
        d = self.divisions[code]
        return code in known or (d.level == "county" and d.parent in known)

    def _code(self, form: _Form, known: set[str]) -> str | None:
        """The division a form stands for here: one named in full, else one inside one that is named."""
        if not form.codes:
            return None
        named = next((code for code in form.codes if code in known), None)
        return named or next((code for code in form.codes if self._fits(code, known)), form.codes[0])

    def _is_kind(self, text: str) -> bool:
        """Whether a name of a town or village is a kind of them: 中心镇, 美丽乡村, 智慧社区."""
        stem = re.sub("(?:街道(?:办事处)?|镇|乡|苏木|嘎查|村|社区|半岛|群岛|州|省)$", "", text)
        return len(stem) < 2 or text in self._everyday or text.endswith(_KINDS) or stem in self._everyday

    def _local(self, doc: Doc, index: WordIndex, taken: set[tuple[int, int]]) -> None:
        """Towns, villages and regions that the tagger takes for places."""
        ends = tuple(words("regions", "ends"))
        for word in index.words:
            if word.tag != "LOC" or (word.start, word.end) in taken:
                continue
            if _LETTERS.match(word.text):
                propose(doc, word.start, word.end, "Place", 0.8, "provinces")
            elif _LOCAL.match(word.text) and not self._is_kind(word.text):
                propose(doc, word.start, word.end, "Place", 0.7, "locality")
            else:
                following = index.starts.get(word.end)
                if word.text.endswith(ends):
                    propose(doc, word.start, word.end, "Place", 0.7, "region")
                elif following is not None and following.text in ends:
                    propose(doc, word.start, following.end, "Place", 0.7, "region")


@Language.factory("lz_places")
def make_places(nlp: Language, name: str) -> Places:
    """No settings."""
    return Places()

"""Enterprises: full names by their grammar, short ones by a vote of traits.

A full name ends in a legal form (…有限公司). A short one (耀邦, 金风科技) is a guess: every item of a list,
every head of a project's name and every word the tagger takes for a name is one, in a few lengths; how its
words are tagged, whether it is a word of everyday Chinese, ends in a trade, stands in a list of 企业 and the
like say how likely it is (`kg.nlp.weigh`). What is sure once is known wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.candidates import passages
from kg.nlp.firm_context import Context
from kg.nlp.lists import Listing
from kg.nlp.names import firm_brand, has_legal_form
from kg.nlp.spotting import NAME_TAGS, WordIndex, propose
from kg.nlp.view import Word
from kg.nlp.vocabulary import everyday, everyday_run, toponyms
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import any_of, words

_LEGAL = re.compile(any_of(words("firm_words", "legal")))
_TRADE = re.compile(rf"(?:{any_of([*words('firm_words', 'trades'), *words('firm_words', 'forms')])})$")
_INSTITUTION = re.compile(rf"{any_of(words('institution_words', 'kinds'))}$")
_OTHERS = tuple(words("firm_words", "others"))
_FORM = re.compile(rf"(?:{any_of(words('firm_words', 'forms'))})$")
_TRADES = frozenset({*words("firm_words", "trades"), *words("firm_words", "forms")})
_KNOWN = frozenset(words("known_firms"))
_NEVER = frozenset(words("firm_words", "never"))
_NAME = re.compile(r"\*?[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9]+$")
_TICKER = re.compile(r"[（(](?:\d{6}|\d{5}|[A-Z]{1,5}|股票代码|证券代码)[^（()）]{0,12}[)）]")
_PHASE = re.compile(r"[（(]?(?:第?[一二三四五六七八九]期|[一二三四]阶段|首期)")
_AMOUNT = re.compile(r"年产|日产|年处理|年加工|\d|[一二三四五六七八九十百千万]+(?:万|亿|吨|台|条|套|辆)")
_BUILT = re.compile("项目|工程|产业园|基地|生产线|总部|园区|研究院|数据中心")
_FIRM_NOUN = re.compile("公司|集团|企业|厂|总部|旗下|股份")
_CLUE = re.compile(
    r"(?:企业|公司|集团|龙头|链主|车企|药企|央企|民企|子公司|股东|厂商|客户|供应商|品牌)[“\"]?$"
)
_ACTS = re.compile(
    "与|和|投资|签约|签署|出资|收购|增资|扩产|上市|落户|入驻|荣获|获评|入选|获批|通过|公告|表示|宣布|成为|产值|营收|自主|研发|建成|将|拟|已|发布|计划"
)
_NAME_SENSES = ("nz", "nr", "nt", "nrt", "nrfg")  # names in jieba's dictionary
_LONGEST = 9


# start, end, end of the phrase, the phrase, why it is a guess, whether it ends with a word
_Stretch = tuple[int, int, int, Listing | None, str, bool]

# 以投资8.9亿元的X为“链主”企业: whoever is named there is a firm, unless the name says project or kind.
_LEADER = re.compile(
    r"以(?:[^，。；、“”《》]{0,24}的)?(?P<name>[\u4e00-\u9fffA-Za-z（）()]{2,16}?)(?<!企业)(?<!项目)(?<!工程)(?<!基地)(?<!产业)(?<!产品)"
    r"(?<!经济)为[“\"]?(?:链主|链核|链上龙头)"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A stretch that may be a firm's short name, with what speaks for and against it."""

    start: int
    end: int
    traits: frozenset[str]


@cache
def brands() -> frozenset[str]:
    """Brand names, from the data of companynameparser (Apache-2.0)."""
    text = (files("companynameparser") / "data" / "brand.txt").read_text(encoding="utf8")
    return frozenset(text.split())


class Firms:
    """Appends Firm candidates."""

    def __init__(self) -> None:
        self._brands = brands()
        self._weights = weights("firm")
        self._everyday = everyday()

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        index = WordIndex(doc._.words)
        text = doc._.article.body
        sure: dict[str, float] = {}
        for start, end in self._full(doc, index):
            propose(doc, start, end, "Firm", 0.95, "firm.full")
            sure[text[start:end]] = 0.95
        for leader in _LEADER.finditer(text):
            propose(doc, *leader.span("name"), "Firm", 0.85, "firm.leader")
            sure[leader["name"]] = 0.85
        best: dict[int, tuple[float, int]] = {}
        for guess in self.guesses(doc, index):
            value = score(guess.traits, self._weights)
            if value > best.get(guess.start, (0.2, 0))[0]:
                best[guess.start] = (value, guess.end)
        for start, (value, end) in sorted(best.items()):
            propose(doc, start, end, "Firm", value, "firm.short")
            if value >= 0.7:
                sure[text[start:end]] = max(value, sure.get(text[start:end], 0.0))
        self._again(doc, index, sure)
        return doc

    def _full(self, doc: Doc, index: WordIndex) -> Iterator[tuple[int, int]]:
        """Names that end in a legal form."""
        text = doc._.article.body
        for form in _LEGAL.finditer(text):
            end = form.end()
            left = form.start()
            while form.start() - left < 40 and left > 0:
                if text[left - 1] in "）)":
                    open_ = max(
                        text.rfind("（", max(0, left - 12), left), text.rfind("(", max(0, left - 12), left)
                    )
                    if open_ < 0:
                        break
                    left = open_
                    continue
                word = index.covering(left - 1)
                if word is None or "\n" in text[word.start : left]:
                    break
                name = word.tag in NAME_TAGS or word.tag in ("n", "vn", "nz", "j", "b", "an", "s", "f")
                inner = word.tag in ("v", "a", "m", "ad", "q", "d", "t", "TIME") and len(word.text) > 1
                if not name and not (inner and word.text not in words("leads", "verbs")):
                    break
                if word.text in words("leads") or word.text in words("firm_words", "leads"):
                    break
                left = word.start
            if form.start() - left >= 2:
                yield left, end

    def guesses(self, doc: Doc, index: WordIndex) -> Iterator[Guess]:
        """Every stretch that may be a short name."""
        context = Context(doc, index)
        stretches = list(self._stretches(context, doc))
        context.counts = Counter(doc._.article.body[start:end] for start, end, *_ in stretches)
        for stretch in stretches:
            yield Guess(
                stretch[0], stretch[1], frozenset(self._traits(context, doc._.article.body, *stretch))
            )

    def _stretches(self, context: Context, doc: Doc) -> Iterator[_Stretch]:
        text = doc._.article.body
        for offset, passage in passages(doc):
            starts: dict[int, tuple[Listing | None, int, str]] = {}
            for phrase in passage.phrases:
                for item in phrase.items:
                    start = offset + item.start
                    starts[start] = (phrase, offset + item.end, "item")
                    after = context.after_places(start)
                    if after != start:
                        starts[after] = (phrase, offset + item.end, "placed")
            limit = offset + len(passage.text)
            for word in passage.words:
                at = offset + word.start
                if at not in starts and word.tag in NAME_TAGS:
                    starts[at] = (None, limit, "atplace" if at in context.places else "word")
                behind = context.places.get(at)
                if behind is not None and behind not in starts and behind < limit:
                    starts[behind] = (None, limit, "behind")
            for at in context.projects:
                if offset <= at < limit and at not in starts:
                    starts[at] = (None, context.projects[at], "project")
            for start, (listing, stop, how) in starts.items():
                yield from self._from(context, text, start, min(stop, limit), listing, how)

    def _from(
        self, context: Context, text: str, start: int, stop: int, phrase: Listing | None, how: str
    ) -> Iterator[_Stretch]:
        index = context.index
        first = index.covering(start)
        if first is None or first.tag in ("w", "u", "p", "c", "r"):
            return
        free = how not in ("word", "atplace")
        # where firms are listed, projects named or a firm announced, a name may be any word: 远景, 长征
        vouched = (phrase is not None and phrase.closed and phrase.kind in ("firm", "project")) or (
            start in context.projects or _CLUE.search(text, max(0, start - 8), start) is not None
        )
        for end in range(start + 2, min(stop, start + _LONGEST) + 1):
            last = index.covering(end - 1)
            if last is None or (last.tag == "w" and text[end - 1] not in "—"):
                return
            bounded = last.end == end
            if not bounded and not (free and end - start <= 6) and not (last is first and end - start <= 4):
                continue
            name = text[start:end]
            if not _NAME.match(name) or name in _NEVER or name.endswith(_OTHERS):
                continue
            if context.after_places(start) == end or not (vouched or self._uncommon(name)):
                continue
            yield start, end, stop, phrase, how, bounded

    def _uncommon(self, name: str) -> bool:
        """Whether a name is more than an everyday word, with or without a trade: 城市, 普惠金融."""
        if name in _KNOWN:
            return True
        trade = _TRADE.search(name)
        core = name[: trade.start()] if trade and trade.start() >= 2 else name
        if core == name and everyday_run(name):
            return False  # 美丽乡村
        return core not in toponyms() and self._everyday.get(core, "nz") in _NAME_SENSES

    def _traits(
        self,
        context: Context,
        text: str,
        start: int,
        end: int,
        stop: int,
        phrase: Listing | None,
        how: str,
        bounded: bool,
    ) -> Iterator[str]:
        name = text[start:end]
        covered = context.index.inside(start, end)
        tags = _tags(covered) + ("" if bounded and covered[0].start == start else "|")
        trade = _TRADE.search(name)
        core = name[: trade.start()] if trade and trade.start() >= 2 else name
        form = "form" if _FORM.search(name) else "trade" if core != name else "none"
        sense = self._sense(context, core)
        if name in _KNOWN:
            sense = "known"
        left, right = self._left(context, text, start), self._right(text, end, stop)
        yield f"tags:{tags}"
        yield f"first:{covered[0].tag}"
        yield f"size:{end - start}"
        yield f"core-size:{min(len(core), 6)}:{form}"
        yield f"sense:{sense}:{form}"
        yield f"sense:{sense}:{tags}"
        yield f"left:{left}"
        yield f"right:{right}"
        yield f"right:{right}:{tags}"
        yield f"right:{right}:{form}"
        yield f"how:{how}"
        yield f"left:{left}:{sense}"
        yield f"how:{how}:{tags}"
        after = context.index.covering(end)
        if bounded and after is not None and after.start == end:
            yield f"next:{after.tag}"
        if core in self._brands:
            yield f"brand:{min(len(core), 4)}"
        if _INSTITUTION.search(name):
            yield "institution"
        if everyday_run(name):
            yield "everyday-run"
        if context.places.get(start, end) < end:
            yield f"place-first:{context.near(start)}:{form}"
        elif context.holds_place(start, end):
            yield "holds-place"
        if context.counts[name] > 1:
            yield f"again:{min(context.counts[name], 4)}:{sense}"
        if _CLUE.search(text[max(0, start - 8) : start]):
            yield "clue-before"
        if _FIRM_NOUN.match(text, end):
            yield "firm-noun-after"
        if phrase is not None:
            closed = (
                f"closed-{phrase.kind}" if phrase.closed else "many" if len(phrase.items) > 1 else "single"
            )
            whole = "whole" if end == stop else "head"
            yield f"list:{closed}:{whole}"
            yield f"list:{closed}:{whole}:{sense}"
        project = context.projects.get(start) or context.projects.get(context.before_places(start))
        if project is not None:
            yield f"project:{'whole' if project == end else 'head'}:{sense}"
            yield f"project:right:{right}"

    def _sense(self, context: Context, core: str) -> str:
        """What a name without its trade is in everyday Chinese: nothing (oov), a name, a common word, a place."""
        if core in context.place_names or core in toponyms():
            return "place"
        tag = self._everyday.get(core)
        if tag is None:
            return "brand" if core in self._brands else "oov"
        return "name" if tag in _NAME_SENSES else "common"

    def _left(self, context: Context, text: str, start: int) -> str:
        """What stands before a guess."""
        previous = context.index.covering(start - 1) if start else None
        if start in context.place_ends:
            return "place-" + context.near(context.place_ends[start])
        if previous is None or text[start - 1] in " \n":
            return "start"
        if previous.tag == "w":
            return text[start - 1] if text[start - 1] in "、，。；：（“" else "mark"
        if previous.end > start:
            return "cut"
        return previous.tag if previous.tag in ("v", "vn", "p", "c", "u", "m", "n", "a", "d") else "other"

    def _right(self, text: str, end: int, stop: int) -> str:
        """What follows a guess."""
        after = text[end : end + 8]
        if after[:1] in "（(" and _TICKER.match(text, end):
            return "ticker"
        if end == stop:
            return "stop"
        if not after or not ("\u4e00" <= after[0] <= "\u9fff" or after[0].isalnum()):
            return after[:1] if after[:1] in "、，。；：（”" else "mark"
        for kind, pattern in (("phase", _PHASE), ("amount", _AMOUNT), ("built", _BUILT), ("acts", _ACTS)):
            if pattern.match(after):
                return kind
        if after[0] == "等":
            return "等"
        follower = self._follower(text, end)
        if not follower:
            return "unknown"
        kind = "trade" if follower in _TRADES else "word"
        rest = end + len(follower)
        if rest >= stop or not "\u4e00" <= text[rest : rest + 1] <= "\u9fff":
            return kind + "-last"
        return kind + ("-word" if self._follower(text, rest) else "")

    def _follower(self, text: str, at: int) -> str:
        """The longest everyday word of two characters or more that begins at an offset."""
        for size in (4, 3, 2):
            if text[at : at + size] in self._everyday and len(text[at : at + size]) == size:
                return text[at : at + size]
        return ""

    def _again(self, doc: Doc, index: WordIndex, sure: dict[str, float]) -> None:
        """Further mentions of firms that are sure: of full names also by their brand."""
        names = {name: min(value, 0.8) for name, value in sure.items()}
        for name in list(names):
            if has_legal_form(name):
                brand = firm_brand(name)
                if len(brand) >= 2 and brand not in self._everyday:
                    names.setdefault(brand, 0.6)
        if not names:
            return
        automaton = ahocorasick.Automaton()
        for name, value in names.items():
            automaton.add_word(name, (name, value))
        automaton.make_automaton()
        for last, (name, value) in automaton.iter(doc._.article.body):
            start, end = last + 1 - len(name), last + 1
            first, final = index.covering(start), index.covering(end - 1)
            if first is None or final is None:
                continue
            aligned = first.start == start or first.tag in NAME_TAGS
            if aligned and (name not in self._everyday or final.end == end):
                propose(doc, start, end, "Firm", value, "firm.again")


def _tags(covered: list[Word]) -> str:
    """The parts of speech of a guess in short: the first word's and how many follow."""
    rest = covered[1:]
    named = any(w.tag in NAME_TAGS for w in rest)
    return covered[0].tag + ("+name" if named else f"+{min(len(rest), 3)}" if rest else "")


@Language.factory("lz_firms")
def make_firms(nlp: Language, name: str) -> Firms:
    """No settings."""
    return Firms()

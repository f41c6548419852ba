"""Products: what a project makes (活性炭 of 年产10万吨活性炭煤化工项目), what a firm makes (主要生产X、Y).

In a project's name the product stands between firm and capacity on the left, 项目, 生产线, 基地 on the right.
Where it begins is guessed at each word; the traits of a guess decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp import projects
from kg.nlp.candidates import Found, Passage, best, collect, shape
from kg.nlp.lists import clauses, left_edge, right_edge
from kg.nlp.weigh import score, weights
from kg.nlp.wordlists import any_of, words

_PHASE = r"[（(]?[一二三四五六七八九十]+期[)）]?"
_TAIL = re.compile(rf"(?:{any_of(words('product_words', 'tails'))}|{_PHASE}|[（(][^（()）]*[)）])+$")
_CAPACITY = re.compile(
    r"(?:年产能?|日产|产能)?(?:约|达)?(?:\d[\d.,]*|百|千)\s*[万亿]?\s*"
    r"(?:吨|千克|公斤|台[（(]?套?[)）]?|套|辆|只|支|片|件|条|米|平方米|立方米|[GMK]Wh?|[吉兆]瓦时?|块|部|架|艘|剂|瓶|盒|粒|袋|枚|张|双|把|组|个|头|羽)"
    r"(?:/年)?(?:的)?"
)
_MAKES = re.compile(any_of(words("product_words", "makes")))
_ENDING = re.compile(rf"{any_of(words('product_words', 'endings'))}$")
_NAMES = frozenset({"ORG", "LOC", "PER", "nz"})
_LONGEST = 18
_PICTURED = re.compile("(?:公司|集团|厂)(?P<ware>[^，。；、的]{2,14}?)(?:生产现场|生产线|生产车间|车间|产品)")
_PICTURED_SCORE = 0.7
_FIRM = 0.5  # a firm as sure as this shows where the product begins
_JOINED = re.compile("及其?|和|与|、")


Firms = Sequence[tuple[int, int]]


def find(passage: Passage, firms: Firms = ()) -> list[Found]:
    """The products that a passage may name; of guesses that overlap only the likeliest.

    `firms` are the stretches of the passage taken for firms: no product begins inside one.
    """
    table = weights("product")
    weighed = [Found(a, b, score(traits, table), rule) for a, b, traits, rule in guesses(passage, firms)]
    if passage.kind == "caption":
        weighed += _pictured(passage)
    kept: list[Found] = []
    for one in sorted(weighed, key=lambda f: (-f.score, f.start, -f.end)):
        if one.score >= 0.1 and not any(one.start < k.end and k.start < one.end for k in kept):
            kept.append(one)
    return best(kept)


def guesses(passage: Passage, firms: Firms = ()) -> Iterator[tuple[int, int, frozenset[str], str]]:
    """Stretches that may be products: start, end, traits, rule."""
    for project in projects.find(passage):
        if project.score >= 0.3:
            yield from _of_project(passage, project, firms)
    yield from _made(passage)


def _of_project(
    passage: Passage, project: Found, firms: Firms
) -> Iterator[tuple[int, int, frozenset[str], str]]:
    text = passage.text
    tail = _TAIL.search(text[project.start : project.end])
    end = project.start + (tail.start() if tail else project.end - project.start)
    begin, capacity = project.start, False
    for amount in _CAPACITY.finditer(text, project.start, end):
        begin, capacity = amount.end(), True
    ends = {b for a, b in firms if project.start <= a < b < end}
    starts = [begin]
    if not capacity:
        starts = [w.start for w in passage.tags(project.start, end)][:4]
        starts = sorted({x for x in [*starts, *ends] if not any(a < x < b for a, b in firms)})
    cuts = list(_JOINED.finditer(text, begin, end)) if capacity else []
    stretches = [(s, end) for s in starts]
    if len(cuts) == 1 and cuts[0].end() < end and cuts[0].start() > begin:
        stretches += [(begin, cuts[0].start()), (cuts[0].end(), end)]
    for a, b in stretches:
        yield from _guess(passage, project, a, b, tail[0] if tail else "", capacity, a in ends)


def _guess(
    passage: Passage, project: Found, start: int, end: int, tail: str, capacity: bool, behind_firm: bool
) -> Iterator[tuple[int, int, frozenset[str], str]]:
    text = passage.text
    name = text[start:end]
    if not 2 <= len(name) <= _LONGEST:
        return
    traits = shape(passage, start, end) | _ending(name) | {f"tail:{tail[:2]}"}
    before = passage.tags(project.start, start)
    traits.add(f"before:{len(before)}" if len(before) < 4 else "before:more")
    if behind_firm:
        traits.add("behind a firm")
    if capacity:
        traits.add("capacity")
    elif before:
        traits.add(f"before:{'name' if before[-1].tag in _NAMES else before[-1].tag}")
        if any(w.tag in _NAMES for w in before):
            traits.add("behind a name")
    traits.add(project.rule)
    whole = text[project.start : project.end]
    if projects.ENDINGS["works"].search(whole) or projects.ENDINGS["works"].search(name):
        traits.add("infrastructure")
    yield start, end, frozenset(traits), "product.project"


def _made(passage: Passage) -> Iterator[tuple[int, int, frozenset[str], str]]:
    text = passage.text
    for start, end in clauses(text):
        for verb in _MAKES.finditer(text, start, end):
            at = verb.end()
            listing = next((p for p in passage.phrases if p.items[0].start <= at + 1 < p.items[0].end), None)
            spans = [(i.start, i.end) for i in listing.items] if listing else []
            if spans:
                spans[0] = (max(at, spans[0][0]), spans[0][1])
            else:
                spans = [(at, end)]
            for n, (a, b) in enumerate(spans):
                if n == len(spans) - 1 and not (listing and listing.open):
                    b = right_edge(text, a, b, passage.edges)
                a = left_edge(text, a, b, passage.edges)
                if (amount := _CAPACITY.match(text, a, b)) and amount.end() < b - 1:
                    a = amount.end()
                name = text[a:b]
                if 2 <= len(name) <= _LONGEST:
                    traits = shape(passage, a, b) | _ending(name) | {"made", f"made:{verb[0]}"}
                    if len(spans) > 1:
                        traits.add("made:many")
                    if listing and listing.closed:
                        traits.add(f"list:{listing.kind}")
                    yield a, b, frozenset(traits), "product.made"
            break


def _pictured(passage: Passage) -> Iterator[Found]:
    """What a caption shows being made: X公司装配式钢结构生产现场."""
    for shown in _PICTURED.finditer(passage.text):
        yield Found(*shown.span("ware"), _PICTURED_SCORE, "product.caption")


def _ending(name: str) -> set[str]:
    return {"ends:ware"} if _ENDING.search(name) else set()


class Products:
    """Adds Product candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        firms = firms_of(doc)

        def find_here(passage: Passage, offset: int) -> list[Found]:
            return find(passage, inside(firms, offset, passage))

        return collect(doc, EntityType.PRODUCT, find_here)


def firms_of(doc: Doc) -> Firms:
    """The stretches of a document that are taken for firms."""
    spans = doc.spans.get("candidates", ())
    return [(s.start_char, s.end_char) for s in spans if s.label_ == EntityType.FIRM and s._.score >= _FIRM]


def inside(firms: Firms, offset: int, passage: Passage) -> Firms:
    """Those inside a passage that begins at `offset`, counted from its start."""
    end = offset + len(passage.text)
    return [(a - offset, b - offset) for a, b in firms if offset <= a and b <= end]


@Language.factory("lz_products")
def make_products(nlp: Language, name: str) -> Products:
    """No settings."""
    return Products()

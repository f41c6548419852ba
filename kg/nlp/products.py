"""Products: what a project makes (年产10万吨活性炭煤化工项目) or a firm is said to make (主要生产X、Y)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.candidates import Found, Passage, best, collect
from kg.nlp.lists import clauses, right_edge
from kg.nlp.projects import find as find_projects
from kg.nlp.wordlists import any_of, words

_PHASE = r"[（(]?[一二三四五六七八九十]+期[)）]?"
_TAIL = re.compile(rf"(?:{any_of(words('product_words', 'tails'))}|{_PHASE}|[（(][^（()）]*[)）])+$")
_CAPACITY = re.compile(
    r"(?:年产能?|日产|产能)?(?:约|达)?\d[\d.,]*\s*[万亿]?\s*"
    r"(?:吨|千克|公斤|台套|台|套|辆|只|支|片|件|条|米|平方米|立方米|GWh|MWh|块|部|架|艘|剂|瓶|盒|粒|袋|枚|张|双|把|组|个|头|羽)"
    r"(?:（套）|\(套\))?(?:/年)?(?:的)?"
)
_MAKES = re.compile(any_of(words("product_words", "makes")))
_NOT = frozenset(words("product_words", "not"))
_NAMES = {"ORG", "LOC", "PER"}


def find(passage: Passage) -> list[Found]:
    """The products that a passage names as output of a firm or project."""
    found = best([*_of_projects(passage), *_made(passage)])
    return [f for f in found if _fits(passage.text[f.start : f.end])]


def _fits(name: str) -> bool:
    return 2 <= len(name) <= 16 and name not in _NOT and not re.search(r"[，。；、]", name)


def _of_projects(passage: Passage) -> Iterator[Found]:
    text = passage.text
    for project in find_projects(passage):
        if project.score < 0.5:
            continue
        name = text[project.start : project.end]
        capacity = None
        for capacity in _CAPACITY.finditer(name):
            pass
        tail = _TAIL.search(name)
        end = project.start + (tail.start() if tail else len(name))
        if capacity:
            begin, score = project.start + capacity.end(), 0.7
        else:
            begin = project.start
            for word in passage.tags(project.start, end):
                if word.tag not in _NAMES:
                    break
                begin = word.end
            if begin == project.start:
                continue
            score = 0.5
        if begin < end:
            yield Found(begin, end, score, "product.project")


def _made(passage: Passage) -> Iterator[Found]:
    text = passage.text
    for start, end in clauses(text):
        verb = _MAKES.search(text, start, end)
        if not verb:
            continue
        at = verb.end()
        for listing in passage.lists:
            if listing.start == at:
                for item in listing.items:
                    yield Found(item.start, item.end, 0.65, "product.made")
                break
        else:
            yield Found(at, right_edge(text, at, end, passage.edges), 0.6, "product.made")


class Products:
    """Adds Product candidates to `doc.spans["candidates"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Add them; returns the same `Doc`."""
        return collect(doc, EntityType.PRODUCT, find)


@Language.factory("lz_products")
def make_products(nlp: Language, name: str) -> Products:
    """No settings."""
    return Products()

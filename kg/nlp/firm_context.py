"""What stands around a guessed firm name."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from spacy.tokens import Doc

from kg.nlp.spotting import WordIndex


class Context:
    """The places and projects of a text, and how often each name was guessed in it."""

    def __init__(self, doc: Doc, index: WordIndex) -> None:
        """Take in what the components before found in `doc`; `index` has its words."""
        self.index = index
        spans = doc.spans.get("candidates", ())
        self.places: dict[int, int] = {}
        self.place_ends: dict[int, int] = {}
        for s in spans:
            if s.label_ == "Place" and s._.score >= 0.5:
                self.places[s.start_char] = max(s.end_char, self.places.get(s.start_char, 0))
                self.place_ends[s.end_char] = s.start_char
        self._starts = sorted(self.places)
        self.codes = {s.start_char: s.kb_id_ for s in spans if s.label_ == "Place"}
        provinces = Counter(code[:2] for code in self.codes.values() if code)
        self.home = provinces.most_common(1)[0][0] if provinces else ""
        self.place_names = {doc._.article.body[a:b] for a, b in self.places.items()}
        self.projects: dict[int, int] = {}
        for s in sorted((s for s in spans if s.label_ == "Project"), key=lambda s: s._.score):
            if s._.score >= 0.4:
                self.projects[s.start_char] = s.end_char
        self.counts: Counter[str] = Counter()  # of each guessed name

    def near(self, place: int) -> str:
        """Whether a place lies in the province the text speaks of most: in Shanxi, 西安捷马 comes from elsewhere."""
        code = self.codes.get(place, "")
        if not code:
            return "abroad"
        return "home" if code[:2] == self.home else "away"

    def holds_place(self, start: int, end: int) -> bool:
        """Whether a place begins between two offsets."""
        first = bisect_left(self._starts, start)
        return first < len(self._starts) and self._starts[first] < end

    def after_places(self, at: int) -> int:
        """Where the places that stand at an offset end."""
        while at in self.places:
            at = self.places[at]
        return at

    def before_places(self, at: int) -> int:
        """Where the places that end at an offset begin."""
        while at in self.place_ends:
            at = self.place_ends[at]
        return at

"""What the components of the pipeline leave on a `Doc` and on a `Span`.

| place | holds | written by |
|---|---|---|
| `doc._.article` | the `kg.model.Article` (made from the text when a plain string comes in) | `lz_sentences` |
| `doc.spans["sentences"]` | sentences and ；-parts, label = kind of block, in order | `lz_sentences` |
| `doc._.words` | words with part of speech and named-entity tag (`Word`) | `lz_tagger` |
| `doc._.states` | what the tagger's network makes of each character (array) | `lz_tagger` |
| `doc._.measures` | numbers with units (`Measure`) | `lz_quantities` |
| `doc._.moments` | dates and periods (`Moment`) | `lz_dates` |
| `doc.spans["candidates"]` | what may be an entity: `label_` type, `_.score`, `_.rule` | name components |
| `doc.spans["entities"]` | mentions kept; `span.label_` type, `span.id_` the entity | `lz_entities` |
| `doc._.entities` | `dict` of entity id → `kg.model.Entity` | `lz_entities` |
| `doc._.page` | the `Page` that relation rules read | `lz_context` |
| `doc._.claims` | list of `kg.model.Claim` | `lz_relations` |
"""

from __future__ import annotations

from spacy.tokens import Doc, Span


def _kept_by_label(name: str, default: object) -> None:
    """A `Span` extension of its own for each label: spaCy keys the plain ones by offsets alone.

    A firm and a project can be candidates at the very same place (友联科技等项目).
    """

    def key(span: Span) -> str:
        return f"lz {name} {span.start_char} {span.end_char} {span.label_}"

    def get(span: Span) -> object:
        return span.doc.user_data.get(key(span), default)

    def put(span: Span, value: object) -> None:
        span.doc.user_data[key(span)] = value

    if not Span.has_extension(name):
        Span.set_extension(name, getter=get, setter=put)


def register() -> None:
    """Register the extensions; calling it again changes nothing."""
    for name in ("article", "page", "states"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in ("words", "measures", "moments", "claims"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
    if not Doc.has_extension("entities"):
        Doc.set_extension("entities", default={})
    _kept_by_label("score", 1.0)
    _kept_by_label("rule", "")


register()

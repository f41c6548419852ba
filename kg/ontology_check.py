"""What is wrong with a chain template: the checks behind the shipped chains and `kg chains check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.ontology import TIERS, Segment, Statements, Template, industry_codes, read_templates, segment_id

BRANCHES = ("mainBranch", "sideBranch")


def check_templates(paths: Iterable[Path], known: Sequence[Template] = ()) -> tuple[str, ...]:
    """What is wrong with the templates in Turtle files, one clear line each; empty if all is well.

    `known` are further templates that they may refer to (those of the package, for a file of the user's).
    `DataError` if a file cannot be read or is no Turtle.
    """
    files = tuple(paths)
    data = Statements(files)
    templates = read_templates(files)
    problems = list(_statements(data))
    if not templates:
        problems.append(
            f"{', '.join(map(str, files))}: no lz:ChainTemplate found. Add `chain:ID a lz:ChainTemplate`."
        )
    for template in templates:
        if template.id in {other.id for other in known}:
            problems.append(
                f"{template.id}: there is a template of this id. Choose another, or call the file"
                f" {template.id}.ttl to put it in the place of the package's."
            )
    own = [segment for template in templates for segment in template.segments]
    everything = {segment.id: segment for template in known for segment in template.segments}
    everything |= {segment.id: segment for segment in own}
    for template in templates:
        problems += _template(template)
    for segment in own:
        problems += _segment(segment, everything)
    problems += _circles(own)
    problems += _shared_keywords(everything.values(), {segment.id for segment in own})
    return tuple(problems)


def _statements(data: Statements) -> Iterator[str]:
    """What only shows before the statements become data: things said twice, and ids that clash."""
    seen: dict[str, str] = {}
    for kind in ("lz:ChainTemplate", "lz:Segment"):
        for iri in data.instances(kind):
            name = segment_id(iri)
            if name in seen:
                yield f"{name}: two things have this id, {seen[name]} and {iri}. Rename one of them."
            seen[name] = iri
            types = data.objects[iri]["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]
            if len(types) > len({t.value for t in types}):
                where = " and ".join(path.name for path in data.files[iri])
                yield f"{name}: is described twice, in {where}. Rename one of the two or merge them."
            for predicate in ("lz:tier", "lz:branch", "lz:critical", "skos:inScheme"):
                values = data.values(iri, predicate)
                if kind == "lz:Segment" and len(values) != 1:
                    found = ", ".join(values) or "none"
                    yield f"{name}: needs exactly one {predicate}, has {found}. Give it one."


def _template(template: Template) -> Iterator[str]:
    if not template.label_zh or not template.label_en:
        yield f"{template.id}: needs a skos:prefLabel in @zh and one in @en. Add them."
    if not template.segments:
        yield f"{template.id}: has no segments. Add some with `skos:inScheme chain:{template.id}`."


def _segment(segment: Segment, everything: dict[str, Segment]) -> Iterator[str]:
    if not segment.label_zh or not segment.label_en:
        yield f"{segment.id}: needs a skos:prefLabel in @zh and one in @en. Add them."
    if segment.tier and segment.tier not in TIERS:
        yield f"{segment.id}: unknown tier {segment.tier}. Use lz:upstream, lz:midstream or lz:downstream."
    if segment.branch and segment.branch not in BRANCHES:
        yield f"{segment.id}: unknown branch {segment.branch}. Use lz:mainBranch or lz:sideBranch."
    if not segment.keywords:
        yield f"{segment.id}: has no lz:keyword, so nothing will ever be found in it. Add some."
    for keyword in sorted({*segment.keywords} & {*segment.context}):
        yield f"{segment.id}: {keyword} is both lz:keyword and lz:contextKeyword. Keep one of them."
    for code in segment.codes:
        if code not in industry_codes():
            yield f"{segment.id}: {code} is no code of GB/T 4754—2017. Look it up or leave it out."
    for word, targets in (("feeds", segment.feeds), ("matches", segment.same + segment.overlaps)):
        for target in targets:
            if target not in everything:
                yield f"{segment.id}: {word} {target}, which is in no template. Correct the id or add the segment."
            elif target == segment.id:
                yield f"{segment.id}: {word} itself. Remove it."
    for target in segment.feeds:
        other = everything.get(target)
        if other and other.chain == segment.chain and _rank(other) < _rank(segment):
            yield (
                f"{segment.id}: {segment.tier}, but feeds {target}, which is {other.tier}."
                " Turn the arrow round or move one of them to another tier."
            )


def _rank(segment: Segment) -> float:
    """The place of a segment's tier; an unknown tier (reported by itself) is out of order with none."""
    return TIERS.index(segment.tier) if segment.tier in TIERS else float("nan")


def _circles(segments: Iterable[Segment]) -> Iterator[str]:
    """Circles of feeds inside one chain, found by taking away segments that nothing left feeds."""
    by_id = {segment.id: segment for segment in segments}
    left = {
        i: {f for f in s.feeds if f != i and f in by_id and by_id[f].chain == s.chain}
        for i, s in by_id.items()
    }
    while ends := {i for i, feeds in left.items() if not feeds}:
        left = {i: feeds - ends for i, feeds in left.items() if i not in ends}
    for start in sorted(left):
        circle = [start]
        while (following := min(left[circle[-1]])) not in circle:
            circle.append(following)
        if following == start and start == min(circle):
            yield f"{start}: feeds run in a circle: {' → '.join([*circle, start])}. Remove one of these feeds."


def _shared_keywords(segments: Iterable[Segment], own: set[str]) -> Iterator[str]:
    """Keywords in two segments that are neither in one chain nor matched: they would point both ways."""
    by_keyword: dict[str, list[Segment]] = {}
    for segment in segments:
        for keyword in segment.keywords:
            by_keyword.setdefault(keyword, []).append(segment)
    for keyword, holders in by_keyword.items():
        for position, one in enumerate(holders):
            for other in holders[position + 1 :]:
                matched = other.id in one.same + one.overlaps or one.id in other.same + other.overlaps
                if one.chain != other.chain and not matched and {one.id, other.id} & own:
                    yield (
                        f"{one.id}, {other.id}: share the keyword {keyword}. Take it from one,"
                        " or say that they overlap (skos:closeMatch)."
                    )

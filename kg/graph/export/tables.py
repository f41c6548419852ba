"""Tables for a spreadsheet: a zip of CSV files in UTF-8 with the mark that Excel needs to see it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.graph.export.overview import claims, entities, values
from kg.graph.graph import Graph
from kg.ontology import labels, segments, templates
from kg.text import safe_cell

_ENTITIES = ("iri", "type", "name", "aliases", "codes", "claims")
_CLAIM = (
    "predicate", "predicateName", "object", "objectName", "maxValue", "unit", "asPrinted", "date", "indicator",
    "product", "title", "of", "modality", "confidence", "rule", "quote", "start", "end", "published", "headline",
    "article", "claim",
)  # fmt: skip
_CLAIMS = ("subject", "subjectName", "subjectType", *_CLAIM)
_DERIVED = ("subject", "subjectName", "property", "propertyName", "object", "objectName")
_PROPERTIES = ("follows", "hasSegment", "inSegment", "memberUnderLeader", "potentialSupplierOf")


def tables(graph: Graph) -> Iterator[bytes]:
    """`entities.csv`, `claims.csv` (what texts say) and `derived.csv` (what was computed) in one zip."""
    known, words = entities(graph), labels("zh")
    rows = [dict(row) for row in claims(graph)]
    count = Counter(row[side] for row in rows for side in ("subject", "object"))
    for row in rows:
        subject, target = known.get(row["subject"]), known.get(row["object"])
        row["subjectName"] = subject.label if subject else ""
        row["subjectType"] = subject.kind if subject else ""
        row["objectName"] = target.label if target else words.get(row["object"], "")
        row["predicateName"] = words.get(row["predicate"], "")
    listed = (
        {
            "iri": iri,
            "type": entity.kind,
            "name": entity.label,
            "aliases": "；".join(entity.aliases),
            "codes": "；".join(entity.codes),
            "claims": str(count[iri]),
        }
        for iri, entity in known.items()
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, header, content in (
            ("entities.csv", _ENTITIES, listed),
            ("claims.csv", _CLAIMS, iter(rows)),
            ("derived.csv", _DERIVED, _derived(graph, {iri: e.label for iri, e in known.items()}, words)),
        ):
            entry = zipfile.ZipInfo(name)  # its date is 1980-01-01: no clock in the file
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, _csv(header, content))
    yield output.getvalue()


def _derived(graph: Graph, names: dict[str, str], words: Mapping[str, str]) -> Iterator[dict[str, str]]:
    base = graph.iris.ontology_base
    names |= {segment.iri: segment.label_zh for segment in segments().values()}
    names |= {template.iri: template.label_zh for template in templates()}
    for subject, told in sorted(values(graph.quads(graph.iris.graph("derived"))).items()):
        for name in _PROPERTIES:
            for target in told.get(base + name, ()):
                yield {
                    "subject": subject,
                    "subjectName": names.get(subject, ""),
                    "property": name,
                    "propertyName": words.get(name, ""),
                    "object": target,
                    "objectName": names.get(target, ""),
                }


def _csv(header: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(row.get(name, "")) for name in header])
    return text.getvalue().encode("utf-8-sig")

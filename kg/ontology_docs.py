"""Write `ontology/README.md`, which explains every term, from the ontology itself.

python -m kg.ontology_docs           write it
python -m kg.ontology_docs --check   say whether it is up to date, writing nothing
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from kg.ontology import (
    NAMESPACE,
    TIERS,
    Class,
    Concept,
    Property,
    Template,
    Term,
    classes,
    concepts,
    datatypes,
    labels,
    ontology_dir,
    properties,
    schemes,
    templates,
)

_HEAD = f"""# 链主本体 The Lianzhu ontology

<!-- Generated from lianzhu.ttl and chains/*.ttl by `python -m kg.ontology_docs`. Do not edit. -->

本体说明图谱里的类、属性和概念。每一项附一句 `seeds/` 中文章的原文为例。
The ontology says what the classes, properties and concepts of the graph mean. Examples are verbatim from the
articles in `seeds/`.

Prefix `lz:` = `{NAMESPACE}` — **proposed**: the namespace is not registered at w3id.org yet.

| file | holds |
|---|---|
| `lianzhu.ttl` | classes, properties, concepts; alignments to GeoSPARQL, PROV-O, ORG, SKOS and schema.org |
| `shapes.ttl` | the SHACL shapes that every graph keeps; `kg validate` shows what breaks them |
| `chains/*.ttl` | the reference chains, one file each; `chains/REVIEW.md` says how they were reviewed |
| `gbt4754.csv` | the industry codes of GB/T 4754—2017 that `lz:gbt4754` uses |

三种强度的“供应”分开，绝不混用。Three strengths of "supplies" are kept apart, never merged: `lz:suppliesTo` (a text
says so), `lz:memberUnderLeader` (derived: a member of a chain → the chain's leader), `lz:potentialSupplierOf` (derived:
a segment of one feeds a segment of the other, in one zone or place).
"""

_STATEMENTS = {"Claim", "Mention", "Placement", "Coverage"}
_REFERENCE = {"Segment", "ChainTemplate", "Phase", "Tier", "SegmentState"}
_GROUPS = {
    "relation": "实体间关系 Relations between entities",
    "figure": "实体的数值与状态 Figures and states of an entity",
    "derived": "推导所得 Derived",
    "statement": "陈述、提及与推导记录 On claims, mentions and records of what was derived",
    "reference": "参考产业链与概念 On reference chains and concepts",
}


def readme() -> str:
    """The text of `ontology/README.md`."""
    parts = [_HEAD, "## 类 Classes\n", _class_table(classes())]
    for group, title in _GROUPS.items():
        parts.append(f"## {title}\n")
        parts.append(_property_table(p for p in properties() if _group(p) == group))
    parts.append("## 数据类型 Datatypes\n")
    parts.append(
        _table(("datatype", "名称 label", "含义 meaning"), ([*_naming(t), _meaning(t)] for t in datatypes()))
    )
    for scheme in schemes():
        parts.append(f"## {scheme.label_zh} {scheme.label_en} (`lz:{scheme.name}`)\n")
        if scheme.definition_zh:
            parts.append(f"{scheme.definition_zh} {scheme.definition_en}\n")
        parts.append(_concept_table(concepts(scheme.name)))
    parts.append("## 产业链模板 Chain templates\n")
    parts.append(_template_table(templates()))
    return "\n".join(parts)


def _group(prop: Property) -> str:
    domain = set(prop.domain)
    if domain & _STATEMENTS:
        return "statement"
    if domain & _REFERENCE:
        return "reference"
    if prop.definition_zh.startswith("推导"):
        return "derived"
    entities = {
        "Zone",
        "Park",
        "Place",
        "Firm",
        "Project",
        "Chain",
        "Industry",
        "Product",
        "Institution",
        "Person",
    }
    return "relation" if set(prop.range) <= entities else "figure"


def _class_table(terms: Iterable[Class]) -> str:
    head = ("class", "名称 label", "含义 meaning", "⊑", "例 example")
    return _table(head, ([*_naming(t), _meaning(t), _names(t.parents), _example(t)] for t in terms))


def _property_table(terms: Iterable[Property]) -> str:
    head = ("property", "名称 label", "从 from → 到 to", "含义 meaning", "例 example")
    return _table(
        head,
        (
            [*_naming(t), f"{_names(t.domain) or '–'} → {_names(t.range) or '–'}", _meaning(t), _example(t)]
            for t in terms
        ),
    )


def _concept_table(terms: Sequence[Concept]) -> str:
    """The concepts of a scheme; columns that would stay empty are left out."""
    head, rows = ["concept", "名称 label"], [_naming(t) for t in terms]
    columns = (
        ("写法 strings", [_names(t.notations) for t in terms]),
        ("含义 meaning", [_meaning(t) for t in terms]),
        ("例 example", [_example(t) for t in terms]),
    )
    for title, cells in columns:
        if any(cells):
            head.append(title)
            for row, cell in zip(rows, cells, strict=True):
                row.append(cell)
    return _table(head, rows)


def _template_table(chains: Iterable[Template]) -> str:
    zh = labels("zh")
    head = ("id", "名称 label", "又称 also", *(f"{zh[tier]} {tier}" for tier in TIERS))
    rows = []
    for chain in chains:
        members = [
            "、".join(
                f"**{s.label_zh}**" if s.critical else s.label_zh for s in chain.segments if s.tier == tier
            )
            for tier in TIERS
        ]
        link = f"[`{chain.id}`](chains/{chain.id}.ttl)"
        rows.append([link, f"{chain.label_zh}<br>{chain.label_en}", "、".join(chain.aliases), *members])
    return _table(head, rows) + "\n关键环节用粗体。Critical segments are in bold.\n"


def _naming(term: Term) -> list[str]:
    return [f"`lz:{term.name}`", f"{term.label_zh}<br>{term.label_en}"]


def _meaning(term: Term) -> str:
    return "<br>".join(text for text in (term.definition_zh, term.definition_en) if text)


def _example(term: Term) -> str:
    return "<br>".join(f"「{text}」" for text in term.examples)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Write or check the file; the exit status: 0 done, 1 stale, 2 not understood."""
    if list(arguments) not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    path = ontology_dir() / "README.md"
    text = readme()
    if not arguments:
        path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    print(
        "ontology/README.md is stale. Run `python -m kg.ontology_docs` and commit the result.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The gap report of a zone, a place or the whole graph: its sheets, its pictures, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.chains.citing import Citations
from kg.chains.landscape import Landscape
from kg.chains.ledger import Entry, ledger
from kg.chains.ledger_rows import figure_table, ledger_table, rate_table
from kg.chains.notes import meanings, note
from kg.chains.page import page
from kg.chains.rates import rates
from kg.chains.rating import chosen, levels_of, rated, related_by_level
from kg.chains.rows import Rated, chain_table, gap_table, label, target_table
from kg.chains.tables import Table, as_csv, as_json, as_markdown, as_zip
from kg.chains.wording import Language, word
from kg.chains.workbook import workbook
from kg.errors import KgError, UsageError
from kg.graph.store import replace_file

ENDINGS = (".xlsx", ".html", ".md", ".csv", ".json", ".zip")


@dataclass(frozen=True, slots=True)
class Report:
    """Tables with what they rest on (`about`) and mean; `drawn` are the chains to draw, each with its gaps."""

    title: str
    about: str
    tables: tuple[Table, ...]
    meanings: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[Rated, ...], ...] = ()
    lang: Language = "zh"

    def save(self, path: Path) -> None:
        """Write the report in the form that the file's ending names.

        .csv holds the first table alone, .zip all of them. Raises UsageError for another ending, KgError if
        the file cannot be written.
        """
        content = self._content(ending(path))
        try:
            replace_file(path, content)
        except OSError as error:
            raise KgError(f"{path}: cannot write the report: {error.strerror or error}") from error

    def _content(self, form: str) -> bytes | str:
        match form:
            case ".xlsx":
                return workbook(self.tables, self.title, self.about, self.meanings, self.lang)
            case ".html":
                return page(self.tables, self.drawn, self.title, self.about, self.meanings, self.lang)
            case ".md":
                return as_markdown(self.tables, self.title, self.about)
            case ".csv":
                return as_csv(self.tables[0])
            case ".json":
                return as_json(self.tables, self.title, self.about)
            case _:
                return as_zip(self.tables, self.about)


def ending(path: Path) -> str:
    """The ending of a file that a report can be written to; raises UsageError for any other."""
    found = path.suffix.lower()
    if found not in ENDINGS:
        raise UsageError(f"{path}: write to a file that ends in {', '.join(ENDINGS)}")
    return found


def gap_report(
    landscape: Landscape, container: str | None = None, template: str | None = None, lang: Language = "zh"
) -> Report:
    """What the chains of a zone or place (an IRI), or of the graph, have and lack, and whom to call.

    With a `template` (its id) only chains of that kind. The ledger holds all projects of the place; for the whole
    graph, those that stand in segments of the chains (`ledger_report` has all).
    """
    chains, everywhere = chosen(landscape, container, template)
    related = related_by_level(landscape, levels_of(landscape, chains))
    found = rated(landscape, chains, everywhere, related)
    cited = Citations(landscape, lang)
    standing = None
    if container is None:
        inside = landscape.in_segments(s.id for chain in chains for s in chain.template.segments)
        standing = {member for members in inside.values() for member in members}
    entries = ledger(landscape, container, standing)
    cited.prepare(
        {m.iri for chain in chains for inside in chain.members.values() for m in inside}
        | {m.iri for chain in chains for m in chain.unplaced}
        | {one.member.iri for each in found for one in each.candidates}
        | {m.iri for each in found for m in (*each.gap.suppliers[:3], *each.gap.buyers[:3])}
        | {entry.iri for entry in entries}
    )
    homes = [container] if container else sorted({chain.container for chain in chains})
    tables = [
        gap_table(found, cited, lang),
        chain_table(found, cited, lang),
        target_table(found, cited, lang),
        ledger_table(landscape, entries, cited, lang),
    ]
    extra = (
        rate_table(landscape, rates(entries, homes), lang),
        figure_table(landscape, container, lang),
    )
    tables += [table for table in extra if table.rows]
    tables.append(cited.table())
    title = word("gaps", lang) if container is None else f"{landscape.label(container)} {word('gaps', lang)}"
    return Report(
        title,
        about(landscape, lang),
        tuple(tables),
        tuple(meanings(lang, landscape.without_template(container), related)),
        by_chain(found),
        lang,
    )


def ledger_report(
    landscape: Landscape, container: str | None = None, template: str | None = None, lang: Language = "zh"
) -> Report:
    """The projects of a zone or place (an IRI), or of the graph, and how far they come.

    With a `template` (its id) only projects that stand in one of its segments.
    """
    entries = projects(landscape, container, template)
    cited = Citations(landscape, lang)
    cited.prepare({entry.iri for entry in entries})
    tables = [
        ledger_table(landscape, entries, cited, lang),
        *progress_tables(landscape, entries, container, template, lang),
    ]
    parts = [landscape.label(container)] if container else []
    parts += [label(landscape.by_id[template], lang)] if template else []
    return Report(
        " ".join([*parts, word("ledger", lang)]),
        about(landscape, lang),
        (*tables, cited.table()),
        tuple(meanings(lang)),
        (),
        lang,
    )


def projects(landscape: Landscape, container: str | None = None, template: str | None = None) -> list[Entry]:
    """The projects of a zone or place (an IRI), or of the graph; with a `template` those in one of its segments."""
    entries = ledger(landscape, container)
    if template is None:
        return entries
    wanted = {segment.id for segment in landscape.by_id[template].segments}
    return [entry for entry in entries if wanted & set(entry.segments)]


def progress_tables(
    landscape: Landscape,
    entries: Sequence[Entry],
    container: str | None,
    template: str | None,
    lang: Language,
) -> list[Table]:
    """How far projects come, by the projects themselves and (of all chains together) by figures in the texts."""
    homes = [container] if container else sorted({iri for entry in entries for iri in entry.around})
    if container is None:
        homes = [iri for iri in homes if (c := landscape.container(iri)) and c.kind == "Zone"]
    tables = [rate_table(landscape, rates(entries, homes), lang)]
    return tables if template else [*tables, figure_table(landscape, container, lang)]


def by_chain(found: Sequence[Rated]) -> tuple[tuple[Rated, ...], ...]:
    """Rated gaps, those of a chain together."""
    return tuple(tuple(same) for _, same in groupby(found, key=lambda one: id(one.gap.chain)))


def about(landscape: Landscape, lang: Language) -> str:
    """What a report on this graph rests on."""
    info = landscape.graph.info()
    return note(info["articles"], info["sources"], lang)

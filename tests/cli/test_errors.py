"""Whatever goes wrong: one clear line on stderr, the right exit code, nothing stored is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from filelock import FileLock

from kg.graph.store import FORMAT

ARTICLE = "云州经开区签约项目12个\n本报讯 云州经济技术开发区今年签约项目12个，总投资30亿元。\n"


def one_line(result: Result, code: int, *says: str) -> None:
    """The command failed with a code and told it in one line."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1 and result.stderr.endswith("\n"), result.stderr
    assert "Traceback" not in result.stderr
    for said in says:
        assert said in result.stderr


# --- what is asked -------------------------------------------------------------------------------------

WRONG = [
    # args, exit code, what the line says
    ("bild seeds", 2, ["No such command 'bild'", "Did you mean 'build'?", "kg --help"]),
    ("frobnicate", 2, ["No such command 'frobnicate'", "There are: build, query, show"]),
    ("show", 2, ["Missing argument 'NAME'", "kg show --help"]),
    ("info --jsn", 2, ["--jsn", "kg info --help"]),
    ("--kg new.kg build", 2, ["there is no graph at new.kg yet", "name files or folders"]),
    ("build seeds --jobs 0", 2, ["--jobs", "0"]),
    ("build seeds --jobs many", 2, ["--jobs", "many"]),
    ("show 火星开发区", 2, ["nothing in the graph is named '火星开发区'", "near it:"]),
    ("show zone/火星", 2, ["nothing in the graph is named"]),
    ("show 产业园", 2, ["fits", "park/现代煤化工产业园"]),
    ("show ''", 2, ["no name given"]),
    ("query nosuch", 2, ["no saved query is called 'nosuch'", "leaders"]),
    ("query leader", 2, ["did you mean 'leaders'?"]),
    ("query leaders -p zone", 2, ["-p 'zone': write it as NAME=VALUE"]),
    ("query leaders -p place=x", 2, ["leaders has no parameter 'place'; it takes zone"]),
    ("query segments-without-evidence", 2, ["needs -p zone=…"]),
    ("query leaders -p zone=火星", 2, ["nothing in the graph is named '火星'"]),
    ("query same-industry -p min=many", 2, ["min='many' is not a number"]),
    ("query same-industry -p min=1.5", 2, ["min='1.5' is not a whole number"]),
    ("query 'SELECT ?x {'", 2, ["line 1, column 12", "ends too early"]),
    ("query 'SELECT * { ?x no:such ?y }'", 2, ["line 1", "Prefix not found"]),
    ("query 'DROP ALL'", 2, ["cannot read the query"]),
    ("query 'SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }'", 2, ["SERVICE is refused"]),
    ("query 'ASK {}' -p a=b", 2, ["the SPARQL text has no parameter 'a'; it takes none"]),
    ("query leaders -f x.rq", 2, ["not both"]),
    ("query -f none.rq", 2, ["none.rq: cannot read the query: No such file"]),
    ("query leaders --format xml", 2, ["--format", "'xml'", "'jsonl'"]),
    ("query --queries nowhere", 2, ["nowhere: holds no saved queries"]),
    ("query figures-changed -p from=21 -p to=2024", 2, ["from='21' is not a year, such as 2024"]),
    ("query leaders --endpoint localhost", 2, ["'localhost' is no address of a store"]),
    (
        "query leaders --endpoint http://127.0.0.1:9/q",
        1,
        ["http://127.0.0.1:9/q: cannot be reached", "is the store"],
    ),
    (
        "push http://127.0.0.1:9/store",
        1,
        ["http://127.0.0.1:9/query: cannot be reached", "is the store running?"],
    ),
    ("push http://127.0.0.1:9/x", 2, ["cannot tell where this store answers queries", "--query URL"]),
    ("push http://me:secret@127.0.0.1:9/store", 2, ["leave the login out of the address", "LIANZHU_USER"]),
    ("export graph.foo", 2, ["graph.foo: cannot tell the format from '.foo'", ".nq"]),
    ("export graph.csv", 2, ["graph.zip"]),
    ("export graph.nq --format rdfxml", 2, ["--format", "'rdfxml'", "'turtle'"]),
    ("export nowhere/graph.nq", 1, ["nowhere/graph.nq: cannot write the export: No such file"]),
    ("explore -o nowhere/page.html", 1, ["nowhere/page.html: cannot write"]),
    ("explore --zone 火星", 2, ["nothing in the graph is named '火星'"]),
    ("gaps -o nowhere/gaps.xlsx", 1, ["nowhere/gaps.xlsx: cannot write"]),
    ("gaps -o nowhere/gaps.csv", 1, ["nowhere/gaps.csv: cannot write"]),
    ("gaps -o gaps.doc", 2, ["gaps.doc: write to a file that ends in .xlsx, .html, .md, .csv, .json, .zip"]),
    ("gaps --zone 耀邦", 2, ["name a zone, park or place"]),
    ("gaps --chain 造船", 2, ["no chain template is called '造船'; there are: "]),
    ("evaluate nowhere", 1, ["nowhere holds no .json annotations"]),
    ("--kg nowhere.kg info", 1, ["nowhere.kg: no such graph; make it with: kg --kg nowhere.kg build SOURCE"]),
    ("--kg nowhere.kg show 左云", 1, ["no such graph"]),
    ("--kg . info", 1, [".: not a graph"]),
    ("--config none.toml info", 1, ["none.toml: cannot read the settings"]),
    ("build none.txt", 1, ["nothing could be read: none.txt: no such file or folder"]),
]


@pytest.mark.parametrize(("line", "code", "says"), WRONG, ids=[w[0] for w in WRONG])
def test_what_is_wrong_is_said_in_one_line(kg, line: str, code: int, says: list[str]) -> None:
    import shlex

    one_line(kg(*shlex.split(line)), code, *says)
    assert not list(Path().iterdir()), "something was left behind"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("graph = 3", "graph"),
        ("colour = 'red'", "unknown setting 'colour'"),
        ("jobs = 0", "setting jobs: 0 is not 1 or more"),
        ("= nonsense", "not a TOML file"),
    ],
)
def test_bad_settings(kg, text: str, says: str) -> None:
    Path("lianzhu.toml").write_text(text)
    one_line(kg("--config", "lianzhu.toml", "info"), 1, "lianzhu.toml", says)


def test_bad_annotations(kg) -> None:
    Path("gold").mkdir()
    for text, says in (
        ("{", "is no JSON"),
        ("{}", "is no annotation of a document (KeyError: 'entities')"),
        ('{"entities": [{"id": "e1", "type": "Ship", "name": "x"}], "facts": []}', "'Ship' is none of"),
        ('{"entities": [], "facts": [{"p": "likes", "s": "e1"}]}', "'likes' is none of"),
    ):
        Path("gold/001.json").write_text(text)
        one_line(kg("evaluate", "gold"), 1, "gold/001.json", says)


def test_errors_of_unknown_kinds(kg) -> None:
    Path("gold").mkdir()
    Path("gold/001.json").write_text(
        '{"entities": [{"id": "e", "type": "Zone", "name": "云州"}], "facts": []}'
    )
    one_line(kg("evaluate", "gold", "--errors", "zones"), 2, "'all'", "Zone")


def test_saved_queries_of_ones_own_that_cannot_be_used(kg) -> None:
    Path("own").mkdir()
    for text, says in (
        ("SELECT * {}", "the head needs a '# zh:' and an '# en:' line"),
        (
            "# zh: 问\n# en: ask\n# param zone\nSELECT * { ?s ?p $zone }",
            "cannot read the line '# param zone'",
        ),
        ("# zh: 问\n# en: ask\n# param zone entity: x\nSELECT * {}", "so $zone must stand in the query"),
    ):
        Path("own/mine.rq").write_text(text, encoding="utf-8")
        one_line(kg("query", "--queries", "own"), 1, "own/mine.rq", says)
    Path("own/mine.rq").write_bytes(b"\xff\xfe\x00")
    one_line(kg("query", "--queries", "own"), 1, "own/mine.rq")
    one_line(kg("query", "-f", "own/mine.rq"), 2, "own/mine.rq", "UTF-8")


def test_a_fault_of_our_own_is_one_line_too(kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("kg.graph.graph.Graph.info", fault)
    one_line(kg("info"), 1, "unexpected ZeroDivisionError: two lines", "report", "LIANZHU_DEBUG=1")
    monkeypatch.setenv("LIANZHU_DEBUG", "1")
    assert isinstance(kg("info").exception, ZeroDivisionError)


# --- stores --------------------------------------------------------------------------------------------


@pytest.fixture
def copy(seeds_path: Path, tmp_path: Path) -> Path:
    """A copy of the seeds' graph that a test may spoil."""
    return Path(shutil.copytree(seeds_path, tmp_path / "copy.kg"))


def state(path: Path) -> dict[str, bytes]:
    """All that is stored."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and file.name != ".lock"
    }


COMMANDS = ["info", "show 左云经开区", "query leaders", "gaps", "export g.nq", "validate", "explore"]


@pytest.mark.parametrize("command", [*COMMANDS, "build a.txt"])
def test_a_store_of_a_newer_format(kg, copy: Path, config: Path, command: str) -> None:
    file = copy / "kg.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": FORMAT + 1}))
    before = state(copy)
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    result = kg("--config", config, "--kg", copy, *command.split())
    one_line(result, 1, "copy.kg: written by a newer version", "upgrade lianzhu")
    assert state(copy) == before


@pytest.mark.parametrize("command", ["info", "build a.txt"])
def test_a_damaged_store(kg, copy: Path, config: Path, command: str) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    (copy / "kg.json").write_text('{"format": 1, "gen')
    before = state(copy)
    one_line(kg("--config", config, "--kg", copy, *command.split()), 1, "kg.json: damaged")
    assert state(copy) == before


def test_missing_files_of_a_store(kg, copy: Path) -> None:
    shutil.rmtree(next((copy / "generations").iterdir()) / "store")
    one_line(kg("--kg", copy, "info"), 1, "cannot open the graph", "build it again")


# --- builds --------------------------------------------------------------------------------------------


def test_a_target_that_cannot_be_written(kg, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("mine").mkdir()
    Path("mine/thesis.docx").write_text("years of work")
    build = ("--config", config, "--kg")
    one_line(kg(*build, "a.txt", "build", "a.txt"), 1, "a.txt: is a file; a graph is a folder")
    one_line(kg(*build, "a.txt/x.kg", "build", "a.txt"), 1, "a.txt/x.kg")
    one_line(kg(*build, "mine", "build", "a.txt"), 1, "mine: a folder that holds other things than a graph")
    monkeypatch.setattr(Path, "mkdir", _refuse)
    one_line(kg(*build, "new.kg", "build", "a.txt"), 1, "new.kg: cannot write here: Permission denied")
    assert {str(p) for p in Path().rglob("*")} == {"a.txt", "mine", "mine/thesis.docx"}


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_full_disk(kg, copy: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    before = state(copy)
    monkeypatch.setattr("kg.graph.readings.save", full)
    result = kg("--config", config, "--kg", copy, "build", "a.txt")
    one_line(result, 1, "copy.kg: cannot write the graph: No space left on device")
    assert state(copy) == before


def test_sources_that_fail_are_named_and_the_others_get_in(kg, config: Path) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("news/b.docx").write_bytes(b"PK\x03\x04")
    Path("news/c.txt").write_text(ARTICLE + "坏", encoding="utf-8")
    result = kg("--config", config, "--kg", "x.kg", "build", "news", "none.md", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 articles, ")
    assert "Sources read: 1, unchanged: 0, not read: 3" in result.stdout
    lines = result.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["none.md", "news/b.docx", "news/c.txt"]
    assert all(line.startswith("Not read: ") for line in lines)
    assert kg("--kg", "x.kg", "info").exit_code == 0


def test_two_builds_at_once(kg, copy: Path, config: Path) -> None:
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    before = state(copy)
    holding = f"""
from filelock import FileLock; lock = FileLock({str(copy / ".lock")!r}); lock.acquire()
print("held", flush=True); import time; time.sleep(60)
"""
    holder = subprocess.Popen([sys.executable, "-c", holding], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        result = kg("--config", config, "--kg", copy, "build", "a.txt")
        one_line(result, 1, "copy.kg: another build is writing this graph; wait until it is done")
    finally:
        holder.kill()
        holder.wait()
    assert state(copy) == before
    with FileLock(copy / ".lock", timeout=0):
        pass


def test_ctrl_c(kg, copy: Path, config: Path) -> None:
    """In a process of its own, with processes under it, as a terminal does it: the whole group is told."""
    Path("news").mkdir()
    for name in "ab":
        Path(f"news/{name}.txt").write_text(ARTICLE + "很慢", encoding="utf-8")
    before = state(copy)
    search = os.pathsep.join(entry for entry in sys.path if entry)
    line = [
        sys.executable,
        "-m",
        "kg",
        "--config",
        str(config),
        "--kg",
        str(copy),
        "build",
        "news",
        "--jobs",
        "2",
    ]
    process = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": search, "ODD_BEGAN": "began"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a background shell ignores it
    )  # fmt: skip
    while not Path("began").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "Error: stopped; a graph that was being built is as it was before"
    assert state(copy) == before


def test_a_program_of_its_own_says_the_same(seeds_path: Path, tmp_path: Path) -> None:
    """`python -m kg`, as the shell sees it."""
    search = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "--kg", seeds_path, "show", "火星"],
        capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": search},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: nothing in the graph is named '火星'")
    assert done.stderr.count("\n") == 1

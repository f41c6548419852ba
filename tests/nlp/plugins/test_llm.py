"""A language model behind an OpenAI-compatible URL; here a server on this machine that answers as told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from kg.errors import KgError
from kg.model import Claim, Concept, Modality, Ref
from kg.nlp import make_pipeline
from kg.nlp.plugins import set_aside
from kg.nlp.plugins.chat import json_in

TEXT = "云州经开区的储能电池项目由星火新能源投资建设，总投资8.9亿元，预计明年投产。"


class Fake:
    """The server: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.content = "{}"
        self.status = 200
        self.body: bytes | None = None
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                fake.asked.append({"path": self.path, **json.loads(self.rfile.read(size))})
                fake.headers.append(dict(self.headers))
                answer = {"choices": [{"message": {"content": fake.content}}]}
                body = fake.body if fake.body is not None else json.dumps(answer).encode()
                self.send_response(fake.status)
                if fake.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = Fake()
    yield server
    server.close()


@pytest.fixture
def reader(fake: Fake, tmp_path: Path) -> Callable[..., Language]:
    """A pipeline whose only names are those of the model."""

    def make(**more: object) -> Language:
        settings = "\n".join(f"{key} = {json.dumps(value)}" for key, value in more.items())
        file = tmp_path / "llm.cfg"
        file.write_text(
            f"""
[nlp]
pipeline = ["sentences","quantities","dates","llm","entities","context","llm_facts"]
[components]
[components.llm]
factory = "lz_llm"
url = "{fake.url}"
model = "fake"
{settings}
[components.llm_facts]
factory = "lz_llm_facts"
""",
            encoding="utf-8",
        )
        return make_pipeline(file)

    return make


NAMES = [
    {"type": "Zone", "text": "云州经开区"},
    {"type": "Project", "text": "储能电池项目"},
    {"type": "Firm", "text": "星火新能源"},
]


def test_names_that_stand_in_the_text(fake: Fake, reader: Callable[..., Language]) -> None:
    odd = [
        {"type": "Firm", "text": "星火新能源有限公司"},
        {"type": "Company", "text": "星火新能源"},
        {"type": "Firm"},
        "星火",
        {"type": "Firm", "text": ""},
    ]
    fake.content = "好的：\n```json\n" + json.dumps({"entities": NAMES + odd}, ensure_ascii=False) + "\n```"
    doc = reader()(TEXT)
    assert [(s.text, s.label_) for s in doc.spans["entities"]] == [
        ("云州经开区", "Zone"),
        ("储能电池项目", "Project"),
        ("星火新能源", "Firm"),
    ]
    assert [s.reason for s in set_aside(doc)] == [
        "is not in the text",
        "'Company' is none of the types asked for",
        *["is no entity: type and text are wanted"] * 3,
    ]


def test_what_is_asked(fake: Fake, reader: Callable[..., Language], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "secret")
    nlp = reader(types=["Firm", "Project"], key_variable="MY_KEY", longest=20)
    nlp("第一句话说的是这个。\n第二句话说的是那个。\n第三句话。")
    assert [a["messages"][1]["content"] for a in fake.asked] == [
        "第一句话说的是这个。",
        "第二句话说的是那个。\n第三句话。",
    ]
    asked = fake.asked[0]
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "fake", 0)
    told = asked["messages"][0]["content"]
    assert "- Firm（企业）" in told and "- Project（项目）" in told and "- Zone" not in told
    assert "facts" not in told and "@" not in told
    assert fake.headers[0]["Authorization"] == "Bearer secret"


def fact(predicate: str, **more: object) -> dict[str, object]:
    return {"predicate": predicate, "subject": "储能电池项目", "quote": TEXT, **more}


def claims_of(nlp: Language, fake: Fake, *facts: object) -> tuple[list[Claim], list[str]]:
    fake.content = json.dumps({"entities": NAMES, "facts": list(facts)}, ensure_ascii=False)
    doc = nlp(TEXT)
    assert (
        "- developedBy（建设方）：Project → Firm、Institution、Zone。"
        in fake.asked[-1]["messages"][0]["content"]
    )
    return doc._.claims, [s.reason for s in set_aside(doc)]


def test_facts_that_the_text_bears_out(fake: Fake, reader: Callable[..., Language]) -> None:
    claims, aside = claims_of(
        reader(facts=True),
        fake,
        fact("developedBy", object="星火新能源"),
        fact("totalInvestment", value="8.9亿元", quote="总投资8.9亿元"),
        fact("status", value="inProduction", held="expected", quote="预计明年投产"),
    )
    assert aside == []
    ids = {"Zone": "e1", "Project": "e2", "Firm": "e3"}
    assert {(c.subject, c.predicate, c.object, c.unit, c.modality) for c in claims} == {
        (ids["Project"], "developedBy", Ref(ids["Firm"]), None, Modality.ASSERTED),
        (ids["Project"], "totalInvestment", Decimal(890_000_000), "CNY", Modality.ASSERTED),
        (ids["Project"], "status", Concept("inProduction"), None, Modality.EXPECTED),
    }
    for claim in claims:
        assert (TEXT[claim.start : claim.end], claim.rule, claim.confidence) == (TEXT, "llm_facts", 0.7)
    (money,) = [c for c in claims if c.predicate == "totalInvestment"]
    assert money.printed == "8.9亿元"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("a text", "'None' is no property that a text states"),
        (fact("owns", object="星火新能源"), "'owns' is no property that a text states"),
        (
            fact("memberUnderLeader", object="星火新能源"),
            "'memberUnderLeader' is no property that a text states",
        ),
        (fact("developedBy", object="月亮公司"), "'月亮公司' is no mention"),
        (
            fact("developedBy", object="储能电池项目"),
            "'储能电池项目' is a Project, not Firm or Institution or Zone",
        ),
        (fact("developedBy"), "has no object"),
        (
            fact("developedBy", object="星火新能源", quote="星火新能源投资了它"),
            "the quote is not in the text",
        ),
        (
            fact("developedBy", object="星火新能源", held="maybe"),
            "held 'maybe' is none of asserted, expected, negated",
        ),
        (fact("totalInvestment", value="9.8亿元"), "'9.8亿元' is no figure of the quote in a unit of money"),
        (fact("landArea", value="8.9亿元"), "'8.9亿元' is no figure of the quote in a unit of area"),
        (fact("status", value="finished"), "'finished' is no phase"),
        (fact("suppliesTo", object="储能电池项目"), "subject and object are one"),
    ],
)
def test_facts_that_it_does_not(
    fake: Fake, reader: Callable[..., Language], said: object, reason: str
) -> None:
    assert claims_of(reader(facts=True), fake, said) == ([], [reason])


def test_an_answer_that_is_none(fake: Fake, reader: Callable[..., Language]) -> None:
    fake.content = "我不知道。"
    doc = reader()(TEXT)
    assert [(s.said, s.reason) for s in set_aside(doc)] == [("我不知道。", "is no JSON object")]
    fake.content = json.dumps({"entities": "星火", "facts": 3})
    doc = reader(facts=True)(TEXT)
    assert (len(doc.spans["entities"]), set_aside(doc)) == (0, ())


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"", "answers 500"),
        (302, b"", "answers 302"),  # and is not followed
        (200, b"<html>", "is no chat completion"),
        (200, b'{"choices": []}', "is no chat completion"),
    ],
)
def test_a_server_that_fails(
    fake: Fake, reader: Callable[..., Language], status: int, body: bytes, said: str
) -> None:
    fake.status, fake.body = status, body
    with pytest.raises(KgError, match=said) as error:
        reader()(TEXT)
    assert "\n" not in str(error.value)
    assert len(fake.asked) == 1


def test_a_server_that_is_not_there(fake: Fake, reader: Callable[..., Language]) -> None:
    nlp = reader(timeout=2)
    fake.close()
    with pytest.raises(KgError, match=r"does not answer .*; start it, or take it out of the pipeline"):
        nlp(TEXT)


@pytest.mark.parametrize(
    ("answer", "data"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Sure!\n```json\n{"a": {"b": 2}}\n```', {"a": {"b": 2}}),
        ("[1, 2]", None),
        ("{broken", None),
        ("", None),
    ],
)
def test_json_in_an_answer(answer: str, data: object) -> None:
    assert json_in(answer) == data

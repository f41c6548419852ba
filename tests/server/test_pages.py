"""What people and programs find at the addresses of the site: pages, RDF of each thing, descriptions."""

from __future__ import annotations

import shutil
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from graph_material import by_name, small
from server_material import EVIL, Reply, Server, start

from kg.graph import write

FORMS = {"text/turtle": "ttl", "application/ld+json": "jsonld", "application/n-triples": "nt"}


class Links(HTMLParser):
    """What a page links to and loads, and whether a script of its own was let in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append(tag)
        if tag == "a":
            self.hrefs.append(given.get("href") or "")
        if tag in ("script", "img") and "src" in given:
            self.loaded.append(given["src"] or "")
        if tag == "link" and given.get("rel") in ("stylesheet", "icon"):
            self.loaded.append(given.get("href") or "")
        assert not [name for name in given if name.startswith("on")]


@pytest.fixture
def site(writable: Server) -> Server:
    """A server with limits as they are meant to be, its explorer ready."""
    shown(writable)
    return writable


def zone(server: Server) -> str:
    """The path of a zone of the graph."""
    (found, *_) = sorted(server.query("SELECT ?z { ?z a lz:Zone }").bindings("z"))
    return found.partition("/id/")[2]


def shown(site: Server, path: str = "/") -> Reply:
    """A page of the explorer, once that is ready."""
    for _ in range(600):
        reply = site("GET", path)
        if reply.status != 503:
            return reply
        assert int(reply.headers["retry-after"]) > 0
        time.sleep(0.1)
    raise AssertionError("the explorer does not get ready")


# --- /id/: the thing, and the documents about it


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page/{}"),
        ("*/*", "/page/{}"),
        ("text/turtle", "/rdf/{}.ttl"),
        ("application/ld+json, text/html;q=0.5", "/rdf/{}.jsonld"),
        ("application/rdf+xml", "/rdf/{}.rdf"),
    ],
)
def test_a_thing_sends_on_to_the_document_that_is_asked_for(site: Server, accept: str, place: str) -> None:
    path = zone(site)
    reply = site("GET", f"/id/{path}", accept=accept)
    assert (reply.status, reply.headers["location"]) == (303, place.format(quote(path)))
    assert "Accept" in reply.headers["vary"]
    assert site("GET", f"/id/{path}", accept="image/png").status == 406


@pytest.mark.parametrize("media_type", FORMS)
def test_the_rdf_of_a_thing_tells_what_is_said_of_it_with_evidence(site: Server, media_type: str) -> None:
    path = zone(site)
    iri = f"https://w3id.org/lianzhu/id/{path}"
    reply = site("GET", f"/rdf/{path}.{FORMS[media_type]}")
    assert (reply.status, reply.media_type) == (200, media_type)
    read = ox.RdfFormat.from_media_type(media_type)
    triples = [quad.triple for quad in ox.parse(reply.body, read)]
    about = {t.predicate.value.rpartition("#")[2] for t in triples if t.subject == ox.NamedNode(iri)}
    assert {"prefLabel", "type"} <= about
    assert any(t.predicate.value.endswith("#quote") for t in triples)


def test_what_the_graph_does_not_know_is_not_found(site: Server) -> None:
    for path in (
        "/page/zone/无此区",
        "/rdf/zone/无此区.ttl",
        "/rdf/zone",
        "/none",
        "/page/a>b<",
        "/saved/none",
    ):
        assert site("GET", path).status == 404, path


# --- pages


def test_the_page_of_a_zone_tells_facts_with_sentences_in_both_languages(site: Server) -> None:
    path = zone(site)
    zh, en = (site("GET", f"/page/{path}{to}").text for to in ("", "?lang=en"))
    assert 'lang="zh-CN"' in zh and 'lang="en"' in en
    assert "<blockquote>" in zh and "把握" in zh and "confidence" in en
    links = Links(en).hrefs
    assert f"/rdf/{quote(path)}.ttl" in links
    others = [href for href in links if href.startswith("/page/") and not href.endswith("?lang=zh")]
    assert others and all("?lang=en" in href for href in others)


def test_every_link_of_the_pages_leads_somewhere(site: Server) -> None:
    seen, ahead = set(), ["/about", "/query", "/search?q=区", f"/page/{quote(zone(site))}"]
    while ahead:
        path = ahead.pop(0).partition("#")[0]
        if path in seen or path.partition("?")[0] == "/":  # the explorer is looked at below
            continue
        seen.add(path)
        reply = site("GET", path)
        assert reply.status == 200, path
        if reply.media_type == "text/html" and len(seen) < 60:
            page = Links(reply.text)
            ahead += [href for href in (*page.hrefs, *page.loaded) if href.startswith("/")]
            assert all(place.startswith("/") for place in page.loaded)
    assert {"/void", "/ontology"} <= seen


def test_no_name_breaks_out_of_a_page(site: Server) -> None:
    firm = next(
        f for f in site.query("SELECT ?f { ?f a lz:Firm }").bindings("f") if "script" in f or "img" in f
    )
    pages = [
        site("GET", f"/page/{firm.partition('/id/')[2]}"),
        site("GET", f"/search?q={quote(EVIL, safe='')}"),
        shown(site),
        site("GET", "/about"),
    ]
    for reply in pages:
        assert reply.status == 200
        assert EVIL not in reply.text
        assert "img" not in Links(reply.text).tags


def test_a_search_finds_names_and_other_names(site: Server) -> None:
    label = zone(site).rpartition("/")[2]
    assert label in site("GET", f"/search?q={quote(label[:2])}").text
    assert "没有叫这个名字的" in site("GET", "/search?q=zzzz").text
    assert site("GET", "/search").status == 200


# --- the explorer


def test_the_explorer_is_at_the_root_and_answers_what_its_page_asks(site: Server) -> None:
    page = shown(site)
    assert (page.status, page.media_type) == (200, "text/html")
    assert "connect-src 'self'" in page.text
    assert page.headers["content-security-policy"] == "frame-ancestors 'none'"
    path = zone(site)
    label = path.rpartition("/")[2]
    found = site("GET", f"/data/search?q={quote(label)}").json()
    (number, name), *_ = found["hits"]
    assert name == label
    around = site("GET", f"/data/things?id={quote(path)}").json()
    assert around["full"] == [number] and around["claims"]
    assert site("GET", "/data/table?of=facts&limit=5").json()["rows"]


def test_what_the_explorer_cannot_answer_is_refused(site: Server) -> None:
    shown(site)
    assert site("GET", "/?focus=zone/none").status == 404
    for asked in ("none", "things?id=zone/none", "table?of=facts&sort=none", "table?limit=x", "map?key=x"):
        assert site("GET", f"/data/{asked}").status == 400, asked


def test_the_explorer_goes_over_to_a_graph_that_is_built_anew(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.kg"
    shutil.copytree(folder, own)
    running = start(own, workers=2)
    try:
        assert shown(running, "/data/search?q=险区").json()["found"] == 1
        write([small()], by_name(small()), own)
        for _ in range(600):
            reply = running("GET", "/data/search?q=险区")
            assert reply.status == 200  # the old content serves until the new one is ready
            if reply.json()["found"] == 0:
                break
            time.sleep(0.1)
        assert reply.json()["found"] == 0
    finally:
        assert running.stop() == 0


# --- descriptions


def triples(reply: Reply) -> set[tuple[str, str]]:
    """Property (its local name) and value of all that a Turtle document says."""
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    found = (quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.TURTLE))
    return {
        (t.predicate.value.rpartition("#")[2], getattr(t.object, "value", ""))
        for t in found
        if isinstance(t, ox.Triple)
    }


def test_the_endpoint_describes_itself(site: Server, server: Server) -> None:
    told = triples(server("GET", "/sparql", accept="text/turtle"))
    sd, formats = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
    assert {
        ("endpoint", f"{server.url}sparql"),
        ("supportedLanguage", f"{sd}SPARQL11Query"),
        ("feature", f"{sd}UnionDefaultGraph"),
        ("resultFormat", f"{formats}SPARQL_Results_JSON"),
        ("resultFormat", f"{formats}Turtle"),
        ("resultFormat", f"{formats}JSON-LD"),
    } <= told
    names = {value for name, value in told if name == "name"}
    assert names == server.query("SELECT DISTINCT ?g { GRAPH ?g {} }").bindings("g")
    update = ("supportedLanguage", f"{sd}SPARQL11Update")
    assert update not in told
    assert update in triples(site("GET", "/sparql", accept="text/turtle"))
    page = site("GET", "/sparql", accept="text/html")
    assert (page.status, page.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("path", ["/.well-known/void", "/void"])
def test_void_tells_what_the_graph_holds(site: Server, path: str) -> None:
    told = triples(site("GET", path, accept="text/turtle"))
    assert ("sparqlEndpoint", f"{site.url}sparql") in told
    (counted,) = site.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").bindings("n")
    assert ("triples", counted) in told
    assert ("class", "https://w3id.org/lianzhu/ontology#Zone") in told


def test_the_ontology_is_there(site: Server) -> None:
    told = triples(site("GET", "/ontology", accept="text/turtle"))
    assert {("label", "链主"), ("domain", "https://w3id.org/lianzhu/ontology#Chain")} <= told


# --- the query page


def test_the_query_page_offers_the_saved_questions(site: Server) -> None:
    from kg.query import saved_queries

    zh, en = (site("GET", f"/query{to}").text for to in ("", "?lang=en"))
    for query in saved_queries().values():
        assert query.zh.replace("&", "&amp;") in zh and f'data-query="{query.name}"' in en
    assert all(place.startswith("/assets/") for place in Links(zh).loaded)
    for place in Links(zh).loaded:
        assert site("GET", place).status == 200


def test_queries_of_one_s_own_are_offered_too(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "zones-called.rq"
    own.write_text(
        "# zh: 名称含“<某字>”的开发区\n# en: Zones <called> so\n# param word text: a part of the name\n"
        "SELECT ?z { ?z a lz:Zone ; skos:prefLabel ?n FILTER(CONTAINS(?n, $word)) }",
        encoding="utf-8",
    )
    server = start(folder, queries=[tmp_path])
    try:
        page = server("GET", "/query").text
        assert "名称含“&lt;某字&gt;”的开发区" in page and "<某字>" not in page
        filled = server("GET", f"/saved/zones-called?word={quote('区')}")
        assert filled.text.startswith("# zh: ") and "\nPREFIX lz: <" in filled.text
        assert len(server.query(filled.text).bindings("z")) == 2
        assert server("GET", "/saved/zones").status == 200
    finally:
        assert server.stop() == 0


def test_a_saved_question_is_filled_in_and_runs(site: Server) -> None:
    label = zone(site).rpartition("/")[2]
    for name, parameters in (("zones", ""), ("leaders", f"?zone={quote(label)}"), ("projects", "?zone=")):
        filled = site("GET", f"/saved/{name}{parameters}")
        assert (filled.status, filled.media_type) == (200, "application/sparql-query")
        assert site.query(filled.text).status == 200
    assert site("GET", "/saved/leaders?zone=无此区").status == 400
    assert site("GET", "/saved/leaders?nothing=x").status == 400

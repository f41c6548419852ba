/* The data of the page, what is seen of it now, and small helpers. */
const $ = (id) => document.getElementById(id);
const D = JSON.parse($("data").textContent);
const KINDS = ["Zone", "Park", "Place", "Chain", "Firm", "Project", "Industry", "Product", "Institution", "Person"];
const STATES = ["producing", "building", "planned", "suspended", "untold"];
const STRENGTHS = ["stated", "expected", "member", "potential"];
const SEGMENT_STATES = ["stateStrong", "stateWeak", "stateUnderConstruction", "statePlanned", "stateNoEvidence"];
const START_VIEW = D.view || "network";
const VIEWS = ["chains", "network", "article", "card", "table"];
const FLOWS = new Set(["suppliesTo", "potentialSupplierOf", "subsidiaryOf", "developedBy"]); // drawn with an arrow
const INSIDE = new Set(["inChain", "chainIn", "locatedIn", "parkOf"]);

/* What is seen. `spots` maps the number of a thing on the picture to its place {x, y, side}. */
const view = {
  name: "network", root: null, selected: null, line: null, fact: null, hover: null, way: null,
  spots: new Map(), steps: [], untouched: true, camera: null,
  pitch: 40, // between rows, in pixels at a zoom of 1
  ems: 14, // how long a name of one line may be
  off: new Set(), years: null, confidence: 0, money: 0,
  map: null, segment: null, article: null,
  table: { of: "things", q: "", sort: "facts", down: true, page: 0 },
};

let lang = D.lang;
const say = (key, values = {}) => D.words[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const term = (name) => D.terms[lang][name] || name;
const calls = (p) => D.forward[lang][p] || term(p);
const joined = (parts) => parts.filter((part) => part || part === 0).join(" · ");
const number = (n) => n.toLocaleString(lang === "zh" ? "zh-CN" : "en");

/** An element with text (never markup) and children. */
function el(tag, options = {}, ...children) {
  const { text, cls, ...attributes } = options;
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  Object.entries(attributes).forEach(([name, value]) => e.setAttribute(name, value));
  if (text !== undefined && text !== null) e.textContent = text;
  e.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return e;
}
function button(text, act, cls = "link") {
  const b = el("button", { text, cls, type: "button" });
  b.addEventListener("click", act);
  return b;
}
function grouped(list, key) {
  const groups = new Map();
  list.forEach((x) => { const k = key(x); if (!groups.has(k)) groups.set(k, []); groups.get(k).push(x); });
  return groups;
}

/* The graph as far as the page holds it. Numbers are the graph's own, so a served page leaves gaps in the lists:
   they are gone through with forEach, which skips gaps. */
const THINGS = [], LINKS = [], CLAIMS = [], QUOTES = [], ARTICLES = [], near = [], linksOf = [], linesOf = [], holders = [], bySubject = [], byObject = [], byArticle = [];
const SOURCES = new Map(), TEXTS = new Map(), full = new Set(), byId = new Map();
const MAPS = new Map(D.maps.map((told) => [told.key, told]));
const lines = new Map(); // links of one strength between the same two things are one line
const RANK = new Map(D.order.map((p, i) => [p, i]));
const rank = (p) => RANK.get(p) ?? D.order.length;

/* `holders` are what a thing lies in, its chains, and its developers' projects. */
/** An article without a headline goes by its file. */
function takeArticle(article) { ARTICLES[article.a] = { ...article, headline: article.headline || article.source }; }
/** Take in a part of the graph (see kg/explore/atlas.py); what is here already stays. */
function absorb(part) {
  part.things.forEach((t) => {
    if (THINGS[t.i]) return;
    t.also = t.also || [];
    t.iri = /^[a-z]+:\/\//.test(t.id) ? t.id : D.base + t.id;
    THINGS[t.i] = t;
    near[t.i] = new Map();
    holders[t.i] = new Set();
    for (const list of [linksOf, linesOf, bySubject, byObject]) list[t.i] = [];
    byId.set(t.id, t.i);
  });
  part.links.forEach((link) => {
    if (LINKS[link.k]) return;
    LINKS[link.k] = link;
    for (const [one, other] of [[link.from, link.to], [link.to, link.from]]) {
      near[one].set(other, Math.min(rank(link.p), near[one].get(other) ?? Infinity));
      linksOf[one].push(link);
    }
    if (INSIDE.has(link.p)) holders[link.from].add(link.to);
    if (link.p === "developedBy") holders[link.to].add(link.from);
    const key = [Math.min(link.from, link.to), Math.max(link.from, link.to), link.strength].join(" ");
    if (!lines.has(key)) {
      const line = { id: key, from: link.from, to: link.to, strength: link.strength, links: [] };
      lines.set(key, line);
      linesOf[line.from].push(line);
      linesOf[line.to].push(line);
    }
    lines.get(key).links.push(link);
  });
  Object.entries(part.quotes).forEach(([q, text]) => { QUOTES[q] = text; });
  part.articles.forEach(takeArticle);
  part.claims.forEach((claim) => {
    if (CLAIMS[claim.k]) return;
    CLAIMS[claim.k] = claim;
    bySubject[claim.s].push(claim);
    if (claim.o !== null && claim.o !== claim.s) byObject[claim.o].push(claim);
    if (claim.a !== null) (byArticle[claim.a] ??= []).push(claim);
  });
  Object.entries(part.sources).forEach(([i, told]) => SOURCES.set(Number(i), told));
  part.full.forEach((i) => full.add(i));
}
const neighbours = (i) => [...near[i].keys()].sort(
  (a, b) => near[i].get(a) - near[i].get(b) || THINGS[b].n - THINGS[a].n || a - b);
const claimsOf = (i) => [...bySubject[i], ...byObject[i]];
/** The names of what may be looked at: a thing by its id, a claim by article and id, a line by its ends. */
const thingOf = (id) => byId.get(id);

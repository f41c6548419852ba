/* Taking the view along: as a picture (PNG, SVG), as rows (CSV), as a network (GraphML), as a link. */
const MOST_PIXELS = 16000;
function drawing() {
  if (view.name === "network") return pictureDrawing();
  return partDrawing($(view.name + "View"));
}
async function pngOf({ width, height, text }) {
  const scale = Math.min(2, MOST_PIXELS / width, MOST_PIXELS / height), image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = el("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}
/** A cell that no spreadsheet takes for a formula. */
const cellOf = (x) => {
  const text = String(x ?? ""), kept = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !Number.isFinite(Number(text)) ? "'" + text : text;
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept;
};
const csvOf = (rows) => "\ufeff" + rows.map((row) => row.map(cellOf).join()).join("\r\n") + "\r\n";

/* What a view is about, as things, links and facts. */
async function tableRows() { return (await rowsOf(true)).rows; }
const factRow = (c) => [THINGS[c.s].label, relationOf(c), objectOf(c), c.n.printed, c.n.date, say(HELD[c.m]), c.c, QUOTES[c.q], (ARTICLES[c.a] || {}).headline, (ARTICLES[c.a] || {}).date];
const FACT_HEAD = () => ["subject", "relation", "object", "printed", "date", "held", "confidence", "sentence", "article", "published"].map((name) => say("col." + name));
const thingRow = (t) => [t.label, term(t.kind), t.state ? say(t.state) : "", t.at, t.money ? t.money / 1e8 : "", (t.y || []).join(" "), t.f || 0, t.s || 0, t.also.join("；"), t.iri];
const THING_HEAD = () => ["name", "kind", "state", "at", "money", "year", "facts", "sources", "aliases", "iri"].map((name) => say("col." + name));
async function csvRows() {
  if (view.name === "table") {
    const rows = await tableRows();
    return view.table.of === "things" ? [THING_HEAD(), ...rows.map(thingRow)] : [FACT_HEAD(), ...rows.map(factRow)];
  }
  if (view.name === "article") return [FACT_HEAD(), ...(byArticle[view.article] || []).filter(claimAllowed).map(factRow)];
  if (view.name === "card" && view.selected !== null) return [FACT_HEAD(), ...claimsOf(view.selected).filter((c) => claimAllowed(c) || c.m === "negated").map(factRow)];
  if (view.name === "chains") return mapRows();
  const head = ["subject", "relation", "object", "strength", "confidence", "sentence", "article"].map((name) => say("col." + name));
  return [head, ...linksShown().map((link) => {
    const claim = bySubject[link.from].find((c) => c.p === link.p && c.o === link.to);
    return [THINGS[link.from].label, calls(link.p), THINGS[link.to].label, say(link.strength), link.c ?? "", claim ? QUOTES[claim.q] : "", claim && ARTICLES[claim.a] ? ARTICLES[claim.a].headline : ""];
  })];
}
const linksShown = () => shownLines().flatMap((line) => line.links.filter(linkAllowed));
function mapRows() {
  const told = shownMap(), head = ["tier", "segment", "state", "move", "member", "kind", "matched", "confidence", "sentence"].map((name) => say("col." + name));
  if (!told) return [head];
  const row = (s, m) => [s ? say(s.tier) : "", s ? s[lang] : "", s ? term(stateOf(told, s.id)) : "", s ? joined(gapWords(told, s.id)) : "",
    m ? THINGS[m.i].label : "", m ? term(THINGS[m.i].kind) : "", m ? m.word : "", m ? m.c : "", m && m.claims.length && CLAIMS[m.claims[0]] ? QUOTES[CLAIMS[m.claims[0]].q] : ""];
  const rows = segmentsOf(told).flatMap((s) => { const members = told.members[s.id] || []; return members.length ? members.map((m) => row(s, m)) : [row(s, null)]; });
  return [head, ...rows, ...told.unplaced.map((i) => row(null, { i, word: "", c: "", claims: [] }))];
}
/** The numbers of the things a view is about, for a network of them. */
async function thingsShown() {
  if (view.name === "table") return (await tableRows()).flatMap((row) => (view.table.of === "things" ? [row.i] : [row.s, row.o])).filter((i) => i !== null);
  if (view.name === "article") return (byArticle[view.article] || []).flatMap((c) => [c.s, c.o]).filter((i) => i !== null);
  if (view.name === "card" && view.selected !== null) return [view.selected, ...near[view.selected].keys()];
  if (view.name === "chains" && shownMap()) { const told = shownMap(); return [told.i, ...told.chains, ...told.unplaced, ...Object.values(told.members).flat().map((m) => m.i)]; }
  return seen();
}
async function graphml() {
  const things = [...new Set(await thingsShown())].filter(allowed), on = new Set(things), links = [];
  if (view.name === "network") links.push(...linksShown());
  else things.forEach((i) => linksOf[i].forEach((link) => { if (link.from === i && on.has(link.to) && linkAllowed(link)) links.push(link); }));
  const keys = { node: ["label", "kind", "state", "money", "iri"], edge: ["relation", "strength", "confidence", "quote"] };
  const number_ = new Set(["money", "confidence"]);
  const data = (what, values) => keys[what].map((k) => (values[k] === undefined || values[k] === null || values[k] === "" ? "" : tag("data", { key: k }, xml(values[k])))).join("");
  const declared = Object.entries(keys).flatMap(([what, names]) => names.map((k) => tag("key", { id: k, for: what, "attr.name": k, "attr.type": number_.has(k) ? "double" : "string" })));
  const drawn = [
    ...things.map((i) => tag("node", { id: "n" + i }, data("node", { ...THINGS[i] }))),
    ...links.map((link) => {
      const claim = bySubject[link.from].find((c) => c.p === link.p && c.o === link.to);
      return tag("edge", { source: "n" + link.from, target: "n" + link.to }, data("edge", { relation: link.p, strength: link.strength, confidence: link.c, quote: claim ? QUOTES[claim.q] : "" }));
    }),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("graphml", { xmlns: "http://graphml.graphdrawing.org/xmlns" }, declared.join("") + tag("graph", { edgedefault: "directed" }, drawn.join("\n")))}\n`;
}

const FORMS = {
  png: async () => pngOf(drawing()), svg: async () => new Blob([drawing().text], { type: "image/svg+xml" }),
  csv: async () => new Blob([csvOf(await csvRows())], { type: "text/csv" }), graphml: async () => new Blob([await graphml()], { type: "application/xml" }),
};
function fileName(form) {
  const about = view.name === "chains" && shownMap() ? mapName(shownMap()) : view.name === "article" && ARTICLES[view.article] ? ARTICLES[view.article].headline : view.selected !== null ? THINGS[view.selected].label : "";
  return `${[say("fileName"), say("view." + view.name), about].filter(Boolean).join("-").replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 80)}.${form}`;
}
async function take(form) {
  try {
    const url = URL.createObjectURL(await FORMS[form]()), link = el("a", { href: url, download: fileName(form) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    $("told").textContent = say("taken", { name: link.download });
  } catch (error) {
    $("told").textContent = say("notTaken");
    console.warn(error.message);
  }
}
async function copyLink() {
  remember(true);
  try { await navigator.clipboard.writeText(location.href); $("told").textContent = say("copied"); } catch { $("told").textContent = say("copyByHand"); }
}

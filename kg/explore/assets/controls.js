/* Choosing, views, language, theme and keys; and the start of it all. */
async function select(i, look = false) {
  if (i !== null && i === view.selected && view.spots.has(i) && view.fact === null && !view.segment) {
    if (look && view.name === "network" && !inWindow([i])) lookAt([i]);
    return;
  }
  Object.assign(view, { selected: i, line: null, fact: null, segment: null, way: null, lineOf: undefined });
  if (i !== null) {
    if (!(await need(i)) && view.selected !== i) return;
    if (view.name === "network") bring(i);
  }
  changed();
  if (i !== null) reveal();
  if (look && i !== null && view.name === "network" && !inWindow([i])) lookAt([i]);
}
async function selectLine(key) {
  Object.assign(view, { selected: null, line: key, fact: null, way: null, segment: null });
  changed();
  for (const link of lines.get(key).links) if (!(await need(link.from)) && view.line === key) card();
}
/** On a phone what is selected is told below the view: bring it into sight. */
function reveal() { if (narrow.matches && view.name !== "card" && view.name !== "network") glimpse($("card")); }
const glimpse = (e) => e.scrollIntoView({ block: "start", behavior: still.matches ? "instant" : "smooth" });
/** Everything that shows the view, after it has changed. */
function changed() {
  showView();
  legend();
  drawView();
  card();
  remember();
}
function showView() {
  if (view.name === "chains" && !MAPS.has(view.map)) view.map = MAPS.size ? MAPS.keys().next().value : null;
  if (view.name === "article" && !ARTICLES[view.article]) view.article = ARTICLES.some(Boolean) ? ARTICLES.findIndex(Boolean) : null;
  document.body.dataset.view = view.name;
  VIEWS.forEach((name) => {
    $(name + "View").hidden = name !== view.name;
    const tab = $("to-" + name);
    if (name === view.name) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
  });
}
function drawView() {
  if (view.name === "network") draw();
  else if (view.name === "chains") drawMap();
  else if (view.name === "article") drawArticle();
  else if (view.name === "table") drawTable();
  count();
}
function go(name) {
  if (name === "card" && view.selected === null) view.selected = view.root ?? null;
  view.name = name;
  if (name !== "chains") view.segment = null;
  if (name !== "article") view.fact = null;
  if (name === "network") { view.segment = null; if (view.selected !== null) bring(view.selected); }
  if (name === "article" && view.fact === null && view.selected !== null && !(SOURCES.get(view.selected) || []).some(([a]) => a === view.article)) view.article = (SOURCES.get(view.selected) || [[view.article]])[0][0];
  if (name === "chains" && view.selected !== null) { mapFor(view.selected); if (view.selected === view.root) view.selected = null; }
  showView();
  changed();
  if (name === "network") { if (view.untouched) refit(); if (view.selected !== null && view.spots.has(view.selected) && !inWindow([view.selected])) lookAt([view.selected]); }
}
/** The chain map that shows a thing: of the zone it is, of the chain it is, or in which it stands. */
function mapFor(i) {
  const now = shownMap(), has = (told) => told.i === i || told.chains.includes(i) || told.unplaced?.includes(i) || Object.values(told.members || {}).some((some) => some.some((m) => m.i === i));
  if (now && has(now)) return;
  const found = [...MAPS.values()].find(has);
  if (found) view.map = found.key;
}
/** How much of what there is one sees. */
function count() {
  const parts = [];
  if (!D.total.things) parts.push(say("empty"));
  else if (view.name === "network") {
    parts.push(say("shown", { n: number(seen().length), m: number(D.total.things) }));
    if (kept && kept.unnamed) parts.push(say("unnamed", { n: number(kept.unnamed) }));
  } else if (view.name === "table" && view.table.found !== undefined) {
    const told = { n: number(view.table.found), m: number(view.table.all) };
    parts.push(say(view.table.of === "things" ? "shown" : "factsShown", told));
  } else if (view.name === "chains" && shownMap() && shownMap().members) {
    const told = shownMap(), all = segmentsOf(told), on = all.filter((s) => !view.off.has("segment." + stateOf(told, s.id)));
    if (all.length) parts.push(say("segmentsShown", { n: on.length, m: all.length }));
    const members = [...told.unplaced, ...Object.values(told.members).flat().map((m) => m.i)];
    parts.push(say("membersShown", { n: members.filter(allowed).length, m: members.length }));
  } else if (view.name === "article" && view.article !== null) {
    const claims = byArticle[view.article] || [];
    parts.push(say("factsShown", { n: claims.filter(claimAllowed).length, m: claims.length }));
  } else if (view.name === "card" && view.selected !== null && full.has(view.selected)) {
    const claims = claimsOf(view.selected);
    parts.push(say("factsShown", { n: claims.filter((c) => claimAllowed(c) || c.m === "negated").length, m: THINGS[view.selected].f || 0 }));
  }
  if (D.part.things.length < D.total.things && !remote && D.total.things) parts.push(say("partOnly", { n: number(D.part.things.length), m: number(D.total.things) }));
  const text = joined(parts);
  if ($("count").textContent !== text) $("count").textContent = text;
}

/* Language and theme. */
const darkByDefault = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (document.documentElement.dataset.theme || (darkByDefault.matches ? "dark" : "light")) === "dark";
function speak() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = say(e.dataset.t); });
  document.querySelectorAll("[data-label]").forEach((e) => { e.setAttribute("aria-label", say(e.dataset.label)); });
  $("search").placeholder = say("search");
  $("keys").replaceChildren(...say("keys").split("\n").filter(Boolean).map((line) => { const [keys, what] = line.split("  "); return el("div", {}, el("dt", { text: keys }), el("dd", { text: what })); }));
  $("note").replaceChildren(say("note", D.total), ...(remote ? ["query", "about"].flatMap((page) => [" · ", el("a", { href: `${page}?lang=${lang}`, text: say(page) })]) : []));
  dress();
}
function dress() {
  readColours();
  $("theme").textContent = say(dark() ? "light" : "dark");
  changed();
}
function theme(name) { document.documentElement.dataset.theme = name; dress(); }

const help = () => { $("help").showModal(); };
const KEYS = {
  "/": () => $("search").focus(), "?": help, p: () => openWay(), u: undo,
  ...Object.fromEntries(VIEWS.map((name, n) => [String(n + 1), () => { go(name); $("to-" + name).focus(); }])),
  Escape: () => {
    if (view.way) { view.way = null; changed(); }
    else if (view.segment || view.fact !== null) { view.segment = view.fact = null; changed(); }
    else if (view.selected !== null || view.line) select(null);
  },
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) { event.preventDefault(); if (event.shiftKey) window.history.forward(); else undo(); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("help").open || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
searchBox($("search"), $("hits"), (i) => { if (view.name === "chains" || view.name === "article" || view.name === "table") Object.assign(view, { name: "network" }); showView(); select(i, true); });

VIEWS.forEach((name) => $("to-" + name).addEventListener("click", () => go(name)));
$("undo").addEventListener("click", undo);
$("reset").addEventListener("click", () => { begin(); Object.assign(view, { name: START_VIEW, selected: view.root ?? null, line: null, fact: null, way: null, segment: null, camera: null }); changed(); });
$("fit").addEventListener("click", () => { view.camera = null; fit(); remember(); });
$("all").hidden = !D.whole;
$("all").addEventListener("click", () => { view.camera = null; showAll(); changed(); });
$("plus").addEventListener("click", () => zoom(1.25));
$("minus").addEventListener("click", () => zoom(0.8));
$("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; speak(); });
$("theme").addEventListener("click", () => theme(dark() ? "light" : "dark"));
$("helpOpen").addEventListener("click", help);
$("helpClose").addEventListener("click", () => $("help").close());
$("export").addEventListener("click", (event) => { const form = event.target.dataset && event.target.dataset.form; if (!form) return; $("exportBox").open = false; if (form === "link") copyLink(); else take(form); });
document.addEventListener("click", (event) => { if (!event.target.closest("#exportBox")) $("exportBox").open = false; });
$("exportBox").addEventListener("keydown", (event) => { if (event.key === "Escape") { $("exportBox").open = false; $("exportBox").querySelector("summary").focus(); event.stopPropagation(); } });
darkByDefault.addEventListener("change", dress);
const narrow = matchMedia("(max-width: 760px)");
const foldLegend = () => { $("legendBox").open = !narrow.matches; };
narrow.addEventListener("change", foldLegend);
function refit() { const was = view.selected; begin(); view.selected = was; if (was !== null) bring(was); draw(); }
let size = "";
new ResizeObserver(() => {
  const now = `${$("network").clientWidth} ${$("network").clientHeight}`;
  if (now === size || view.name !== "network" || !$("network").clientWidth) return;
  const first = size === "";
  size = now;
  if (!first && view.untouched) refit();
}).observe($("network"));
new ResizeObserver(() => { if (view.name === "chains") drawFlows(); }).observe($("chainsView"));
addEventListener("beforeprint", () => { if (view.name === "network") fit(false); });

foldLegend();
readColours();
window.history.replaceState({ depth: 0 }, "");
recall().then(() => { document.body.dataset.ready = "yes"; });

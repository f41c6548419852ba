/* The address holds the exact view: a link leads back to it, Back and Undo go to the one before. */
const safe = (text) => String(text).replace(/[%&=#,~;@+\s"<>\\^`{|}]/g, (c) => encodeURIComponent(c));
const unsafe = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const round = (x, by = 10) => Math.round(x * by) / by;

const FIRST_ORDER = { things: "-facts", facts: "" };
const NOTHING = "-"; // in the address, where nothing is selected; without it the root of the start is

/** What is selected where the address names nothing. */
const usual = () => (view.name === "chains" || view.name === "article" ? null : view.root);
function address() {
  const said = {}, id = (i) => safe(THINGS[i].id);
  if (view.name !== START_VIEW) said.v = view.name;
  if (view.selected !== usual() && !(view.selected === null && (view.line || view.way))) said.at = view.selected === null ? NOTHING : id(view.selected);
  if (view.line && lines.has(view.line)) { const l = lines.get(view.line); said.line = [id(l.from), id(l.to), l.strength].join("~"); }
  if (view.way) said.way = [view.way.from, view.way.to].map((i) => (i === null ? "" : id(i))).join("~");
  if (view.name === "chains" && view.map) said.map = safe(view.map);
  if (view.name === "chains" && view.segment) said.seg = safe(view.segment);
  if (view.name === "article" && view.article !== null) said.art = safe(ARTICLES[view.article].id);
  if (view.fact !== null && CLAIMS[view.fact]) said.fact = CLAIMS[view.fact].id;
  if (view.off.size) said.off = [...view.off].sort().map(safe).join();
  if (view.years) said.y = view.years.join("-");
  if (view.confidence) said.c = view.confidence;
  if (view.money) said.inv = view.money / 1e8;
  if (view.steps.length) said.steps = view.steps.map((s) => s.op + (s.n ?? "") + (s.i === undefined ? "" : "~" + id(s.i)) + (s.op === "m" ? `~${round(s.x)}~${round(s.y)}` : s.f ? "~" + safe(s.f) : "")).join();
  if (view.camera && view.name === "network") said.z = view.camera.map((x) => round(x, 10000)).join("~");
  const { of, q, sort, down, page } = view.table;
  if (view.name === "table") {
    if (of !== "things") said.of = of;
    if (q) said.q = safe(q);
    const order = (down ? "-" : "") + sort;
    if (order !== FIRST_ORDER[of]) said.sort = order;
    if (page) said.page = page;
  }
  if (lang !== D.lang) said.lang = lang;
  return Object.entries(said).map(([k, v]) => `${k}=${v}`).join("&");
}

let depth = 0, written = null, recalling = false;
/** Put the view into the address; in place of the present one where it only changes in passing. */
function remember(passing = false) {
  const now = address();
  if (now === written) return;
  const place = now ? "#" + now : location.pathname + location.search;
  if (passing || recalling) window.history.replaceState({ depth }, "", place);
  else window.history.pushState({ depth: ++depth }, "", place);
  written = now;
  $("undo").disabled = depth === 0;
}

/** Bring back the view that the address names. What it names and is not here is passed over and said. */
async function recall() {
  recalling = true;
  try { await recalled(); } finally { recalling = false; }
}
async function recalled() {
  const asked = location.hash.slice(1), said = {};
  asked.split("&").forEach((pair) => { const at = pair.indexOf("="); if (at > 0) said[pair.slice(0, at)] = pair.slice(at + 1); });
  if (asked && !asked.includes("=")) said.at = asked; // only a thing
  let lost = false;
  const get = async (text) => { const i = await fetched(unsafe(text)); lost ||= i === undefined; return i; };
  if (said.lang && D.words[said.lang]) lang = said.lang; else lang = D.lang;
  view.off = new Set((said.off || "").split(",").filter(Boolean).map(unsafe));
  view.years = /^\d{4}-\d{4}$/.test(said.y || "") ? said.y.split("-").map(Number) : null;
  view.confidence = Number(said.c) || 0;
  view.money = (Number(said.inv) || 0) * 1e8;
  const of = said.of === "facts" ? "facts" : "things", sort = said.sort ?? FIRST_ORDER[of];
  view.table = { ...view.table, of, q: unsafe(said.q || ""), sort: sort.replace(/^-/, ""), down: sort.startsWith("-"), page: Number(said.page) || 0 };
  view.name = VIEWS.includes(said.v) ? said.v : START_VIEW;
  if (said.map) { view.map = MAPS.has(unsafe(said.map)) ? unsafe(said.map) : null; lost ||= view.map === null; }
  view.segment = said.seg ? unsafe(said.seg) : null;
  view.selected = view.line = view.fact = view.way = null;
  showView();
  if ((said.steps || "") !== (written && /(?:^|&)steps=([^&]*)/.exec(written) || ["", ""])[1] || !view.spots.size) await replay(said.steps || "", get);
  view.selected = said.at && said.at !== NOTHING ? (await get(said.at)) ?? null : null;
  if (!said.at && !said.line && !said.way) view.selected = usual();
  if (view.selected !== null && !view.spots.has(view.selected)) bring(view.selected);
  if (said.line) {
    const [a, b, strength] = said.line.split("~"), one = await get(a), other = await get(b);
    view.line = one === undefined || other === undefined ? null : [Math.min(one, other), Math.max(one, other), strength].join(" ");
  }
  if (said.way) {
    const [from, to] = await Promise.all(said.way.split("~").map(async (x) => (x ? (await get(x)) ?? null : null)));
    view.way = { from, to, things: null };
    await findWay();
  }
  if (said.art) {
    const a = ARTICLES.findIndex((x) => x && x.id === unsafe(said.art));
    lost ||= a < 0;
    view.article = a < 0 ? null : a;
    if (a >= 0) try { await needArticle(a); } catch (error) { failed(error); }
  }
  if (said.fact) view.fact = (CLAIMS.find((c) => c && c.id === said.fact && (view.article === null || c.a === view.article)) || { k: null }).k;
  if (view.selected !== null) await need(view.selected);
  const z = (said.z || "").split("~").map(Number), was = view.camera;
  view.camera = z.length === 3 && z.every(Number.isFinite) ? z : null;
  speak();
  if (view.camera) glide({ x: z[0], y: z[1] }, z[2], false);
  else {
    if (was) fit(false);
    if (view.selected !== null && view.name === "network" && view.spots.has(view.selected) && !inWindow([view.selected])) lookAt([view.selected]);
  }
  if (lost) $("told").textContent = say("lost");
}
/** Show the start and take again the steps by which the picture grew. */
async function replay(steps, get) {
  begin();
  for (const step of steps.split(",").filter(Boolean)) {
    if (step === "w" && D.whole) { showAll(); continue; }
    const [head, id, x, y] = step.split("~"), i = await get(id || "");
    if (i === undefined) continue;
    const under = "gs".includes(head[0]) ? unsafe(x || "") : "";
    if (head[0] === "g") { await need(i); underFilters(under, () => grow(i, Number(head.slice(1)) || each(), false)); }
    else if (head[0] === "b") bring(i);
    else if (head[0] === "s") { await need(i); underFilters(under, () => startAt(i, Number(head.slice(1)))); }
    else if (head[0] === "m") move(i, Number(x), Number(y));
  }
}
const undo = () => { if (depth > 0) window.history.back(); };
addEventListener("popstate", (event) => { depth = (event.state && event.state.depth) || 0; $("undo").disabled = depth === 0; recall(); });

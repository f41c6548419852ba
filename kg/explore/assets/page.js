"use strict";
(() => {
const D = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const WORDS = {
  zh: {
    title: "链主 · 产业图谱", search: "搜索名称或别名", reset: "回到开头", fit: "看全部", other: "English",
    kinds: "类别", lines: "连线", stated: "原文所述", expected: "预期、计划", member: "链主名下(推算)", potential: "可能供应(推算)",
    shown: (n, m) => `显示 ${n} / ${m} 个`, none: "没有找到", noneHint: "换一个字试试,简称和别名也可以",
    hint: "点一个图形看它的事实;再点一次展开周围。每条事实都能打开原文。",
    aliases: "又称", facts: "事实", about: "被提到", computed: "推算所得(原文没有明说)", expand: "展开周围", more: (n) => `另有 ${n} 个相邻的没有显示`,
    by: "规则把握", negated: "原文否认", expectedMark: "预期",
    note: (a, s) => `依据 ${s} 个来源、${a} 篇文章自动读出。没有出现不等于不存在;采用前请看原文。`,
  },
  en: {
    title: "Lianzhu · industry graph", search: "Search names and aliases", reset: "Start again", fit: "Fit", other: "中文",
    kinds: "Kinds", lines: "Lines", stated: "stated in a text", expected: "expected, planned", member: "under the leader (computed)",
    potential: "potential supply (computed)", shown: (n, m) => `${n} of ${m} shown`, none: "Nothing found",
    noneHint: "Try another word; short names and aliases work too",
    hint: "Click a shape for its facts, click again to grow its surroundings. Every fact opens its sentence.",
    aliases: "Also", facts: "Facts", about: "Named by", computed: "Computed (no text says so)", expand: "Show surroundings",
    more: (n) => `${n} more neighbours are hidden`, by: "confidence", negated: "denied by the text", expectedMark: "expected",
    note: (a, s) => `Read automatically from ${a} articles of ${s} sources. What does not appear may well exist; read the sentence before use.`,
  },
};
const KINDS = ["Zone", "Park", "Place", "Chain", "Firm", "Project", "Industry", "Product", "Institution", "Person"];
const STRENGTHS = ["stated", "expected", "member", "potential"];
const MOST = 40; // neighbours that one click adds at most
let lang = D.lang;
let selected = null;
const hiddenKinds = new Set(), hiddenLines = new Set();
const visible = new Set();
const w = () => WORDS[lang];
const term = (name) => D.labels[lang][name] || name;
const el = (tag, text, cls) => {
  const e = document.createElement(tag);
  if (text !== undefined && text !== null) e.textContent = text;
  if (cls) e.className = cls;
  return e;
};

const near = D.things.map(() => new Map());
D.edges.forEach((e, i) => { e.id = i; near[e.from].set(e.to, (near[e.from].get(e.to) || 0) + 1); near[e.to].set(e.from, (near[e.to].get(e.from) || 0) + 1); });
const bySubject = D.things.map(() => []), byObject = D.things.map(() => []);
D.claims.forEach((c) => { bySubject[c.s].push(c); if (c.o !== null) byObject[c.o].push(c); });
const indexOf = new Map(D.things.map((t, i) => [t.iri, i]));

/* the picture */
const FILL = { Zone: 1, Chain: 1, Firm: 1, Place: 1 };
function paintNode(n) {
  const ink = css("--ink"), paper = css("--paper"), accent = css("--accent");
  const chosen = n.id === selected;
  const leader = leaders.has(n.id);
  return {
    ...n, title: D.things[n.id].label, borderWidth: chosen ? 3 : leader ? 3 : 1.2,
    color: {
      background: chosen ? accent : FILL[n.kind] ? (n.kind === "Firm" ? css("--stated") : ink) : paper,
      border: chosen ? accent : leader ? css("--derived") : ink, highlight: { background: accent, border: accent },
    },
    font: { color: ink, size: n.kind === "Zone" || n.kind === "Chain" ? 15 : 13, face: getComputedStyle(document.body).fontFamily, strokeWidth: 4, strokeColor: paper, vadjust: -2 },
  };
}
function paintEdge(e) {
  const colours = { stated: css("--stated"), expected: css("--stated"), member: css("--derived"), potential: css("--potential") };
  const strong = selected !== null && (e.from === selected || e.to === selected);
  return {
    id: e.id, from: e.from, to: e.to, title: term(e.p), arrows: { to: { enabled: true, scaleFactor: 0.45 } },
    dashes: { stated: false, expected: [6, 4], member: [2, 4], potential: [1, 6] }[e.strength],
    width: strong ? 1.6 : 0.7, smooth: false,
    label: strong ? term(e.p) : undefined,
    font: { size: 11, color: css("--soft"), strokeWidth: 3, strokeColor: css("--paper"), align: "middle" },
    color: { color: colours[e.strength], opacity: selected === null || strong ? 0.9 : 0.25, highlight: css("--accent") },
  };
}
const leaders = new Set(D.edges.filter((e) => e.p === "chainLeader").map((e) => e.to));
const nodes = new vis.DataSet(), edges = new vis.DataSet();
const network = new vis.Network($("network"), { nodes, edges }, {
  physics: false, layout: { improvedLayout: false },
  interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, tooltipDelay: 150, dragNodes: true, selectConnectedEdges: false },
  nodes: { scaling: { label: { drawThreshold: 7 } } },
});
function draw() {
  const on = [...visible].filter((i) => !hiddenKinds.has(D.things[i].kind) || i === selected);
  const set = new Set(on);
  nodes.update(on.map((i) => paintNode(D.nodes[i])));
  nodes.remove(nodes.getIds().filter((i) => !set.has(i)));
  const lines = D.edges.filter((e) => set.has(e.from) && set.has(e.to) && !hiddenLines.has(e.strength));
  const ids = new Set(lines.map((e) => e.id));
  edges.update(lines.map(paintEdge));
  edges.remove(edges.getIds().filter((i) => !ids.has(i)));
  $("count").textContent = w().shown(on.length, D.things.length);
}
function fit() { network.fit({ animation: false, maxZoomLevel: 1.1 }); }
function reset() {
  visible.clear(); D.start.forEach((iri) => visible.add(indexOf.get(iri)));
  selected = D.focus ? indexOf.get(D.focus) : null;
  draw(); card(); fit(); remember();
}
function grow(i) {
  const around = [...near[i].entries()].filter(([j]) => !visible.has(j)).sort((a, b) => b[1] - a[1] || near[b[0]].size - near[a[0]].size || a[0] - b[0]);
  around.slice(0, MOST).forEach(([j]) => visible.add(j));
  return around.length > 0;
}
function select(i, look) {
  if (i === selected && visible.has(i)) { if (grow(i)) { draw(); card(); } return; }
  selected = i;
  if (!visible.has(i)) { visible.add(i); grow(i); }
  draw(); card(); remember();
  network.selectNodes(nodes.get(i) ? [i] : [], false);
  if (look && nodes.get(i)) network.focus(i, { scale: Math.max(network.getScale(), 0.8), animation: false });
}
function remember() {
  const hash = selected === null ? "" : "#" + encodeURIComponent(D.things[selected].iri.split("/id/").pop());
  if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
}
function recall() {
  const want = decodeURIComponent(location.hash.slice(1));
  if (!want) return;
  const i = D.things.findIndex((t) => t.iri.endsWith("/id/" + want));
  if (i >= 0) select(i, true);
}

/* the card */
function money(value) {
  const n = Number(value);
  if (!Number.isFinite(n)) return value;
  if (Math.abs(n) >= 1e8) return +(n / 1e8).toFixed(4) + (lang === "zh" ? "亿元" : " ×100m yuan");
  if (Math.abs(n) >= 1e4) return +(n / 1e4).toFixed(4) + (lang === "zh" ? "万元" : " ×10k yuan");
  return String(n);
}
function figure(c) {
  if (c.n.printed) return c.n.printed;
  if (c.n.unit === "CNY") return money(c.v);
  return D.labels[lang][c.v] || [c.v, c.n.unit && c.n.unit !== "count" ? c.n.unit : ""].join(" ");
}
function toThing(i) {
  const b = el("button", D.things[i].label, "link");
  b.type = "button";
  b.addEventListener("click", (event) => { event.preventDefault(); select(i, true); });
  return b;
}
function factItem(c, inverse) {
  const li = el("li"), details = el("details"), summary = el("summary"), what = el("span");
  if (c.n.indicator) what.append(term(c.n.indicator) + " ");
  if (c.o !== null) what.append(toThing(inverse ? c.s : c.o)); else what.append(figure(c));
  const notes = [c.n.title, c.n.product, c.n.of, c.n.date].filter(Boolean);
  if (c.m === "expected") notes.push(w().expectedMark);
  if (c.m === "negated") notes.push(w().negated);
  summary.append(what);
  if (notes.length) summary.append(el("span", notes.join(" · "), "note"));
  const quote = el("blockquote", c.q), a = D.articles[c.a];
  details.append(summary, quote);
  if (a) details.append(el("p", [a.headline, a.date, `${w().by} ${c.c}`].filter(Boolean).join(" · "), "source"));
  li.append(details);
  return li;
}
function section(box, title, items, cls) {
  if (!items.length) return;
  box.append(el("h3", title, cls));
  const ul = el("ul");
  items.forEach((i) => ul.append(i));
  box.append(ul);
}
function card() {
  const box = $("card");
  box.replaceChildren();
  if (selected === null) { box.append(el("p", w().hint, "why")); return; }
  const t = D.things[selected];
  box.append(el("h2", t.label), el("p", term(t.kind), "kind"));
  if (t.aliases.length) box.append(el("p", `${w().aliases}:${t.aliases.join("、")}`, "aliases"));
  const hidden = [...near[selected].keys()].filter((i) => !visible.has(i)).length;
  if (hidden) {
    const b = el("button", `${w().expand}（${w().more(hidden)}）`, "link");
    b.type = "button";
    b.addEventListener("click", () => { grow(selected); draw(); card(); });
    box.append(b);
  }
  for (const [claims, inverse] of [[bySubject[selected], false], [byObject[selected], true]]) {
    const groups = new Map();
    claims.forEach((c) => { if (!groups.has(c.p)) groups.set(c.p, []); groups.get(c.p).push(c); });
    groups.forEach((list, p) => section(box, term(p) + (inverse ? (lang === "zh" ? "(被指向)" : " (of)") : ""), list.map((c) => factItem(c, inverse))));
  }
  const computed = D.edges.filter((e) => (e.from === selected || e.to === selected) && (e.strength === "member" || e.strength === "potential"));
  section(box, w().computed, computed.map((e) => {
    const li = el("li", null, "computed");
    li.append(term(e.p) + (e.from === selected ? " → " : " ← "), toThing(e.from === selected ? e.to : e.from));
    return li;
  }));
}

/* search and legend */
function search() {
  const q = $("search").value.trim().toLowerCase(), list = $("hits");
  list.replaceChildren();
  list.hidden = !q;
  $("search").setAttribute("aria-expanded", String(!!q));
  if (!q) return;
  const score = (t) => Math.max(...[t.label, ...t.aliases].map((n) => { const s = n.toLowerCase(); return s === q ? 3 : s.startsWith(q) ? 2 : s.includes(q) ? 1 : 0; }));
  const hits = D.things.map((t, i) => [score(t), i]).filter(([s]) => s).sort((a, b) => b[0] - a[0] || near[b[1]].size - near[a[1]].size || a[1] - b[1]).slice(0, 20);
  hits.forEach(([, i]) => {
    const li = el("li"), b = el("button");
    b.type = "button";
    b.append(el("span", D.things[i].label), el("span", term(D.things[i].kind), "note"));
    b.addEventListener("click", () => { $("search").value = ""; search(); select(i, true); });
    li.append(b); list.append(li);
  });
  if (!hits.length) list.append(el("li", `${w().none}。${w().noneHint}`, "none"));
}
const SVG = "http://www.w3.org/2000/svg";
function glyph(kind) {
  const paths = { square: "M3 3h10v10H3z", dot: "M8 3a5 5 0 1 0 .01 0z", diamond: "M8 2l6 6-6 6-6-6z", triangle: "M8 2l6 11H2z", triangleDown: "M8 14L2 3h12z", hexagon: "M5 3h6l3 5-3 5H5L2 8z", star: "M8 1l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z" };
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("width", 16); svg.setAttribute("height", 16); svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", paths[D.nodes.find((n) => n.kind === kind).shape]);
  path.setAttribute("fill", FILL[kind] ? (kind === "Firm" ? css("--stated") : css("--ink")) : "none");
  path.setAttribute("stroke", css("--ink"));
  svg.append(path);
  return svg;
}
function lineGlyph(strength) {
  const svg = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "line");
  svg.setAttribute("width", 26); svg.setAttribute("height", 8); svg.setAttribute("aria-hidden", "true");
  Object.entries({ x1: 0, y1: 4, x2: 26, y2: 4, stroke: css({ member: "--derived", potential: "--potential" }[strength] || "--stated"), "stroke-width": 1.5,
    "stroke-dasharray": { stated: "none", expected: "6 4", member: "2 4", potential: "1 6" }[strength] }).forEach(([k, v]) => line.setAttribute(k, v));
  svg.append(line);
  return svg;
}
function toggle(set, key, picture, text, count) {
  const label = el("label"), box = el("input");
  box.type = "checkbox"; box.checked = !set.has(key);
  box.addEventListener("change", () => { if (box.checked) set.delete(key); else set.add(key); draw(); });
  label.append(box, picture, el("span", text), el("span", count));
  return label;
}
function legend() {
  const box = $("legend");
  box.replaceChildren(el("h2", w().kinds));
  KINDS.forEach((k) => {
    const n = D.things.filter((t) => t.kind === k).length;
    if (n) box.append(toggle(hiddenKinds, k, glyph(k), term(k), n));
  });
  box.append(el("h2", w().lines));
  STRENGTHS.forEach((s) => {
    const n = D.edges.filter((e) => e.strength === s).length;
    if (n) box.append(toggle(hiddenLines, s, lineGlyph(s), w()[s], n));
  });
}
function speak() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = w().title;
  document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = w()[e.dataset.t]; });
  $("search").placeholder = w().search;
  $("lang").textContent = w().other;
  $("note").textContent = w().note(D.articles_n, D.sources_n);
  $("network").setAttribute("aria-label", w().title);
  legend(); draw(); card();
}
network.on("click", (p) => {
  if (p.nodes.length) select(p.nodes[0], false);
  else if (selected !== null) { selected = null; draw(); card(); remember(); }
});
$("search").addEventListener("input", search);
$("search").addEventListener("keydown", (e) => {
  if (e.key === "Enter") $("hits").querySelector("button")?.click();
  if (e.key === "ArrowDown") $("hits").querySelector("button")?.focus();
  if (e.key === "Escape") { $("search").value = ""; search(); }
});
$("hits").addEventListener("keydown", (e) => {
  const all = [...$("hits").querySelectorAll("button")], at = all.indexOf(document.activeElement);
  if (e.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
  if (e.key === "ArrowUp") (at > 0 ? all[at - 1] : $("search")).focus();
  if (e.key === "Escape") { $("search").value = ""; search(); $("search").focus(); }
});
$("reset").addEventListener("click", reset);
$("fit").addEventListener("click", fit);
$("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; speak(); });
window.addEventListener("hashchange", recall);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", speak);
const wanted = location.hash;
speak(); reset();
if (wanted) { history.replaceState(null, "", wanted); recall(); }
document.body.dataset.ready = "yes";
})();

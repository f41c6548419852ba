/* Search, legend, language, theme, pointer, keys and the address; and the start of it all. */
function select(i, look = false) {
  if (i === view.selected && view.spots.has(i)) {
    if (look && !inWindow([i])) lookAt([i]);
    return;
  }
  view.selected = i;
  view.line = null;
  if (i !== null) bring(i);
  draw();
  card();
  remember();
  if (look && i !== null && !inWindow([i])) lookAt([i]);
}
function selectLine(key) {
  view.selected = null;
  view.line = key;
  draw();
  card();
  remember();
}

/* The address names what is selected, so that a link leads to it and Back goes back. */
const path = (i) => (THINGS[i].iri.startsWith(D.base) ? THINGS[i].iri.slice(D.base.length) : THINGS[i].iri);
function remember() {
  const hash = view.selected === null ? "" : "#" + path(view.selected);
  if (decoded(location.hash) !== decoded(hash)) history.pushState(null, "", hash || location.pathname + location.search);
}
function decoded(hash) {
  try { return decodeURIComponent(hash); } catch { return hash; }
}
/** Select what the address names; false if it names nothing that is here. */
function recall() {
  const want = decoded(location.hash).slice(1);
  const i = want ? THINGS.findIndex((t, n) => decoded(path(n)) === want) : -1;
  if (i >= 0) select(i, true);
  return i >= 0;
}

/* Search: every word must occur in the name or in one other name; what begins with it comes first. */
const folded = (text) => text.normalize("NFKC").toLowerCase();
const NAMES = THINGS.map((t) => [t.label, ...t.aliases].map((name) => [name, folded(name)]));
function hits(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const score = (name) => (!words.every((w) => name.includes(w)) ? 0 : name === words[0] ? 3 : name.startsWith(words[0]) ? 2 : 1);
  return NAMES.map((known, i) => {
    const best = known.map(([name, plain], n) => [score(plain) - (n ? 0.25 : 0), name]).sort((a, b) => b[0] - a[0])[0];
    return { i, score: best[0], name: best[1] };
  }).filter((hit) => hit.score > 0).sort((a, b) => b.score - a.score || near[b.i].size - near[a.i].size || a.i - b.i);
}
function search() {
  const query = $("search").value.trim(), list = $("hits"), found = hits(query);
  list.hidden = !query;
  $("search").setAttribute("aria-expanded", String(!!query));
  list.replaceChildren(...found.slice(0, 20).map(({ i, name }) => {
    const b = button("", () => { clearSearch(); select(i, true); }, "hit");
    const also = name === THINGS[i].label ? "" : name;
    b.append(glyph(THINGS[i].kind, THINGS[i].state), el("span", { text: THINGS[i].label }), el("span", { cls: "note", text: joined([also, term(THINGS[i].kind)]) }));
    return el("li", {}, b);
  }));
  if (!found.length) list.append(el("li", { cls: "none", text: joined([say("none"), say("noneHint")]) }));
  if (found.length > 20) list.append(el("li", { cls: "none", text: say("moreHits", { n: found.length - 20 }) }));
}
function clearSearch() { $("search").value = ""; search(); }

/* Legend: what each shape, colour and line means, how many there are, and whether it is shown. */
function toggle(group, key, picture, text) {
  const box = el("input", { type: "checkbox" });
  box.checked = !view.off[group].has(key);
  box.addEventListener("change", () => { view.off[group][box.checked ? "delete" : "add"](key); draw(); if (view.selected === null) card(); });
  return el("label", {}, box, picture, el("span", { text }), el("span", { cls: "n", "data-count": `${group} ${key}` }));
}
function legend() {
  const tally = (list, key) => list.reduce((n, x) => n.set(key(x), (n.get(key(x)) || 0) + 1), new Map());
  const all = { kind: tally(THINGS, (t) => t.kind), state: tally(THINGS, (t) => t.state), strength: tally(LINKS, (l) => l.strength) };
  const part = (title, group, keys, picture, text) => {
    const items = keys.filter((key) => all[group].get(key));
    return items.length ? [el("h2", { text: say(title) }), ...items.map((key) => toggle(group, key, picture(key), text(key)))] : [];
  };
  $("legend").replaceChildren(
    ...part("kinds", "kind", KINDS, (k) => glyph(k), term),
    ...part("states", "state", STATES, (s) => glyph("Project", s), say),
    ...part("lines", "strength", STRENGTHS.slice(0, 2), lineGlyph, say),
    ...part("computedLines", "strength", STRENGTHS.slice(2), lineGlyph, say));
  $("legend").querySelectorAll("[data-count]").forEach((e) => {
    const [group, key] = e.dataset.count.split(" ");
    e.textContent = all[group].get(key);
  });
}

/* Language and theme. */
const darkByDefault = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (document.documentElement.dataset.theme || (darkByDefault.matches ? "dark" : "light")) === "dark";
function speak() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = say(e.dataset.t); });
  $("search").placeholder = say("search");
  $("legendBox").setAttribute("aria-label", say("legend"));
  $("network").setAttribute("aria-label", say("network"));
  $("note").textContent = say("note", D.counts);
  dress();
}
function dress() {
  readColours();
  $("theme").textContent = say(dark() ? "light" : "dark");
  legend();
  draw();
  card();
}

/* Pointer: shapes, names and lines answer alike. */
function under(event) {
  const at = event.pointer.DOM, shape = network.getNodeAt(at);
  if (shape !== undefined) return { thing: shape };
  const scale = network.getScale(), canvas = event.pointer.canvas, x = canvas.x * scale, y = canvas.y * scale;
  const name = names(scale).placed.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  if (name) return { thing: name.i };
  return { line: network.getEdgeAt(at) };
}
network.on("click", (event) => {
  const { thing, line } = under(event);
  if (thing !== undefined) { if (thing === view.selected) { if (grow(thing)) card(); } else select(thing); }
  else if (line !== undefined) selectLine(line);
  else if (view.selected !== null || view.line !== null) select(null);
});
network.on("dragging", (event) => {
  if (!event.nodes.length) return;
  const at = network.getPosition(event.nodes[0]);
  Object.assign(view.spots.get(event.nodes[0]), at);
  view.untouched = false;
  kept = null;
});
$("network").addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || event.buttons) return;
  const box = $("network").getBoundingClientRect(), DOM = { x: event.clientX - box.left, y: event.clientY - box.top };
  const { thing, line } = under({ pointer: { DOM, canvas: network.DOMtoCanvas(DOM) } });
  $("network").classList.toggle("pointing", thing !== undefined || line !== undefined);
  $("tip").hidden = thing !== undefined || line === undefined;
  if (!$("tip").hidden) {
    $("tip").textContent = [...new Set(lines.get(line).links.map((link) => D.forward[lang][link.p] || term(link.p)))].join(" · ");
    $("tip").style.left = `${Math.min(DOM.x + 12, box.width - $("tip").offsetWidth - 4)}px`;
    $("tip").style.top = `${Math.max(DOM.y - 30, 0)}px`;
  }
  if ((thing ?? null) !== view.hover) { view.hover = thing ?? null; draw(); }
});
$("network").addEventListener("pointerleave", () => { $("tip").hidden = true; if (view.hover !== null) { view.hover = null; draw(); } });

/* Keys. */
function step(dx, dy) {
  const from = view.spots.get(view.selected);
  if (!from) { const [first] = seen(); if (first !== undefined) select(first, true); return; }
  const cost = (i) => {
    const to = view.spots.get(i), along = (to.x - from.x) * dx + (to.y - from.y) * dy, across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    return along <= 1 ? Infinity : along + 2 * across;
  };
  const best = seen().filter((i) => i !== view.selected).map((i) => [cost(i), i]).sort((a, b) => a[0] - b[0])[0];
  if (best && best[0] < Infinity) select(best[1], true);
}
const zoom = (by) => network.moveTo({ scale: network.getScale() * by });
const KEYS = {
  ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
  Enter: () => { if (view.selected !== null && grow(view.selected)) card(); },
  Escape: () => select(null), "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), 0: () => fit(),
};
$("network").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== $("search")) { event.preventDefault(); $("search").focus(); }
});
$("search").addEventListener("input", search);
$("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") $("hits").querySelector("button")?.click();
  if (event.key === "ArrowDown") { event.preventDefault(); $("hits").querySelector("button")?.focus(); }
  if (event.key === "Escape") clearSearch();
});
$("hits").addEventListener("keydown", (event) => {
  const all = [...$("hits").querySelectorAll("button")], at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (at > 0 ? all[at - 1] : $("search")).focus();
  else if (event.key === "Escape") { clearSearch(); $("search").focus(); }
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => { if (!event.target.closest(".search")) $("hits").hidden = true; });

$("reset").addEventListener("click", () => { begin(); card(); remember(); });
$("fit").addEventListener("click", () => fit());
$("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; speak(); });
$("theme").addEventListener("click", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; dress(); });
darkByDefault.addEventListener("change", dress);
addEventListener("popstate", () => { if (!recall()) select(null); });
const narrow = matchMedia("(max-width: 760px)");
const foldLegend = () => { $("legendBox").open = !narrow.matches; };
narrow.addEventListener("change", foldLegend);
new ResizeObserver(() => { if (view.untouched) { const was = view.selected; begin(); view.selected = was; draw(); } }).observe($("network"));

foldLegend();
readColours();
begin();
speak();
if (!recall() && location.hash) history.replaceState(null, "", location.pathname + location.search);
document.body.dataset.ready = "yes";

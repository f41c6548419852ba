/* Chain maps: lanes from 上游 to 下游, a cell for each segment with its state and members, gaps in sight. */
const TIERS = ["upstream", "midstream", "downstream"];
const mapName = (told) => (told.names.length ? told.names.join("、") : told.t ? D.templates[told.t][lang] : "");
const segmentsOf = (told) => (told.t ? D.templates[told.t].segments : []);
const segmentName = (told, id) => { const s = segmentsOf(told).find((x) => x.id === id); return s ? s[lang] : id; };
const stateOf = (told, id) => told.states[id] || "stateNoEvidence";
const gapWords = (told, id) => { const [move, broken] = told.moves[id] || ["", 0]; return [broken ? say("breakPoint") : "", move ? say("move." + move) : ""]; };
const shownMap = () => MAPS.get(view.map) || null;

function openMap(key, segment = null) {
  view.map = key;
  view.segment = segment;
  view.selected = view.line = view.fact = view.way = null;
  go("chains");
}
function selectSegment(id) {
  view.segment = view.segment === id ? null : id;
  view.selected = view.line = view.fact = view.way = null;
  changed();
  if (view.segment) reveal();
}
function mapChoice() {
  const choice = el("select", { id: "mapChoice", "aria-label": say("chooseMap") });
  grouped([...MAPS.values()], (told) => told.i).forEach((some, i) => choice.append(el("optgroup", { label: THINGS[i].label },
    ...some.map((told) => el("option", { value: told.key, text: `${mapName(told)}${told.of ? `  ${told.seen}/${told.of}` : ""}` })))));
  choice.value = view.map || "";
  choice.addEventListener("change", () => openMap(choice.value));
  return choice;
}
async function drawMap() {
  const target = $("chainsView");
  if (!MAPS.size) { target.replaceChildren(el("p", { cls: "empty", text: say("noMaps") })); return; }
  const key = view.map;
  if (remote && !MAPS.get(key).members) target.replaceChildren(mapChoice(), el("p", { cls: "note", text: say("loading") }));
  try { await needMap(key); } catch (error) { failed(error); return; }
  if (key !== view.map || view.name !== "chains") return;
  const told = shownMap(), kept = document.activeElement && document.activeElement.dataset.segment, top = target.scrollTop;
  target.replaceChildren(mapHead(told), told.t ? lanes(told) : memberList(told.unplaced));
  if (told.t && told.unplaced.length) target.append(el("section", { cls: "unplaced" }, el("h3", { text: say("unplaced") }), el("p", { cls: "note", text: say("whyUnplaced") }), memberList(told.unplaced)));
  target.scrollTop = top;
  if (kept) target.querySelector(`[data-segment="${CSS.escape(kept)}"]`)?.focus();
  drawFlows();
  count();
  if (!view.selected) card();
}
function mapHead(told) {
  const seenThere = say("evidenceFor", { n: told.seen, m: told.of });
  return el("div", { cls: "head" }, mapChoice(), named(told.i), el("p", { cls: "note" },
    joined([told.t && told.names.length ? say("template", { name: D.templates[told.t][lang] }) : "", told.of ? seenThere : say("noTemplate")])));
}
function memberEntry(m) {
  const i = typeof m === "number" ? m : m.i, t = THINGS[i];
  const link = thingLink(i);
  return el("li", { cls: i === view.selected ? "chosen" : "" }, glyph(t.kind, t.state), el("span", {}, t.lead ? el("b", { text: say("leader") + " " }) : null, link));
}
function memberList(members) {
  const on = members.filter((m) => allowed(typeof m === "number" ? m : m.i)), hidden = members.length - on.length;
  return el("ul", { cls: "members" }, ...on.map(memberEntry), hidden ? el("li", { cls: "note", text: say("hiddenMembers", { n: hidden }) }) : null);
}
function lanes(told) {
  const grid = el("div", { cls: "lanes", id: "lanes" });
  const around = view.segment ? neighboursOf(told, view.segment) : { suppliers: new Set(), buyers: new Set() };
  TIERS.forEach((tier) => {
    const inLane = segmentsOf(told).filter((s) => s.tier === tier), there = inLane.filter((s) => told.states[s.id]).length;
    const lane = el("section", { cls: "lane", "aria-label": say(tier) }, el("h2", {}, say(tier), el("span", { cls: "note", text: `${there} / ${inLane.length}` })));
    for (const side of [0, 1]) {
      const some = inLane.filter((s) => s.side === side && !view.off.has("segment." + stateOf(told, s.id)));
      if (side && some.length) lane.append(el("h3", { text: say("sideBranch") }));
      some.forEach((s) => lane.append(cell(told, s, around)));
    }
    const hidden = inLane.filter((s) => view.off.has("segment." + stateOf(told, s.id))).length;
    if (hidden) lane.append(el("p", { cls: "note", text: say("hiddenSegments", { n: hidden }) }));
    grid.append(lane);
  });
  return el("div", { cls: "lanesBox", id: "lanesBox" }, grid);
}
function cell(told, s, { suppliers, buyers }) {
  const state = stateOf(told, s.id), [broken, move] = gapWords(told, s.id), chosen = view.segment === s.id;
  const role = suppliers.has(s.id) ? say("feedsIt") : buyers.has(s.id) ? say("takesIt") : "";
  const title = button("", () => selectSegment(s.id), "segment");
  title.dataset.segment = s.id;
  title.setAttribute("aria-pressed", String(chosen));
  title.append(stateGlyph(state), el("span", { cls: "name", text: s[lang] }),
    el("span", { cls: "note", text: joined([role, s.critical ? say("critical") : "", term(state), broken, move]) }));
  const members = told.members[s.id] || [];
  return el("article", { cls: `cell ${state === "stateNoEvidence" ? "gap" : ""} ${chosen ? "chosen" : ""} ${role ? "related" : ""} ${broken ? "broken" : ""}` }, title, members.length ? memberList(members) : null);
}
/** The segments of a map's template that feed one, and those it feeds. */
function neighboursOf(told, id) {
  const feeds = (s) => s.feeds.map(([f]) => f), own = new Set(segmentsOf(told).map((s) => s.id));
  const at = segmentsOf(told).find((s) => s.id === id);
  return {
    suppliers: new Set(segmentsOf(told).filter((s) => feeds(s).includes(id)).map((s) => s.id)),
    buyers: new Set(at ? feeds(at).filter((f) => own.has(f)) : []),
  };
}
/** Curves from the suppliers of the chosen segment to it, and from it to its buyers. */
function drawFlows() {
  const box = $("lanesBox");
  if (!box) return;
  box.querySelector("svg.flows")?.remove();
  const told = shownMap(), to = view.segment && box.querySelector(`[data-segment="${CSS.escape(view.segment)}"]`);
  if (!to || narrow.matches) return;
  const { suppliers, buyers } = neighboursOf(told, view.segment), outer = box.getBoundingClientRect();
  const drawn = svg(outer.width, outer.height, "g", {});
  drawn.setAttribute("class", "flows");
  const curve = (one, other) => {
    const a = one.closest(".cell").getBoundingClientRect(), b = other.closest(".cell").getBoundingClientRect();
    const same = Math.abs(a.left - b.left) < 20, forward = b.left > a.left;
    const x1 = (same || !forward ? a.left : a.right) - outer.left, x2 = (same || forward ? b.left : b.right) - outer.left;
    const y1 = a.top - outer.top + 15, y2 = b.top - outer.top + 15, bend = same ? -26 : (x2 - x1) / 2;
    const path = document.createElementNS(SVG, "path");
    const d = same ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}` : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    const tip = same || forward ? `M${x2 - 6} ${y2 - 3.5}L${x2} ${y2}L${x2 - 6} ${y2 + 3.5}` : `M${x2 + 6} ${y2 - 3.5}L${x2} ${y2}L${x2 + 6} ${y2 + 3.5}`;
    path.setAttribute("d", d + tip);
    Object.entries({ fill: "none", stroke: colour.accent, "stroke-width": 1.2 }).forEach(([k, v]) => path.setAttribute(k, v));
    drawn.firstChild.append(path);
  };
  const at = (id) => box.querySelector(`[data-segment="${CSS.escape(id)}"]`);
  suppliers.forEach((id) => at(id) && curve(at(id), to));
  buyers.forEach((id) => at(id) && curve(to, at(id)));
  box.append(drawn);
}
function segmentCard() {
  const told = shownMap(), s = told && segmentsOf(told).find((x) => x.id === view.segment);
  if (!s || !told.members) return [el("p", { cls: "note", text: say("loading") })];
  const state = stateOf(told, s.id), [broken, move] = gapWords(told, s.id), members = told.members[s.id] || [];
  const { suppliers } = neighboursOf(told, s.id);
  const link = (id, name) => el("li", {}, segmentsOf(told).some((x) => x.id === id) ? button(name, () => selectSegment(id)) : el("span", { text: name }), told.states[id] ? el("span", { cls: "note", text: term(told.states[id]) }) : null);
  return [
    el("p", { cls: "kind" }, stateGlyph(state), joined([say("segment"), s.critical ? say("critical") : "", term(state)])),
    el("h2", { text: s[lang] }),
    el("p", { cls: "note", text: joined([mapName(told), THINGS[told.i].label]) }),
    state === "stateNoEvidence" ? el("p", { text: say("whyGap") }) : null,
    broken ? el("p", { text: say("whyBreak") }) : null, move ? el("p", { text: say("why." + told.moves[s.id][0]) }) : null,
    section(say("members"), members.map((m) => el("li", {}, el("div", { cls: "fact" }, named(m.i)),
      el("p", { cls: "note", text: say("whyPlaced", { word: m.word, c: m.c }) }), ...m.claims.map((k) => CLAIMS[k]).filter(Boolean).map(sentence)))),
    section(say("fedBy"), segmentsOf(told).filter((x) => suppliers.has(x.id)).map((x) => link(x.id, x[lang]))),
    section(say("feeds"), s.feeds.map(([id, zh, en]) => link(id, lang === "zh" ? zh : en))),
    s.codes.length ? el("p", { cls: "note", text: say("codes", { codes: s.codes.join("、") }) }) : null,
  ];
}
function mapCard() {
  const told = shownMap();
  if (!told || !told.members) return [el("p", { cls: "note", text: say("noMaps") })];
  const by = grouped(segmentsOf(told), (s) => stateOf(told, s.id));
  return [
    el("p", { cls: "kind", text: say("mapOf") }), el("h2", { text: mapName(told) }),
    el("p", {}, named(told.i)), ...told.chains.map((i) => el("p", {}, named(i))),
    el("p", { cls: "note", text: say("mapHint") }),
    ...SEGMENT_STATES.map((state) => section(term(state), (by.get(state) || []).map((s) => el("li", {}, el("div", { cls: "fact" },
      el("span", { cls: "named" }, stateGlyph(state), button(s[lang], () => selectSegment(s.id))), el("span", { cls: "note", text: joined(gapWords(told, s.id)) })))))),
  ];
}

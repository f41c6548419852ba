/* Legend: what each shape, colour and line means, how many there are, and whether it is shown; and the filters. */
function toggle(key, picture, text, count) {
  const box = el("input", { type: "checkbox", "data-key": key });
  box.checked = !view.off.has(key);
  box.addEventListener("change", () => { view.off[box.checked ? "delete" : "add"](key); changed(); });
  return el("label", {}, box, picture, el("span", { text }), el("span", { cls: "n", text: number(count) }));
}
function legendPart(title, group, keys, picture, text, counts = D.tallies[group] || {}, folded = false) {
  const items = keys.filter((key) => counts[key]);
  if (!items.length) return null;
  const rows = items.map((key) => toggle(`${group}.${key}`, picture(key), text(key), counts[key]));
  if (!folded) return el("div", {}, el("h2", { text: say(title) }), ...rows);
  const off = items.some((key) => view.off.has(`${group}.${key}`));
  const box = el("details", {}, el("summary", { text: say(title) }), ...rows);
  box.open = off || opened.has(title);
  box.addEventListener("toggle", () => opened[box.open ? "add" : "delete"](title));
  return box;
}
const opened = new Set();
function legend() {
  const focus = document.activeElement && (document.activeElement.dataset.key || document.activeElement.id), told = view.name === "chains" && shownMap();
  const parts = [filterPart()];
  if (told && told.t) {
    const counts = {};
    segmentsOf(told).forEach((s) => { counts[stateOf(told, s.id)] = (counts[stateOf(told, s.id)] || 0) + 1; });
    parts.push(legendPart("segmentStates", "segment", SEGMENT_STATES, stateGlyph, term, counts));
  }
  parts.push(
    legendPart("kinds", "kind", KINDS, (k) => glyph(k), term),
    legendPart("states", "state", STATES, (s) => glyph("Project", s), say),
    legendPart("lines", "strength", STRENGTHS.slice(0, 2), lineGlyph, say),
    legendPart("computedLines", "strength", STRENGTHS.slice(2), lineGlyph, say),
    legendPart("relations", "relation", D.order, () => el("span"), calls, D.tallies.relation, true));
  $("legend").replaceChildren(...parts.filter(Boolean));
  if (focus) ($("legend").querySelector(`[data-key="${CSS.escape(focus)}"]`) || ($("legend").contains($(focus)) ? $(focus) : null))?.focus();
}
/** Years, confidence, investment; and a way to take all filters off again. */
function filterPart() {
  const part = el("div", { cls: "filters" }, el("h2", { text: say("filters") }));
  const field = (id, label, ...inputs) => part.append(el("div", { cls: "field" }, el("span", { text: say(label), id: id + "Label" }), el("span", { cls: "inputs" }, ...inputs)));
  if (D.years && FIRST_YEAR < LAST_YEAR) {
    const [first, last] = view.years || [FIRST_YEAR, LAST_YEAR];
    const year = (id, value, n) => numberInput(id, { min: FIRST_YEAR, max: LAST_YEAR, step: 1, value, "aria-label": say(id) }, (v) => {
      const now = [...(view.years || [FIRST_YEAR, LAST_YEAR])];
      now[n] = Math.min(Math.max(Math.round(v), FIRST_YEAR), LAST_YEAR);
      if (now[0] > now[1]) now[1 - n] = now[n];
      view.years = now[0] === FIRST_YEAR && now[1] === LAST_YEAR ? null : now;
    });
    field("years", "years", year("firstYear", first, 0), "–", year("lastYear", last, 1));
  }
  field("confidence", "least.confidence", numberInput("confidence", { min: 0, max: 1, step: 0.05, value: view.confidence, "aria-labelledby": "confidenceLabel" }, (v) => { view.confidence = Math.min(Math.max(v, 0), 1); }));
  field("money", "least.money", numberInput("money", { min: 0, step: 0.5, value: view.money / 1e8, "aria-labelledby": "moneyLabel" }, (v) => { view.money = Math.max(v, 0) * 1e8; }), say("yiUnit"));
  if (filtered()) part.append(button(say("unfilter"), () => { view.off.clear(); Object.assign(view, { years: null, confidence: 0, money: 0 }); changed(); }, "act"));
  return part;
}
function numberInput(id, attributes, act) {
  const input = el("input", { id, type: "number", inputmode: "decimal", ...attributes });
  input.addEventListener("change", () => { const v = Number(input.value); if (Number.isFinite(v)) act(v); changed(); });
  return input;
}

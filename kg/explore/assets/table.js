/* The table of everything: things and facts, sorted, filtered, a page at a time. Also the way in without a picture. */
const ROWS = 50;
const COLUMNS = {
  things: [
    ["name", (t) => t.py[0], (t) => named(t.i)], ["kind", (t) => term(t.kind), (t) => term(t.kind)],
    ["state", (t) => t.state || "", (t) => (t.state ? say(t.state) : "")], ["at", (t) => t.at || "", (t) => t.at || ""],
    ["money", (t) => t.money ?? -1, (t) => (t.money ? el("span", { text: +(t.money / 1e8).toFixed(4), title: t.printed ? say("printed", { printed: t.printed }) : "" }) : ""), "n"],
    ["year", (t) => (t.y ? t.y[t.y.length - 1] : 0), (t) => (t.y ? (t.y.length > 1 ? `${t.y[0]}–${t.y[t.y.length - 1]}` : t.y[0]) : ""), "n"],
    ["facts", (t) => t.f || 0, (t) => number(t.f || 0), "n"], ["sources", (t) => t.s || 0, (t) => number(t.s || 0), "n"],
  ],
  facts: [
    ["subject", (c) => THINGS[c.s].label, (c) => named(c.s)], ["relation", (c) => relationOf(c), (c) => relationOf(c)],
    ["object", (c) => objectOf(c), (c) => (c.o === null ? figureMark(c) : named(c.o))], ["date", (c) => c.n.date || "", (c) => c.n.date || ""],
    ["held", (c) => c.m, (c) => say(HELD[c.m])], ["confidence", (c) => c.c, (c) => c.c, "n"],
    ["article", (c) => (ARTICLES[c.a] || {}).headline || "", (c) => (ARTICLES[c.a] ? button(ARTICLES[c.a].headline, () => openArticle(c.a, c.k)) : "")],
  ],
};
const relationOf = (c) => (c.n.indicator ? term(c.n.indicator) : term(c.p));
const objectOf = (c) => (c.o === null ? figure(c) : THINGS[c.o].label);
const plain = (text) => text.normalize("NFKC").toLowerCase();

/** All rows that the table's words and the filters leave, in order: { rows, found, of }. */
function rowsHere() {
  const { of, q, sort, down } = view.table, words = plain(q).split(/\s+/).filter(Boolean), rows = [];
  const fits = of === "things"
    ? (t) => allowed(t.i) && holdsAll(plain([t.label, ...t.also, t.at || ""].join(" ")), words)
    : (c) => claimAllowed(c) && holdsAll(plain([THINGS[c.s].label, objectOf(c), QUOTES[c.q]].join(" ")), words);
  const all = of === "things" ? THINGS : CLAIMS;
  let total = 0;
  all.forEach((x) => { total += 1; if (fits(x)) rows.push(x); });
  const column = COLUMNS[of].find(([name]) => name === sort);
  if (column) {
    const key = column[1], compare = new Intl.Collator("zh-CN").compare;
    const order = (x, y) => (typeof x === "string" ? compare(x, y) : x - y);
    rows.sort((a, b) => (down ? -1 : 1) * order(key(a), key(b))); // (equals stay in their order)
  }
  return { rows, found: rows.length, of: total };
}
const holdsAll = (text, words) => words.every((w) => text.includes(w));
/** A page of rows, or all of them; from the server where there is one. */
async function rowsOf(all = false) {
  const { of, q, sort, down, page } = view.table;
  if (!remote) {
    const told = rowsHere();
    return all ? told : { ...told, rows: told.rows.slice(page * ROWS, (page + 1) * ROWS) };
  }
  const asked = { of, q, sort, down: down ? 1 : 0, lang, off: [...view.off].join(), y: view.years ? view.years.join("-") : "", c: view.confidence, money: view.money };
  const some = async (offset, limit) => {
    const told = await ask("table", { ...asked, offset, limit });
    if (told.part) absorb(told.part);
    else absorb({ things: told.rows, links: [], claims: [], quotes: {}, articles: [], sources: {}, full: [] });
    return { ...told, rows: told.rows.map((row) => (of === "things" ? THINGS[row.i] : CLAIMS[row])) };
  };
  if (!all) return some(page * ROWS, ROWS);
  const told = await some(0, 1000);
  while (told.rows.length < told.found) told.rows.push(...(await some(told.rows.length, 1000)).rows);
  return told;
}
let asking = 0;
async function drawTable() {
  const target = $("tableView"), turn = ++asking;
  if (!target.childElementCount) target.append(tableHead(), el("div", { id: "rows", cls: "rows", tabindex: "0", role: "region" }), el("p", { id: "pager" }));
  tableWords();
  target.dataset.of = view.table.of;
  let told;
  try { told = await rowsOf(); } catch (error) { failed(error); return; }
  if (turn !== asking || view.name !== "table") return;
  const { of, page } = view.table, last = Math.max(0, Math.ceil(told.found / ROWS) - 1);
  if (page > last) { view.table.page = last; drawTable(); return; }
  const head = el("tr", {}, ...COLUMNS[of].map(([name, , , cls]) => sortHead(name, cls)));
  const lead = ({ i, k }) => (of === "things" ? i === view.selected : k === view.fact);
  const lines = told.rows.map((row) => el("tr", { cls: lead(row) ? "chosen" : "" }, ...COLUMNS[of].map(([name, , show, cls], n) => el(n ? "td" : "th", n ? { cls: `${cls || ""} c-${name}` } : { scope: "row" }, show(row)))));
  const focus = document.activeElement && document.activeElement.dataset.sort;
  $("rows").replaceChildren(told.found ? el("table", {}, el("thead", {}, head), el("tbody", {}, ...lines)) : el("p", { cls: "empty", text: say("noRows") }));
  if (focus) $("rows").querySelector(`[data-sort="${focus}"]`)?.focus();
  const turnTo = (to) => { view.table.page = to; $("rows").scrollTop = 0; changed(); };
  const step = (text, to, off) => { const b = button(text, () => turnTo(to), "quiet"); b.disabled = off; return b; };
  $("pager").replaceChildren(step(say("previous"), page - 1, page === 0), el("span", { text: say("pages", { n: told.found ? page + 1 : 0, m: told.found ? last + 1 : 0 }) }), step(say("next"), page + 1, page >= last));
  view.table.found = told.found;
  view.table.all = remote || of === "things" ? (of === "things" ? D.total.things : D.total.facts) : told.of;
  count();
}
function sortHead(name, cls) {
  const { sort, down } = view.table, on = sort === name;
  const b = button(say("col." + name), () => {
    Object.assign(view.table, { sort: name, down: on ? !down : cls === "n", page: 0 });
    changed();
  }, "sort");
  b.dataset.sort = name;
  if (on) b.append(el("span", { "aria-hidden": "true", text: down ? " ↓" : " ↑" }));
  return el("th", { scope: "col", cls: `${cls || ""} c-${name}`, "aria-sort": on ? (down ? "descending" : "ascending") : "none" }, b);
}
function tableHead() {
  const words = el("input", { id: "tableWords", type: "search", autocomplete: "off", spellcheck: "false" });
  words.addEventListener("input", () => { Object.assign(view.table, { q: words.value.trim(), page: 0 }); drawTable(); remember(true); });
  const tab = (of) => { const b = button("", () => { Object.assign(view.table, { of, sort: FIRST_ORDER[of].replace("-", ""), down: FIRST_ORDER[of].startsWith("-"), page: 0 }); changed(); }, "tab"); b.id = "of-" + of; return b; };
  return el("div", { cls: "head" }, el("div", { cls: "tabs" }, tab("things"), tab("facts")), words);
}
function tableWords() {
  for (const of of ["things", "facts"]) {
    $("of-" + of).textContent = say("of." + of);
    $("of-" + of).setAttribute("aria-pressed", String(view.table.of === of));
  }
  $("tableWords").placeholder = say("tableWords");
  $("tableWords").setAttribute("aria-label", say("tableWords"));
  $("rows").setAttribute("aria-label", say("of." + view.table.of));
  if (document.activeElement !== $("tableWords")) $("tableWords").value = view.table.q;
}

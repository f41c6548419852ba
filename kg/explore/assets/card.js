/* The card: what is known of the selected thing or line, each fact with its sentences. */
const FIRST = 8; // facts of a kind shown before "more"

function money(value) {
  const n = Number(value);
  if (!Number.isFinite(n)) return value;
  const [size, unit] = Math.abs(n) >= 1e8 ? [1e8, "yi"] : Math.abs(n) >= 1e4 ? [1e4, "wan"] : [1, "yuan"];
  return say(unit, { n: String(+(n / size).toFixed(4)) });
}
/** A figure as printed, else in 亿元 or with its unit; a phase by its name. */
function figure(claim) {
  const { printed, unit, max } = claim.n;
  if (printed) return printed;
  if (unit === "CNY") return money(claim.v) + (max ? " – " + money(max) : "");
  const named = D.terms[lang][claim.v];
  if (named) return named;
  return [claim.v + (max ? "–" + max : ""), unit && unit !== "count" ? unit : ""].join(" ").trim();
}
const thingLink = (i) => button(THINGS[i].label, () => select(i, true));
function named(i) {
  return el("span", { cls: "named" }, glyph(THINGS[i].kind, THINGS[i].state), thingLink(i));
}

/** A sentence with the words that a fact rests on set off. */
function sentence(claim) {
  const text = D.quotes[claim.q];
  const words = [claim.n.printed, ...[claim.s, claim.o].filter((i) => i !== null).flatMap((i) => [THINGS[i].label, ...THINGS[i].aliases])]
    .filter((w) => w && text.includes(w)).sort((a, b) => b.length - a.length);
  const quote = el("blockquote");
  let at = 0;
  while (at < text.length) {
    const next = words.map((w) => [text.indexOf(w, at), w]).filter(([p]) => p >= 0).sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
    if (!next) break;
    quote.append(text.slice(at, next[0]), el("mark", { text: next[1] }));
    at = next[0] + next[1].length;
  }
  quote.append(text.slice(at));
  const article = D.articles[claim.a];
  const from = article ? joined([article.headline, article.date, article.source]) : "";
  return el("div", { cls: "sentence" }, quote, el("p", { cls: "source", text: joined([from, say("confidence", { n: claim.c })]) }));
}
/** A line of the card; its sentences open below it. */
function fact(claims, what, open = false) {
  const [first] = claims;
  const held = [...new Set(claims.map((c) => c.m))];
  const notes = joined([
    ...new Set(claims.flatMap((c) => [c.n.title, c.n.product, c.n.of, c.n.date])),
    held.includes("asserted") ? "" : held.includes("expected") ? say("isExpected") : say("negated"),
  ]);
  const quotes = [...new Map(claims.map((c) => [`${c.q} ${c.a}`, c])).values()];
  const box = el("div", { cls: "sentences" });
  const show = () => { if (!box.childElementCount) box.append(...quotes.map(sentence)); };
  box.hidden = !open;
  if (open) show();
  const toggle = button(quotes.length > 1 ? say("sentences", { n: quotes.length }) : say("sentence"), () => {
    box.hidden = !box.hidden;
    toggle.setAttribute("aria-expanded", String(!box.hidden));
    show();
  }, "quiet");
  toggle.setAttribute("aria-expanded", String(open));
  const row = el("div", { cls: "fact" }, el("span", {}, what, notes ? el("span", { cls: "note", text: notes }) : null), toggle);
  return el("li", { cls: first.m === "negated" && held.length === 1 ? "denied" : "" }, row, box);
}
function section(title, items, note) {
  if (!items.length) return null;
  const list = el("ul", {}, ...items.slice(0, FIRST));
  const rest = items.slice(FIRST);
  const part = el("section", {}, el("h3", {}, title, items.length > 1 ? el("span", { cls: "note", text: items.length }) : null), note ? el("p", { cls: "note", text: note }) : null, list);
  if (rest.length) {
    const more = button(say("more", { n: rest.length }), () => { list.append(...rest); more.remove(); }, "quiet");
    part.append(more);
  }
  return part;
}
/** Claims gathered by what they say, so that a fact told twice stands once with both sentences. */
function gathered(claims, key) {
  const groups = new Map();
  claims.forEach((c) => { const k = key(c); if (!groups.has(k)) groups.set(k, []); groups.get(k).push(c); });
  return [...groups.values()];
}
const saysSame = (c) => JSON.stringify([c.o, c.o === null ? [c.v, c.n.indicator, c.n.date, c.n.of, c.n.product] : c.n.title, c.m === "negated"]);

function stated(i) {
  const told = new Map();
  const put = (claim, other, inverse) => {
    const both = claim.p === "cooperatesWith"; // the same from either side
    const title = inverse && !both ? D.inverse[lang][claim.p] || term(claim.p) : term(claim.p);
    const key = `${title} ${claim.p}`;
    if (!told.has(key)) told.set(key, { title, order: rank(claim.p) + (inverse ? 0.5 : 0), facts: [] });
    told.get(key).facts.push({ ...claim, other });
  };
  bySubject[i].forEach((c) => put(c, c.o, false));
  byObject[i].forEach((c) => put(c, c.s, true));
  return [...told.values()].sort((a, b) => a.order - b.order).map(({ title, facts }) => {
    const groups = gathered(facts, (c) => saysSame({ ...c, o: c.other }));
    // leaders first, then by how far a project has come, then what most is told of
    const order = ([c]) => (c.other === null ? 0 : leaders.has(c.other) ? -1e6 : STATES.indexOf(THINGS[c.other].state) * 1e4 - near[c.other].size);
    return section(title, groups.sort((a, b) => order(a) - order(b)).map((claims) => {
      const [c] = claims;
      const what = el("span", {}, c.n.indicator ? term(c.n.indicator) + " " : "", c.other === null ? figure(c) : named(c.other));
      return fact(claims, what);
    }));
  });
}
function computed(i) {
  return ["memberUnderLeader", "potentialSupplierOf"].flatMap((p) => [false, true].map((inverse) => {
    const found = linksOf[i].filter((link) => link.p === p && (inverse ? link.to : link.from) === i);
    const title = `${inverse ? D.inverse[lang][p] : D.forward[lang][p]}（${say("computed")}）`;
    return section(title, found.map((link) => el("li", {}, el("div", { cls: "fact" }, named(inverse ? link.from : link.to)))),
      say(p === "memberUnderLeader" ? "whyMember" : "whyPotential"));
  }));
}
function thingCard(i) {
  const t = THINGS[i], hidden = hiddenAround(i).length;
  const grows = hidden
    ? button(hidden > each() ? say("growSome", { n: each(), m: hidden }) : say("grow", { n: hidden }), () => { grow(i); card(); }, "act")
    : null;
  const facts = [...stated(i), ...computed(i)].filter(Boolean);
  return [
    el("p", { cls: "kind" }, glyph(t.kind, t.state), joined([term(t.kind), leaders.has(i) ? say("leader") : "", t.state ? say(t.state) : ""])),
    el("h2", { text: t.label }),
    t.aliases.length ? el("p", { cls: "aliases", text: `${say("aliases")} ${t.aliases.join("、")}` }) : null,
    grows, ...facts, facts.length ? null : el("p", { cls: "note", text: say("untoldFacts") }),
    el("p", { cls: "iri", text: t.iri }),
  ];
}
function lineCard(line) {
  const both = (c) => c.o !== null && [line.from, line.to].includes(c.s) && [line.from, line.to].includes(c.o);
  const parts = line.links.map((link) => {
    const head = el("p", { cls: "relation" }, named(link.from), el("span", { cls: "note", text: D.forward[lang][link.p] || term(link.p) }), named(link.to));
    const claims = bySubject[link.from].filter((c) => c.p === link.p && c.o === link.to && both(c));
    if (claims.length) return [head, ...[...new Map(claims.map((c) => [c.q, c])).values()].map(sentence)];
    return [head, el("p", { cls: "note", text: say(link.p === "memberUnderLeader" ? "whyMember" : "whyPotential") })];
  });
  return [el("p", { cls: "kind" }, lineGlyph(line.strength), joined([say(line.strength), claimsOf(line) ? "" : say("computed")])), ...parts.flat()];
}
const claimsOf = (line) => line.strength === "stated" || line.strength === "expected";
/** With nothing selected: what is on the picture and where else one may start. */
function overview() {
  const groups = KINDS.map((kind) => section(term(kind), seen().filter((i) => THINGS[i].kind === kind).map((i) => el("li", {}, named(i)))));
  const starts = THINGS.map((t, i) => i).filter((i) => THINGS[i].kind === "Zone" && !view.spots.has(i) && near[i].size)
    .sort((a, b) => near[b].size - near[a].size || a - b);
  return [
    el("p", { cls: "note", text: say("hint") }), THINGS.length ? el("h2", { text: say("shownHere") }) : null, ...groups,
    section(say("elsewhere"), starts.map((i) => el("li", {}, named(i)))),
  ];
}
function card() {
  const line = view.line && lines.get(view.line);
  const parts = view.selected !== null ? thingCard(view.selected) : line ? lineCard(line) : overview();
  $("card").replaceChildren(...parts.filter((part) => part !== null && part !== undefined));
  $("card").scrollTop = 0;
}

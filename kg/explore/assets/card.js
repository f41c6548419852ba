/* The card: what is known of the selected thing or line, each fact with its sentences. */
const FIRST = 8; // facts of a kind shown before "more"

/** A line of the card; its sentences open below it. */
function fact(claims, what, open = false) {
  const denied = claims.every((c) => c.m === "negated"), notes = notesOf(claims);
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
  const row = el("div", { cls: "fact" }, el("span", {}, what, notes), toggle);
  return el("li", { cls: denied ? "denied" : "" }, row, box);
}
function section(title, items, note, cls = "") {
  if (!items.length) return null;
  const list = el("ul", {}, ...items.slice(0, FIRST));
  const rest = items.slice(FIRST);
  const part = el("section", { cls }, el("h3", {}, title, items.length > 1 ? el("span", { cls: "note", text: items.length }) : null), note ? el("p", { cls: "note", text: note }) : null, list);
  if (rest.length) {
    const more = button(say("more", { n: rest.length }), () => { list.append(...rest); more.remove(); }, "quiet");
    part.append(more);
  }
  return part;
}
/* A fact told twice stands once, with both sentences. */
const saysSame = (c) => JSON.stringify([c.o, c.o === null ? [c.v, c.n.indicator, c.n.date, c.n.of, c.n.product] : c.n.title, c.m === "negated"]);

function stated(i) {
  const told = new Map();
  const put = (claim, other, inverse) => {
    const both = claim.p === "cooperatesWith"; // the same from either side
    const title = inverse && !both ? D.inverse[lang][claim.p] || term(claim.p) : term(claim.p);
    const key = `${title} ${claim.p}`;
    if (!told.has(key)) told.set(key, { title, order: rank(claim.p) + (inverse ? 0.5 : 0), facts: [] });
    if (claimAllowed(claim) || claim.m === "negated") told.get(key).facts.push({ ...claim, other });
  };
  bySubject[i].filter((c) => c.p !== "status").forEach((c) => put(c, c.o, false));
  byObject[i].forEach((c) => put(c, c.s, true));
  return [...told.values()].sort((a, b) => a.order - b.order).map(({ title, facts }) => {
    const groups = [...grouped(facts, (c) => saysSame({ ...c, o: c.other })).values()];
    // leaders first, then by how far a project has come, then what most is told of
    const order = ([c]) => (c.other === null ? 0 : THINGS[c.other].lead ? -1e6 : STATES.indexOf(THINGS[c.other].state) * 1e4 - THINGS[c.other].n);
    return section(title, groups.sort((a, b) => order(a) - order(b)).map((claims) => {
      const [c] = claims;
      const what = el("span", {}, c.n.indicator ? term(c.n.indicator) + " " : "", c.other === null ? figureMark(c) : named(c.other));
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
/** The phases of a thing as one dated history, earliest first; what is undated goes by its article's date. */
function phasesOf(i) {
  const told = bySubject[i].filter((c) => c.p === "status").map((c) => ({ c, date: c.n.date || (ARTICLES[c.a] || {}).date || "", own: !!c.n.date }));
  const steps = [...grouped(told.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : D.phases.indexOf(a.c.v) - D.phases.indexOf(b.c.v))), (t) => [t.c.v, t.date, t.c.m].join()).values()];
  return section(say("history"), steps.map((step) => {
    const [{ date, own, c }] = step;
    const when = date ? (own ? date : say("reported", { date })) : say("undated");
    const what = el("span", {}, el("span", { cls: "when", text: when }), figureMark(c));
    return fact(step.map((t) => t.c), what, false);
  }), null, "history");
}
/** The chain maps in which a thing stands, by segment. */
function places(i) {
  const found = [];
  MAPS.forEach((told) => Object.entries(told.members || {}).forEach(([segment, members]) => {
    if (members.some((m) => m.i === i)) found.push([told, segment]);
  }));
  return section(`${say("segments")}（${say("computed")}）`, found.map(([told, segment]) => el("li", {},
    button(joined([segmentName(told, segment), mapName(told), THINGS[told.i].label]), () => openMap(told.key, segment)))));
}
function sources(i) {
  return section(say("sources"), (SOURCES.get(i) || []).map(([a, times]) => el("li", {}, el("div", { cls: "fact" },
    el("span", {}, button(ARTICLES[a].headline, () => openArticle(a, null, i)), el("span", { cls: "note", text: ARTICLES[a].date })),
    el("span", { cls: "note", text: say("times", { n: times }) })))));
}
function thingCard(i) {
  const t = THINGS[i];
  if (remote && !full.has(i)) return [el("p", { cls: "note", text: say("loading") }), el("h2", { text: t.label })];
  const hidden = view.spots.has(i) ? hiddenAround(i).length : 0;
  const acts = el("p", { cls: "acts" });
  if (hidden && view.name === "network") acts.append(button(hidden > each() ? say("growSome", { n: each(), m: hidden }) : say("grow", { n: hidden }), () => { if (grow(i)) changed(); }, "act"));
  if (view.name !== "network") acts.append(button(say("onPicture"), () => { go("network"); }, "act"));
  if (view.name !== "card") acts.append(button(say("wholeCard"), () => { go("card"); }, "act"));
  acts.append(button(say("wayFrom"), () => openWay(i), "act"));
  const facts = [...stated(i), ...computed(i)].filter(Boolean);
  const partly = t.f > claimsOf(i).length ? say("partly", { n: number(claimsOf(i).length), m: number(t.f) }) : "";
  return [
    el("p", { cls: "kind" }, glyph(t.kind, t.state), joined([term(t.kind), t.lead ? say("leader") : "", t.state ? say(t.state) : "", t.money ? money(t.money) : ""])),
    el("h2", { text: t.label }),
    t.also.length ? el("p", { cls: "aliases", text: `${say("aliases")} ${t.also.join("、")}` }) : null,
    acts, partly ? el("p", { cls: "note", text: partly }) : null, phasesOf(i), ...facts, places(i), sources(i),
    facts.length ? null : el("p", { cls: "note", text: say("untoldFacts") }),
    el("p", { cls: "iri", text: t.iri }),
  ];
}
/** What a link says and the sentences that say it; for a computed one, what it was computed from. */
function linkFacts(link) {
  const head = el("p", { cls: "relation" }, named(link.from), el("span", { cls: "note" }, lineGlyph(link.strength), calls(link.p)), named(link.to));
  const claims = bySubject[link.from].filter((c) => c.p === link.p && c.o === link.to);
  if (claims.length) return [head, ...[...new Map(claims.map((c) => [`${c.q} ${c.a}`, c])).values()].map(sentence)];
  return [head, el("p", { cls: "note", text: say(link.p === "memberUnderLeader" ? "whyMember" : link.p === "potentialSupplierOf" ? "whyPotential" : "loading") })];
}
function lineCard(line) {
  const told = line.strength === "stated" || line.strength === "expected";
  return [el("p", { cls: "kind" }, lineGlyph(line.strength), joined([say(line.strength), told ? "" : say("computed")])), ...line.links.filter(linkAllowed).flatMap(linkFacts)];
}
/** What was read from one stretch of an article: the sentence, then its facts by relation. */
function factCard(claims) {
  return [
    el("p", { cls: "kind", text: say("factsHere", { n: claims.length }) }),
    ...[...grouped(claims, (c) => `${c.q} ${c.a}`).values()].map(([c]) => sentence(c)), ...factList(claims, false),
  ];
}
/** Facts in short, by relation; each with a way to its sentence, where they are of more than one. */
function factList(claims, open = true) {
  return [...grouped(claims, (c) => c.p)].sort((x, y) => rank(x[0]) - rank(y[0])).map(([p, some]) => section(term(p), some.map((c) => {
    const into = open ? button(say("sentence"), () => { view.fact = c.k; view.selected = null; changed(); }, "quiet") : null;
    const what = el("span", {}, named(c.s), c.n.indicator ? el("span", { cls: "note", text: term(c.n.indicator) }) : null, el("span", { cls: "then" }, c.o === null ? figureMark(c) : named(c.o)), notesOf([c]));
    return el("li", { cls: c.m === "negated" ? "denied" : "" }, el("div", { cls: "fact" }, what, into));
  })));
}
/** With nothing selected: what is on the picture and where else one may start. */
function overview() {
  const groups = KINDS.map((kind) => section(term(kind), seen().filter((i) => THINGS[i].kind === kind).map((i) => el("li", {}, named(i)))));
  const starts = [];
  THINGS.forEach((t, i) => { if (t.kind === "Zone" && !view.spots.has(i) && t.n) starts.push(i); });
  starts.sort((a, b) => THINGS[b].n - THINGS[a].n || a - b);
  return [
    el("p", { cls: "note", text: say(D.total.things ? "hint" : "emptyHint") }), view.spots.size ? el("h2", { text: say("shownHere") }) : null, ...groups,
    section(say("elsewhere"), starts.slice(0, 200).map((i) => el("li", {}, named(i)))),
  ];
}
/** The parts of the card for what is chosen now. */
function cardParts() {
  const line = view.line && lines.get(view.line);
  if (view.way) return wayCard();
  if (view.name === "chains" && view.segment) return segmentCard();
  if (view.fact !== null) return factCard(chosenFacts());
  if (view.selected !== null) return thingCard(view.selected);
  if (line) return lineCard(line);
  if (view.name === "chains") return mapCard();
  if (view.name === "article" && view.article !== null) return articleCard();
  return overview();
}
let keptCard = "";
function card() {
  const wide = view.name === "card", target = wide ? $("cardView") : $("card"), other = wide ? $("card") : $("cardView");
  other.replaceChildren();
  const parts = cardParts().filter((part) => part !== null && part !== undefined), first = parts.findIndex((part) => part.tagName === "SECTION");
  if (wide && first >= 0) target.replaceChildren(...parts.slice(0, first), el("div", { cls: "columns" }, ...parts.slice(first)));
  else target.replaceChildren(button(say("backUp"), () => glimpse($("stage")), "quiet backUp"), ...parts);
  const now = [view.selected, view.line, view.fact, view.segment, view.name, view.article].join();
  if (now !== keptCard) target.scrollTop = 0;
  keptCard = now;
}

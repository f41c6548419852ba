/* Articles: the text with what it names underlined and the sentences that carry facts marked. */
function openArticle(a, k = null, i = null) {
  view.article = a;
  view.fact = k;
  if (k !== null) view.selected = i;
  else if (i !== null) view.selected = i;
  view.line = view.segment = view.way = null;
  go("article");
}
const chosenFacts = () => {
  const chosen = CLAIMS[view.fact];
  if (!chosen) return [];
  return (byArticle[chosen.a] || []).filter((c) => c.at[0] < chosen.at[1] && chosen.at[0] < c.at[1] && stretchKey(c) === stretchKey(chosen));
};
const stretchKey = (c) => c.at.join();
function articleChoice() {
  const choice = el("select", { id: "articleChoice", "aria-label": say("chooseArticle") });
  ARTICLES.forEach((article) => choice.append(el("option", { value: article.a, text: joined([article.headline, article.date]) })));
  choice.value = view.article;
  choice.addEventListener("change", () => { view.selected = null; openArticle(Number(choice.value)); });
  return choice;
}
async function drawArticle() {
  const target = $("articleView");
  if (view.article === null) { target.replaceChildren(el("p", { cls: "empty", text: say("noArticles") })); return; }
  const a = view.article;
  if (remote && !TEXTS.has(a)) target.replaceChildren(articleChoice(), el("p", { cls: "note", text: say("loading") }));
  try { await needArticle(a); } catch (error) { failed(error); return; }
  if (a !== view.article || view.name !== "article") return;
  const article = ARTICLES[a], text = TEXTS.get(a);
  const head = el("div", { cls: "head" }, articleChoice(), el("p", { cls: "note", text: joined([article.date, say("file", { name: article.source }), say("factsIn", { n: (byArticle[a] || []).length })]) }));
  target.replaceChildren(head, text ? body(a, text) : excerpts(a));
  count();
  card();
  // (the headline is at the top; what was asked for is brought into sight)
  const chosen = target.querySelector(".told.chosen") || (view.selected !== null ? target.querySelector("a.chosen") : null);
  if (chosen) chosen.scrollIntoView({ block: "center", behavior: "instant" }); else target.scrollTop = 0;
}
/** Where the page does not hold the whole text: the sentences that carry facts. */
function excerpts(a) {
  return el("div", { cls: "text" }, el("p", { cls: "note", text: say("excerpts") }), ...[...grouped(byArticle[a] || [], (c) => c.q)].map(([q, claims]) =>
    el("p", {}, el("span", { text: QUOTES[q], cls: claims.some((c) => c.k === view.fact) ? "told chosen" : "told" }), factMark(claims))));
}
function factMark(claims) {
  const mark = button(String(claims.length), () => { view.fact = claims[0].k; view.selected = view.line = view.segment = view.way = null; changed(); reveal(); }, "mark");
  mark.setAttribute("aria-label", say("factsHere", { n: claims.length }));
  return mark;
}
function body(a, text) {
  const at = units(text.body), target = el("div", { cls: "text" });
  const mentions = text.mentions.map(([s, e, i]) => ({ start: at(s), end: at(e), i })).filter((m) => THINGS[m.i]);
  const told = stretches((byArticle[a] || []).filter(claimAllowed).map((c) => whole({ start: at(c.at[0]), end: at(c.at[1]), c }, mentions)));
  let start = 0;
  text.body.split("\n").forEach((paragraph, n) => {
    const end = start + paragraph.length;
    if (paragraph.trim()) target.append(el(n === 0 ? "h2" : "p", {}, ...pieces(text.body, start, end, mentions, told)));
    start = end + 1;
  });
  return target;
}
/** Offsets count characters; the page's texts count UTF-16 units. */
function units(body) {
  if (!/[\ud800-\udbff]/.test(body)) return (n) => n;
  const at = [0];
  for (const char of body) at.push(at[at.length - 1] + char.length);
  return (n) => at[n];
}
/** A stretch with the whole of each name that begins or ends in it. */
function whole({ start, end, c }, mentions) {
  const cut = mentions.filter((m) => m.start < end && m.end > start);
  return { start: Math.min(start, ...cut.map((m) => m.start)), end: Math.max(end, ...cut.map((m) => m.end)), c };
}
/** Stretches that carry facts, those that overlap as one, in order. */
function stretches(claims) {
  const found = [];
  claims.sort((a, b) => a.start - b.start || a.end - b.end).forEach(({ start, end, c }) => {
    const last = found[found.length - 1];
    if (last && start < last.end) { last.end = Math.max(last.end, end); last.claims.push(c); } else found.push({ start, end, claims: [c] });
  });
  return found;
}
/** The inline parts of a stretch of the body: plain text, mentions as links, stretches that carry facts with a mark behind. */
function pieces(body, start, end, mentions, told) {
  const parts = [];
  let at = start;
  for (const { start: from, end: to, claims } of told.filter((s) => s.start < end && s.end > start)) {
    const a = Math.max(from, start), b = Math.min(to, end);
    parts.push(...withMentions(body, at, a, mentions));
    const chosen = claims.some((c) => c.k === view.fact);
    parts.push(el("span", { cls: chosen ? "told chosen" : "told" }, ...withMentions(body, a, b, mentions, chosen ? chosenFacts() : [])));
    if (to <= end) parts.push(factMark(claims));
    at = b;
  }
  return [...parts, ...withMentions(body, at, end, mentions)];
}
function withMentions(body, start, end, mentions, facts = []) {
  const parts = [], about = new Set(facts.flatMap((c) => [c.s, c.o]));
  let at = start;
  for (const m of mentions) {
    if (m.start < at || m.end > end) continue;
    parts.push(body.slice(at, m.start), mention(m, body.slice(m.start, m.end), about.has(m.i)));
    at = m.end;
  }
  return [...parts, body.slice(at, end)];
}
function mention({ i }, words, about) {
  const off = !allowed(i), link = el("a", { text: words, href: "#at=" + safe(THINGS[i].id), title: joined([term(THINGS[i].kind), THINGS[i].label]), cls: `mention ${i === view.selected ? "chosen" : ""} ${about ? "about" : ""} ${off ? "off" : ""}` });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    view.fact = null;
    select(i);
  });
  return link;
}
function articleCard() {
  const a = view.article, claims = (byArticle[a] || []).filter(claimAllowed), article = ARTICLES[a];
  return [
    el("p", { cls: "kind", text: say("article") }), el("h2", { text: article.headline }), el("p", { cls: "note", text: joined([article.date, article.source]) }),
    el("p", { cls: "note", text: say("articleHint") }),
    ...factList(claims),
  ];
}

/* Sentences that carry facts, with the words they rest on set off and the way into the article. */
function money(value) {
  const n = Number(value);
  if (!Number.isFinite(n)) return value;
  const [size, unit] = Math.abs(n) >= 1e8 ? [1e8, "yi"] : Math.abs(n) >= 1e4 ? [1e4, "wan"] : [1, "yuan"];
  return say(unit, { n: String(+(n / size).toFixed(4)) });
}
/** A figure: money in 亿元, else as printed or with its unit; a phase by its name. */
function figure(claim) {
  const { printed, unit, max } = claim.n;
  if (unit === "CNY") return money(claim.v) + (max ? " – " + money(max) : "");
  if (printed) return printed;
  const named = D.terms[lang][claim.v];
  if (named) return named;
  return [claim.v + (max ? "–" + max : ""), unit && unit !== "count" ? unit : ""].join(" ").trim();
}
/** A figure with the printed form on hover. */
function figureMark(claim) {
  const shown = figure(claim), { printed } = claim.n;
  return printed && printed !== shown ? el("span", { text: shown, title: say("printed", { printed }), cls: "figure" }) : el("span", { text: shown });
}
const thingLink = (i) => {
  const link = el("a", { text: THINGS[i].label, cls: "link", href: "#at=" + safe(THINGS[i].id) });
  link.addEventListener("click", (event) => { if (event.ctrlKey || event.metaKey) return; event.preventDefault(); select(i, true); });
  return link;
};
const named = (i) => el("span", { cls: "named" }, glyph(THINGS[i].kind, THINGS[i].state), thingLink(i));

/** A text with some words set off. */
function marked(text, words) {
  const wanted = words.filter((w) => w && text.includes(w)).sort((a, b) => b.length - a.length), parts = [];
  let at = 0;
  while (at < text.length) {
    const next = wanted.map((w) => [text.indexOf(w, at), w]).filter(([p]) => p >= 0).sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
    if (!next) break;
    parts.push(text.slice(at, next[0]), el("mark", { text: next[1] }));
    at = next[0] + next[1].length;
  }
  return [...parts, text.slice(at)];
}
function sentence(claim) {
  const words = [claim.n.printed, ...[claim.s, claim.o].filter((i) => i !== null).flatMap((i) => [THINGS[i].label, ...THINGS[i].also])];
  const article = ARTICLES[claim.a];
  const from = article ? joined([article.headline, article.date]) : "";
  const into = article ? button(say("inArticle"), () => openArticle(claim.a, claim.k), "quiet into") : null;
  return el("div", { cls: "sentence" }, el("blockquote", {}, ...marked(QUOTES[claim.q], words)),
    el("p", { cls: "source" }, joined([from, say("confidence", { n: claim.c })]), " ", into));
}
function notesOf(claims) {
  const held = new Set(claims.map((c) => c.m));
  const text = joined([
    ...new Set(claims.flatMap((c) => [c.n.title, c.n.product, c.n.of, c.n.date])),
    held.has("asserted") ? "" : held.has("expected") ? say("isExpected") : say("negated"),
  ]);
  return text ? el("span", { cls: "note", text }) : null;
}

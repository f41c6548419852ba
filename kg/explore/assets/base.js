/* The data of the page, what is seen of it now, and small helpers. */
const D = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const THINGS = D.things, LINKS = D.links;
const KINDS = ["Zone", "Park", "Place", "Chain", "Firm", "Project", "Industry", "Product", "Institution", "Person"];
const STATES = ["producing", "building", "planned", "suspended", "untold"];
const STRENGTHS = ["stated", "expected", "member", "potential"];
const FLOWS = new Set(["suppliesTo", "potentialSupplierOf", "subsidiaryOf", "developedBy"]); // drawn with an arrow

/* What is on the picture. `spots` maps the number of a thing to its place {x, y, side}. */
const view = {
  spots: new Map(), selected: null, line: null, hover: null, untouched: true,
  pitch: 40, // between rows, in pixels at a zoom of 1
  ems: 14, // how long a name of one line may be
  off: { kind: new Set(), state: new Set(), strength: new Set() },
};

let lang = D.lang;
const say = (key, values = {}) => D.words[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const term = (name) => D.terms[lang][name] || name;
const joined = (parts) => parts.filter(Boolean).join(" · ");

/** An element with text (never markup) and children. */
function el(tag, options = {}, ...children) {
  const { text, cls, ...attributes } = options;
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  Object.entries(attributes).forEach(([name, value]) => e.setAttribute(name, value));
  if (text !== undefined && text !== null) e.textContent = text;
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
}
function button(text, act, cls = "link") {
  const b = el("button", { text, cls, type: "button" });
  b.addEventListener("click", act);
  return b;
}

/* Which links and claims touch a thing; `near` maps each neighbour to the rank of the most telling link. */
const RANK = new Map(D.order.map((p, i) => [p, i]));
const rank = (p) => RANK.get(p) ?? D.order.length;
const near = THINGS.map(() => new Map());
const linksOf = THINGS.map(() => []);
LINKS.forEach((link) => {
  for (const [one, other] of [[link.from, link.to], [link.to, link.from]]) {
    near[one].set(other, Math.min(rank(link.p), near[one].get(other) ?? Infinity));
    linksOf[one].push(link);
  }
});
const bySubject = THINGS.map(() => []), byObject = THINGS.map(() => []);
D.claims.forEach((claim) => {
  bySubject[claim.s].push(claim);
  if (claim.o !== null && claim.o !== claim.s) byObject[claim.o].push(claim);
});
const leaders = new Set(LINKS.filter((link) => link.p === "chainLeader").map((link) => link.to));
const neighbours = (i) => [...near[i].keys()].sort(
  (a, b) => near[i].get(a) - near[i].get(b) || near[b].size - near[a].size || a - b);

/** Whether the legend lets a thing be seen; what is selected always is. */
function allowed(i) {
  const t = THINGS[i];
  return i === view.selected || !(view.off.kind.has(t.kind) || (t.state && view.off.state.has(t.state)));
}
const seen = () => [...view.spots.keys()].filter(allowed);

/* What the legend and its filters leave out, everywhere alike. What is selected is always seen. */
const FIRST_YEAR = D.years ? D.years[0] : 0, LAST_YEAR = D.years ? D.years[1] : 0;
const inYears = (years = []) => !view.years || years.some((y) => y >= view.years[0] && y <= view.years[1]);
const INVESTED = new Set(["Firm", "Project"]);

function allowed(i) {
  const t = THINGS[i];
  if (i === view.selected || (view.way && view.way.things && view.way.things.includes(i))) return true;
  if (view.off.has("kind." + t.kind) || (t.state && view.off.has("state." + t.state))) return false;
  if (view.money && INVESTED.has(t.kind) && !(t.money >= view.money)) return false;
  return !t.f || (inYears(t.y) && (t.c ?? 0) >= view.confidence);
}
/** Whether a link is drawn; a computed one has neither a year nor a confidence of its own. */
function linkAllowed(link) {
  if (view.off.has("strength." + link.strength) || view.off.has("relation." + link.p)) return false;
  return link.c === undefined || (inYears(link.y) && link.c >= view.confidence);
}
const HELD = { asserted: "stated", expected: "expected", negated: "negated" };
function claimAllowed(claim) {
  return !view.off.has("relation." + claim.p) && !view.off.has("strength." + HELD[claim.m]) && inYears(claim.y) && claim.c >= view.confidence;
}
/** The filters in short, for the steps of an address: what was grown under them is grown so again. */
const filterText = () => [[...view.off].sort().join("+"), view.years ? view.years.join("-") : "", view.confidence || "", view.money ? view.money / 1e8 : ""].join("!").replace(/!+$/, "");
/** Do something under filters told in short. */
function underFilters(text, act) {
  const { off, years, confidence, money } = view, [some = "", span = "", c, m] = text.split("!");
  const between = /^(\d{4})-(\d{4})$/.exec(span);
  Object.assign(view, { off: new Set(some.split("+").filter(Boolean)), years: between ? [Number(between[1]), Number(between[2])] : null, confidence: Number(c) || 0, money: (Number(m) || 0) * 1e8 });
  try { act(); } finally { Object.assign(view, { off, years, confidence, money }); }
}
const filtered = () => view.off.size > 0 || view.years !== null || view.confidence > 0 || view.money > 0;
const seen = () => [...view.spots.keys()].filter(allowed);

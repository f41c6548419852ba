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
const filtered = () => view.off.size > 0 || view.years !== null || view.confidence > 0 || view.money > 0;
const seen = () => [...view.spots.keys()].filter(allowed);

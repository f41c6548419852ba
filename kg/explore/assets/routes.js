/* Ways between two things, each step with its sentence: what texts state before what was computed, and rather
   not through what everything is linked to (as kg/explore/routes.py finds them). */
const COSTS = { stated: 1, expected: 1.5, member: 3, potential: 4 }, HUB = 0.15;
const stepCost = (link) => COSTS[link.strength] + HUB * (Math.log2(1 + THINGS[link.from].n) + Math.log2(1 + THINGS[link.to].n));

/** The numbers of the things on the cheapest way (Dijkstra's algorithm with a binary heap), [] if there is none. */
function wayHere(from, to) {
  const cost = new Map([[from, 0]]), before = new Map(), done = new Set(), heap = [[0, from]];
  const push = (entry) => {
    let at = heap.push(entry) - 1;
    for (let up; at > 0 && heap[(up = (at - 1) >> 1)][0] > entry[0]; at = up) [heap[at], heap[up]] = [heap[up], heap[at]];
  };
  const pop = () => {
    const top = heap[0], last = heap.pop();
    if (heap.length) {
      heap[0] = last;
      for (let at = 0, low; (low = 2 * at + 1) < heap.length; at = low) {
        if (low + 1 < heap.length && heap[low + 1][0] < heap[low][0]) low += 1;
        if (heap[low][0] >= heap[at][0]) break;
        [heap[at], heap[low]] = [heap[low], heap[at]];
      }
    }
    return top;
  };
  while (heap.length) {
    const [, i] = pop();
    if (i === to) break;
    if (done.has(i)) continue;
    done.add(i);
    linksOf[i].filter(linkAllowed).forEach((link) => {
      const j = link.from === i ? link.to : link.from, c = cost.get(i) + stepCost(link);
      if (c < (cost.get(j) ?? Infinity)) { cost.set(j, c); before.set(j, i); push([c, j]); }
    });
  }
  const found = [to];
  while (found[0] !== from && before.has(found[0])) found.unshift(before.get(found[0]));
  return found[0] === from ? found : [];
}
function openWay(from = view.selected) {
  view.way = { from: from ?? null, to: null, things: null };
  view.selected = view.line = view.fact = view.segment = null;
  changed();
  ($("wayTo") && view.way.from !== null ? $("wayTo") : $("wayFrom")).focus();
}
/** Find the way between the two ends that were chosen, and put it on the picture. */
async function findWay() {
  const way = view.way;
  if (way.from === null || way.to === null) return;
  if (remote) {
    try {
      const told = await ask("way", { from: THINGS[way.from].id, to: THINGS[way.to].id });
      absorb(told.part);
      way.things = told.way;
    } catch (error) { failed(error); return; }
  } else way.things = wayHere(way.from, way.to);
  if (view.way !== way || !way.things.length) return;
  // beside each other in their order: the way is read from left to right
  if (!way.things.every((i) => view.spots.has(i))) layWay(way.things);
}
function endField(name, end) {
  const way = view.way, chosen = way[end];
  if (chosen !== null) {
    const drop = button(say("change"), () => { view.way = { ...way, [end]: null, things: null }; changed(); $(name).focus(); }, "quiet");
    return el("div", { cls: "end" }, el("span", { cls: "note", text: say(end) }), named(chosen), drop);
  }
  const input = el("input", { id: name, type: "search", autocomplete: "off", spellcheck: "false", "aria-label": say(end), placeholder: say("search") }), list = el("ul", { id: name + "Hits", cls: "hits", "aria-label": say(end) });
  list.hidden = true;
  searchBox(input, list, async (i) => { view.way = { ...way, [end]: i, things: null }; await findWay(); changed(); });
  return el("div", { cls: "end search" }, el("span", { cls: "note", text: say(end) }), input, list);
}
function wayCard() {
  const { from, to, things } = view.way, parts = [
    el("p", { cls: "kind", text: say("way") }), endField("wayFrom", "from"), endField("wayTo", "to"),
    el("p", { cls: "acts" }, button(say("leaveWay"), () => { view.way = null; if (from !== null) view.selected = from; changed(); }, "act")),
  ];
  if (from === null || to === null || !things) return [...parts, el("p", { cls: "note", text: say("wayHint") })];
  if (!things.length) return [...parts, el("p", { text: say("noWay") })];
  parts.push(el("p", { cls: "note", text: say("waySteps", { n: things.length - 1 }) }));
  things.slice(1).forEach((i, n) => {
    const between = linksOf[i].filter((link) => [link.from, link.to].includes(things[n]) && linkAllowed(link)).sort((a, b) => stepCost(a) - stepCost(b) || rank(a.p) - rank(b.p));
    parts.push(el("section", { cls: "hop" }, el("h3", { text: say("hop", { n: n + 1 }) }), ...(between.length ? linkFacts(between[0]) : [])));
  });
  return parts;
}

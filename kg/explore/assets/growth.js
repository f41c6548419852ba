/* Where things go: the start as Python arranged it, stretched to the window; newcomers beside what they belong to. */
const each = () => (stage().width < 700 ? 12 : 24); // newcomers at a time

/** Show the start, filling the window: names keep their size, only the room between them changes. */
function begin() {
  view.spots.clear();
  view.steps = [];
  view.untouched = true;
  if (!D.start) { draw(); return; }
  $("stage").style.setProperty("--rows", D.start.rows);
  const room = stage(), form = room.width > room.height * 1.05 ? "wide" : "tall";
  const spots = D.start[form].map(([i, x, y, side]) => [i, { x, y, side }]);
  view.root = D.start[form][0][0];
  view.ems = Math.min(14, Math.max(8, (room.width - 210) / EM));
  let sx = 1.7, sy = 1.6, small = true;
  while (small) {
    spots.forEach(([i, s]) => view.spots.set(i, { x: s.x * sx, y: s.y * sy, side: s.side }));
    keptLines = null;
    view.pitch = D.start.row * sy;
    const box = laid(1), wide = box.right - box.left > room.width, high = box.bottom - box.top > room.height;
    small = (wide && sx > 0.5) || (high && sy > 0.5);
    if (wide) sx = Math.max(0.5, sx * 0.95);
    if (high) sy = Math.max(0.5, sy * 0.97);
  }
  draw();
  fit(false, 1);
}

/** What a thing takes up with its name. */
function footprint(i, spot) {
  const form = forms(i, 1, isTight(1))[0], r = radiusOf(i, 1) + 1;
  const name = boxAt(PLACES[spot.side][0], form, spot.x, spot.y, r);
  return {
    left: Math.min(spot.x - r, name.left) - 6, right: Math.max(spot.x + r, name.right) + 6,
    top: Math.min(spot.y - r, name.top) - 3, bottom: Math.max(spot.y + r, name.bottom) + 3,
  };
}
/** Spots beside a thing with what their distance costs, nearest first; the side away from the rest is preferred. */
function spotsBeside(at, outward) {
  const found = [];
  for (let column = 0; column < 16; column++)
    for (let row = -40; row <= 40; row++)
      for (const side of [1, -1]) {
        const dx = side * (90 + column * 50), dy = row * 20;
        found.push({ x: at.x + dx, y: at.y + dy, side: side < 0 ? "l" : "r", cost: Math.hypot(dx, dy * 1.2) + (side === -outward ? 260 : 0) });
      }
  return found.sort((a, b) => a.cost - b.cost || a.y - b.y || b.x - a.x);
}
const CROSSING = 110; // a line across a name is as bad as being so much further away
/** Put newcomers beside a thing: nothing covers anything, and as few lines as may be run through names. */
function settle(newcomers, beside) {
  keptLines = null;
  const at = view.spots.get(beside), middle = (laid(1).left + laid(1).right) / 2;
  const outward = at.side === "l" ? -1 : at.side === "r" ? 1 : Math.abs(at.x - middle) < 60 ? 0 : Math.sign(at.x - middle);
  const taken = new Boxes(), prints = [];
  const take = (print, i) => { taken.add(print); if (i !== beside) prints.push(print); };
  for (const [i, spot] of view.spots) take(footprint(i, spot), i);
  const drawn = shownLines().map(({ from, to }) => segment(view.spots.get(from), view.spots.get(to)));
  const spots = spotsBeside(at, outward);
  newcomers.forEach((i) => {
    let best = null;
    for (const spot of spots) {
      if (best && spot.cost >= best.cost) break;
      const print = footprint(i, spot);
      if (!taken.free(print)) continue;
      const line = segment(at, spot);
      const crossings = many() ? 0 : prints.filter((other) => passes(line, other)).length + drawn.filter((other) => passes(other, print)).length;
      const cost = spot.cost + CROSSING * crossings;
      if (!best || cost < best.cost) best = { spot, print, line, cost };
    }
    if (!best) return; // no room within reach: it stays among the hidden ones
    view.spots.set(i, { x: best.spot.x, y: best.spot.y, side: best.spot.side });
    keptLines = null;
    take(best.print, i);
    drawn.push(best.line);
  });
}
const segment = (a, b) => ({ x1: a.x, y1: a.y, x2: b.x, y2: b.y });
const hiddenAround = (i) => neighbours(i).filter((j) => !view.spots.has(j));
/** Show more of what a thing is linked to: `most` neighbours at a time. */
function grow(i, most = each(), look = true) {
  const newcomers = hiddenAround(i).filter(allowed).slice(0, most);
  if (!newcomers.length || !view.spots.has(i)) return false;
  view.untouched = false;
  view.steps.push({ op: "g", i, n: most, f: filterText() });
  settle(newcomers, i);
  if (look) {
    draw();
    if (!inWindow(newcomers)) lookAt([i, ...newcomers]);
  }
  return true;
}
/** Make a thing part of the picture: beside a neighbour that is there, else with its surroundings anew. */
function bring(i) {
  if (view.spots.has(i)) return;
  view.untouched = false;
  const beside = neighbours(i).find((j) => view.spots.has(j));
  if (beside !== undefined) {
    view.steps.push({ op: "b", i });
    settle([i], beside);
  }
  if (!view.spots.has(i)) startAt(i);
}
/** Begin anew with a thing and what is around it. */
function startAt(i, most = each()) {
  view.untouched = false;
  view.steps = [{ op: "s", i, n: most, f: filterText() }];
  view.spots.clear();
  view.spots.set(i, { x: 0, y: 0, side: "c" });
  view.pitch = 40;
  settle(hiddenAround(i).filter(allowed).slice(0, most), i);
  draw();
  fit(false);
}
/** Put a thing at a place. */
function move(i, x, y) {
  view.spots.set(i, { side: "r", ...view.spots.get(i), x, y });
  view.untouched = false;
  keptLines = null;
  view.steps.push({ op: "m", i, x, y });
}
/** A way on its own: its things one below the other. */
function layWay(things) {
  startAt(things[0], 0);
  view.spots.get(things[0]).side = "r";
  things.slice(1).forEach((i, n) => move(i, 0, (n + 1) * 80));
  draw();
  fit(false);
}

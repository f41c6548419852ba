/* Many things at once: shapes, lines and names are drawn once on a plate larger than the window, which is moved and
   scaled while one pans and zooms, and drawn anew where one rests. (vis-network draws every thing in every frame,
   which for thousands takes longer than a frame lasts.) What is selected or pointed at is drawn on top. */
const MANY = 300, REST = 150, AGAIN = 250; // things; milliseconds
const DOT = 6, NAMED = 8; // pixels below which a shape is a dot, and has no name
const many = () => view.spots.size > MANY;
const plate = { canvas: document.createElement("canvas"), at: null, made: null, when: 0, timer: 0 };

/** What the plate shows; it is drawn anew when this changes. */
const plateMade = () => JSON.stringify([view.spots.size, view.steps, [...view.off], view.years, view.confidence, view.money, view.way && view.way.things, colour.paper, lang, $("network").clientWidth, $("network").clientHeight]);
function drawPlate() {
  const frame = $("network").querySelector("canvas"), ratio = frame.width / frame.clientWidth || 1, scale = network.getScale();
  const { canvas } = plate, ctx = canvas.getContext("2d"), middle = network.getViewPosition(), unit = ratio * scale;
  Object.assign(canvas, { width: 2 * frame.width, height: 2 * frame.height }); // (which clears it)
  const half = { x: canvas.width / 2 / unit, y: canvas.height / 2 / unit };
  const edge = { left: middle.x - half.x, right: middle.x + half.x, top: middle.y - half.y, bottom: middle.y + half.y };
  const inside = ({ x, y }) => x > edge.left && x < edge.right && y > edge.top && y < edge.bottom;
  ctx.setTransform(unit, 0, 0, unit, -edge.left * unit, -edge.top * unit);
  drawLines(ctx, scale, edge);
  const on = seen().filter((i) => inside(view.spots.get(i)));
  on.sort((a, b) => weight(a) - weight(b)).forEach((i) => drawThing(ctx, i, scale));
  const places = new Map(on.filter((i) => sizeOf(i, scale) >= NAMED).map((i) => [i, view.spots.get(i)]).map(([i, s]) => [i, { x: s.x * scale, y: s.y * scale, side: s.side }]));
  kept = { scale, ...layLabels(places, [], scale) };
  kept.unnamed = on.length - kept.placed.length;
  ctx.setTransform(ratio, 0, 0, ratio, -edge.left * unit, -edge.top * unit);
  writeLabels(ctx, kept.placed, Math.max(1, zoomed(scale)));
  Object.assign(plate, { at: { ...edge, scale, ratio }, made: plateMade(), when: performance.now() });
  count();
}
const LONG = 140; // pixels; short lines show what belongs together, of long ones many run through everything
function drawLines(ctx, scale, edge) {
  const outside = (a, b) => Math.max(a.x, b.x) < edge.left || Math.min(a.x, b.x) > edge.right || Math.max(a.y, b.y) < edge.top || Math.min(a.y, b.y) > edge.bottom;
  const some = shownLines().map((line) => ({ line, a: view.spots.get(line.from), b: view.spots.get(line.to) })).filter(({ a, b }) => !outside(a, b));
  const faint = Math.min(0.5, Math.max(0.06, 300 / some.length));
  ctx.lineWidth = 0.9 / scale;
  grouped(some, ({ line, a, b }) => `${line.strength} ${Math.hypot(a.x - b.x, a.y - b.y) * scale > LONG ? faint : 0.7}`).forEach((alike, look) => {
    const [strength, alpha] = look.split(" ");
    Object.assign(ctx, { strokeStyle: lineColour(strength), globalAlpha: Number(alpha) });
    ctx.setLineDash(DASHES[strength].map((n) => n / scale));
    for (let n = 0; n < alike.length; n += 200) { // (one long path takes far longer than many short ones)
      ctx.beginPath();
      alike.slice(n, n + 200).forEach(({ a, b }) => { ctx.moveTo(a.x, a.y); ctx.lineTo(b.x, b.y); });
      ctx.stroke();
    }
  });
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}
function drawThing(ctx, i, scale) {
  const { x, y } = view.spots.get(i), size = sizeOf(i, scale);
  if (size >= DOT) { drawGlyph(ctx, i, x, y, scale); return; }
  const { kind, state } = THINGS[i], dot = Math.max(size, 2) / scale;
  ctx.fillStyle = kind === "Project" ? colour[state || "untold"] : SOLID.has(kind) ? colour.ink : colour.soft;
  ctx.fillRect(x - dot / 2, y - dot / 2, dot, dot);
}
/** Put the plate into a frame; drawn anew first where it does not do. */
function layOut(ctx) {
  const frame = ctx.canvas, scale = network.getScale(), now = performance.now();
  if (plate.made !== plateMade()) drawPlate();
  else if (now - plate.when > AGAIN && !covers()) drawPlate();
  const { left, top, ratio, scale: drawn } = plate.at, unit = ratio * scale, corner = network.canvasToDOM({ x: left, y: top });
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  if (Math.abs(scale / drawn - 1) < 1e-6) ctx.drawImage(plate.canvas, Math.round(corner.x * ratio), Math.round(corner.y * ratio));
  else {
    ctx.drawImage(plate.canvas, corner.x * ratio, corner.y * ratio, (plate.canvas.width * scale) / drawn, (plate.canvas.height * scale) / drawn);
    clearTimeout(plate.timer);
    plate.timer = setTimeout(() => { if (many() && view.name === "network") { drawPlate(); network.redraw(); } }, REST);
  }
  ctx.restore();
}
function covers() {
  const { left, top, right, bottom } = plate.at, one = network.canvasToDOM({ x: left, y: top }), other = network.canvasToDOM({ x: right, y: bottom });
  return one.x <= 0 && one.y <= 0 && other.x >= $("network").clientWidth && other.y >= $("network").clientHeight;
}
/** On top: what is selected or pointed at, with its lines, the things they lead to, and its name. */
function drawMarked(ctx) {
  const scale = network.getScale(), marked = [view.selected, view.hover].filter((i) => i !== null && view.spots.has(i));
  const line = view.line && lines.get(view.line), way = (view.way && view.way.things) || [];
  const drawn = [...marked.flatMap((i) => linesOf[i]), ...(line ? [line] : []), ...way.flatMap((i) => linesOf[i].filter(onWay))]
    .filter((l) => view.spots.has(l.from) && view.spots.has(l.to) && allowed(l.from) && allowed(l.to) && l.links.some(linkAllowed));
  drawn.forEach((l) => {
    const look = edgeLook(l), a = view.spots.get(l.from), b = view.spots.get(l.to);
    Object.assign(ctx, { strokeStyle: look.color.color, lineWidth: (look.width * 0.7) / scale });
    ctx.setLineDash((look.dashes || []).map((n) => n / scale));
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    ctx.stroke();
  });
  ctx.setLineDash([]);
  new Set([...drawn.flatMap((l) => [l.from, l.to]), ...marked]).forEach((i) => drawThing(ctx, i, scale));
  const k = Math.max(1, zoomed(scale)), at = new Map(kept.scale === scale ? kept.placed.map((name) => [name.i, name]) : []);
  const named_ = [...new Set([...marked, ...way])].map((i) => at.get(i) || nameBeside(i, scale, k));
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  ctx.fillStyle = colour.paper; // what is written below does not show through
  named_.forEach(({ box }) => ctx.fillRect(box.left - 3, box.top - 1, box.right - box.left + 6, box.bottom - box.top + 2));
  writeLabels(ctx, named_, k);
  ctx.restore();
}
function nameBeside(i, scale, k) {
  const { x, y } = view.spots.get(i), form = forms(i, k, true)[0];
  return { i, form, place: "r", box: boxAt("r", form, x * scale, y * scale, radiusOf(i, scale)) };
}
/** The thing nearest to a place on the canvas, within a finger's or a pointer's reach. */
function nearestTo({ x, y }, reach = 9) {
  const scale = network.getScale();
  let best, least = Infinity;
  seen().forEach((i) => {
    const s = view.spots.get(i), away = Math.hypot(s.x - x, s.y - y) * scale - radiusOf(i, scale);
    if (away < Math.min(least, reach)) { best = i; least = away; }
  });
  return best;
}
/** The line of what is selected that runs by a place. */
function lineNear({ x, y }, reach = 5) {
  const scale = network.getScale(), r = reach / scale, box = { left: x - r, right: x + r, top: y - r, bottom: y + r };
  const base = view.selected ?? view.lineOf;
  return base === null || base === undefined ? undefined : linesOf[base].find((line) => view.spots.has(line.from) && view.spots.has(line.to) && passes(segment(view.spots.get(line.from), view.spots.get(line.to)), box))?.id;
}
/** Show everything that the page holds, each thing amid what lies in it. */
function showAll() {
  view.untouched = false;
  view.steps = [{ op: "w" }];
  view.spots.clear();
  D.part.things.forEach((t, n) => view.spots.set(t.i, { x: D.whole[2 * n], y: D.whole[2 * n + 1], side: "r" }));
  view.pitch = 40;
  draw();
  fit(false);
}

/* The picture: vis-network draws lines and shapes and lets one pan and zoom; names are written on top. */
const nodes = new vis.DataSet(), edges = new vis.DataSet();
const network = new vis.Network($("network"), { nodes, edges }, {
  physics: false, layout: { improvedLayout: false },
  interaction: { hover: true, keyboard: false, dragNodes: true, selectable: true, selectConnectedEdges: false, hoverConnectedEdges: false },
  nodes: { chosen: false }, edges: { chosen: false, smooth: false, hoverWidth: 0, selectionWidth: 0 },
});
const still = matchMedia("(prefers-reduced-motion: reduce)");

let keptLines = null;
function shownLines() { return (keptLines ??= linesShown()); }
function linesShown() {
  const on = new Set(seen()), found = new Set();
  on.forEach((i) => linesOf[i].forEach((line) => {
    if (on.has(line.from) && on.has(line.to) && line.links.some(linkAllowed) && (onWay(line) || !implied(line, on))) found.add(line);
  }));
  return [...found];
}
/* "Located in" is not drawn where the picture says it already: by way of the chain or the park a thing stands
   with, or of a firm's project. */
function implied(line, on) {
  return line.links.every((link) => link.p === "locatedIn"
    && [...holders[link.from]].some((by) => by !== link.to && on.has(by) && holders[by].has(link.to) && !holders[link.to].has(by)));
}

const renderer = ({ ctx, id, x, y }) => {
  const scale = network.getScale(), size = sizeOf(id, scale) / scale;
  return { drawNode: () => drawGlyph(ctx, id, x, y, scale), nodeDimensions: { width: size * 1.4, height: size * 1.4 } };
};
/** Whether a line is a step of the way that is shown. */
function onWay(line) {
  const way = view.way && view.way.things;
  return !!way && way.some((i, n) => n > 0 && ((line.from === i && line.to === way[n - 1]) || (line.to === i && line.from === way[n - 1])));
}
function edgeLook(line) {
  const touched = view.way && view.way.things ? onWay(line) : view.line === line.id || line.from === view.selected || line.to === view.selected;
  const hovered = view.hover !== null && (line.from === view.hover || line.to === view.hover);
  const flow = line.links.find((link) => FLOWS.has(link.p));
  const a = view.spots.get(line.from), b = view.spots.get(line.to);
  // Two things of one column: the line bends towards the parent, or it would run through all between them.
  const column = Math.abs(a.x - b.x) < 20 && !onWay(line), length = Math.abs(a.y - b.y);
  const bend = column && (a.side === "r" ? a.y < b.y : a.y > b.y) ? "curvedCCW" : "curvedCW";
  return {
    id: line.id, from: line.from, to: line.to, dashes: DASHES[line.strength].length ? DASHES[line.strength] : false,
    width: (touched ? 2 : hovered ? 1.5 : line.links.some((link) => link.p === "chainLeader") ? 1.4 : 0.9),
    color: { color: touched ? colour.accent : hovered ? colour.ink : lineColour(line.strength), inherit: false, opacity: view.hover === null || many() || touched || hovered ? 1 : 0.3 },
    arrows: flow ? { [flow.from === line.from ? "to" : "from"]: { enabled: true, scaleFactor: 0.4 } } : "",
    smooth: column && length > 1 ? { enabled: true, type: bend, roundness: Math.min(0.4, 45 / length) } : false,
  };
}

/** Bring the picture in line with the view. */
function draw() {
  keptLines = null;
  if (many()) {
    nodes.clear();
    edges.clear();
    network.redraw();
    count();
    return;
  }
  plate.made = null;
  const on = seen(), ids = new Set(on);
  nodes.remove(nodes.getIds().filter((i) => !ids.has(i)));
  nodes.update(on.map((i) => ({ id: i, x: view.spots.get(i).x, y: view.spots.get(i).y, shape: "custom", ctxRenderer: renderer })));
  const on_lines = shownLines(), keys = new Set(on_lines.map((line) => line.id));
  edges.remove(edges.getIds().filter((key) => !keys.has(key)));
  edges.update(on_lines.map(edgeLook));
  kept = null;
  network.redraw();
  count();
}

/* Names are laid out anew only when something moved or the zoom changed, not while one pans. */
let kept = null;
function names(scale) {
  if (many()) return plate.made && kept ? kept : { scale, placed: [], unnamed: 0 };
  if (!kept || kept.scale !== scale) {
    kept = { scale, ...place(scale) };
    count();
  }
  return kept;
}
function place(scale) {
  const places = new Map(seen().map((i) => [i, view.spots.get(i)]).map(([i, s]) => [i, { x: s.x * scale, y: s.y * scale, side: s.side }]));
  const straight = shownLines().map(({ from, to }) => ({ x1: places.get(from).x, y1: places.get(from).y, x2: places.get(to).x, y2: places.get(to).y }));
  return layLabels(places, straight, scale);
}
network.on("beforeDrawing", (ctx) => { if (many()) layOut(ctx); });
network.on("afterDrawing", (ctx) => {
  if (many()) { drawMarked(ctx); return; }
  const scale = network.getScale();
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  writeLabels(ctx, names(scale).placed, Math.max(1, zoomed(scale)));
  ctx.restore();
});
/* Looking: what a stretch of the picture takes up on screen, with its names. */
function extent(spots, sx, sy) {
  const tight = isTight(sy);
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [i, s] of spots) {
    const form = forms(i, 1, tight)[0], r = radiusOf(i, 1);
    const name = boxAt(PLACES[s.side][0], form, s.x * sx, s.y * sy, r);
    box.left = Math.min(box.left, name.left, s.x * sx - r);
    box.right = Math.max(box.right, name.right, s.x * sx + r);
    box.top = Math.min(box.top, name.top, s.y * sy - r);
    box.bottom = Math.max(box.bottom, name.bottom, s.y * sy + r);
  }
  return box;
}
const COUNT = 20; // the line below the picture that says how much is shown
const margin = () => ($("network").clientWidth < 500 ? 10 : 18);
const stage = () => ({ width: $("network").clientWidth - 2 * margin(), height: $("network").clientHeight - 2 * margin() - COUNT });
function moveTo(box, scale, animated) {
  glide({ x: (box.left + box.right) / 2 / scale, y: ((box.top + box.bottom) / 2 + COUNT / 2) / scale }, scale, animated);
}
function glide(position, scale, animated) {
  network.moveTo({ position, scale, animation: animated && !still.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
}
/** Zoom so that all that is shown fits, names included; by no more than `most`. */
function fit(animated = true, most = 1.2) {
  const spots = seen().map((i) => [i, view.spots.get(i)]);
  if (!spots.length) return;
  const room = stage();
  if (many()) {
    const box = laid(1), name = { x: 140, y: 50 }; // what names take up beyond the outermost shapes
    const scale = Math.min(most, (room.width - name.x) / (box.right - box.left), (room.height - name.y) / (box.bottom - box.top));
    const at = Object.fromEntries(Object.entries(box).map(([side, x]) => [side, x * scale]));
    moveTo(at, scale, animated);
    return;
  }
  const fits = (box) => box.right - box.left <= room.width && box.bottom - box.top <= room.height;
  let scale = most;
  while (scale > 0.1 && !fits(extent(spots, scale, scale))) scale *= 0.96;
  // names may have gone elsewhere than was reckoned
  let box = laid(scale);
  for (let n = 0; n < 8 && !fits(box); n++) { scale *= 0.96; box = laid(scale); }
  moveTo(box, scale, animated);
}
/** Zoom out as far as some things need to be seen, but not so far that names drop out. */
function lookAt(things) {
  const room = stage(), some = things.filter((i) => view.spots.has(i));
  let scale = network.getScale(), box = laid(scale, some);
  while (scale > 0.8 && (box.right - box.left > room.width || box.bottom - box.top > room.height)) {
    scale *= 0.96;
    box = laid(scale, some);
  }
  // no further than it takes: what one looked at stays in view
  const at = network.getViewPosition(), half = { x: $("network").clientWidth / 2, y: $("network").clientHeight / 2 };
  const over = (low, high, most) => (high - low > most[1] - most[0] ? (low + high - most[0] - most[1]) / 2 : Math.min(0, low - most[0]) + Math.max(0, high - most[1]));
  const dx = over(box.left - at.x * scale, box.right - at.x * scale, [margin() - half.x, half.x - margin()]);
  const dy = over(box.top - at.y * scale, box.bottom - at.y * scale, [margin() - half.y, half.y - margin() - COUNT]);
  glide({ x: at.x + dx / scale, y: at.y + dy / scale }, scale, true);
}
/** What shapes and their names, where they go at a zoom, take up (of many things the shapes alone). */
function laid(scale, some = seen()) {
  const boxes = some.map((i) => {
    const { x, y } = view.spots.get(i), r = radiusOf(i, scale);
    return { left: x * scale - r, right: x * scale + r, top: y * scale - r, bottom: y * scale + r };
  });
  return around([...boxes, ...(many() ? [] : place(scale).placed.filter((name) => some.includes(name.i)).map((name) => name.box))]);
}
/** The box around some. */
function around(boxes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const b of boxes) {
    box.left = Math.min(box.left, b.left);
    box.right = Math.max(box.right, b.right);
    box.top = Math.min(box.top, b.top);
    box.bottom = Math.max(box.bottom, b.bottom);
  }
  return box;
}
/** Whether things are in the window with their names. */
function inWindow(things) {
  const scale = network.getScale(), box = laid(scale, things.filter((i) => view.spots.has(i)));
  const one = network.canvasToDOM({ x: box.left / scale, y: box.top / scale }), other = network.canvasToDOM({ x: box.right / scale, y: box.bottom / scale });
  return one.x >= 0 && one.y >= 0 && other.x <= $("network").clientWidth && other.y <= $("network").clientHeight - COUNT;
}

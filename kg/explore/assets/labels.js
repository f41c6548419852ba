/* Names on the picture, as on a map: of one size at any zoom, never on top of each other or of a shape.
   Each takes the first of its places that is free, where it crosses the fewest lines; names for which there
   is no room are left out and counted. More telling things choose first (greedy point-feature labelling). */
const EM = 13, BIG = 15, LEADING = 1.25;
const MOST_NAMES = 800; // that are tried; more find no room in a window
const PLACES = { // where a name may go, best first, by the side that is meant for it (c: below, o: above or below)
  r: ["r", "br", "tr", "b", "t", "l"],
  l: ["l", "bl", "tl", "b", "t", "r"],
  c: ["b", "t", "bl", "br", "tl", "tr", "l", "r"],
  o: ["t", "b"],
};
const pen = document.createElement("canvas").getContext("2d");
const isHead = (i) => THINGS[i].kind === "Zone" || THINGS[i].kind === "Chain";
const font = (i, k) => `${isHead(i) || THINGS[i].lead ? 600 : 400} ${((isHead(i) ? BIG : EM) * k).toFixed(2)}px ${colour.face}`;

/* What is not broken in two: numbers, Latin words, the common ends of names. */
const WHOLE = /[A-Za-z0-9.,%×+-]+|开发区|示范区|产业链条?|产业园|有限公司|项目|[\s\S]/gu;

/** A name in at most `most` lines no wider than `width`, the last one cut short where it must be. */
function wrap(text, width, most) {
  const measure = (s) => pen.measureText(s).width;
  const whole = measure(text);
  if (whole <= width) return [text];
  const goal = Math.min(width, whole / Math.min(most, Math.ceil(whole / width)) + 2 * measure("国")); // lines of like length
  const found = [""];
  for (const word of text.match(WHOLE)) {
    const last = found.length - 1;
    if (!found[last] || measure(found[last] + word) <= (found.length === most ? width : goal)) found[last] += word;
    else if (found.length < most) found.push(word);
    else {
      found[last] = shortened(found[last] + word, width);
      break;
    }
  }
  return found;
}
/** A text cut short so that it is no wider than `width`. */
function shortened(text, width) {
  let cut = [...text];
  while (cut.length && pen.measureText(cut.join("") + "…").width > width) cut = cut.slice(0, -1);
  return cut.join("") + "…";
}

/** The forms of a name, fullest first: lines with their width and height; of one line where rows are `tight`. */
const formsKept = new Map();
function forms(i, k, tight) {
  const full = i === view.hover ? 2 : i === view.selected ? 1 : 0;
  const key = `${i} ${k.toFixed(2)} ${full} ${tight} ${view.ems} ${lang}`;
  if (formsKept.has(key)) return formsKept.get(key);
  pen.font = font(i, k);
  const size = (isHead(i) ? BIG : EM) * k, em = EM * k;
  const mark = THINGS[i].lead ? say("leader") + " " : "";
  const shapes = isHead(i) ? [[8, full ? 4 : 2], [14, 1], [6, 1]] : full === 2 && tight ? [[30, 1]] : full && !tight ? [[12, 4]] : tight ? [[view.ems, 1], [6, 1]] : [[12, 2], [12, 1], [6, 1]];
  const made = shapes.map(([ems, most]) => {
    const lines = wrap(mark + THINGS[i].label, ems * em, most);
    return { lines, mark, width: Math.max(...lines.map((l) => pen.measureText(l).width)), height: lines.length * size * LEADING, size };
  });
  const different = made.filter((f, n) => n === 0 || f.lines.join("\n") !== made[n - 1].lines.join("\n"));
  formsKept.set(key, different);
  return different;
}

/** The box of a name at one of its places, around a shape of a radius at (x, y); all in pixels on screen. */
function boxAt(place, form, x, y, radius) {
  const gap = radius + 4, { width: w, height: h } = form;
  const left = place.includes("r") ? x + (place === "r" ? gap : radius * 0.6) : place.includes("l") ? x - w - (place === "l" ? gap : radius * 0.6) : x - w / 2;
  const top = place.includes("b") ? y + gap - 2 : place.includes("t") ? y - gap - h + 2 : y - h / 2;
  return { left, top, right: left + w, bottom: top + h };
}
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
/** Whether a segment passes through a box (Liang and Barsky's clipping). */
function passes(line, box) {
  let from = 0, to = 1;
  const dx = line.x2 - line.x1, dy = line.y2 - line.y1;
  for (const [p, q] of [[-dx, line.x1 - box.left], [dx, box.right - line.x1], [-dy, line.y1 - box.top], [dy, box.bottom - line.y1]]) {
    if (p === 0) { if (q < 0) return false; } else {
      const r = q / p;
      if (p < 0) from = Math.max(from, r); else to = Math.min(to, r);
      if (from > to) return false;
    }
  }
  return true;
}

/** Boxes in a grid, so that only those nearby are compared. */
class Boxes {
  constructor(cell = 80) { this.cell = cell; this.cells = new Map(); }
  keys(box) {
    const found = [];
    for (let x = Math.floor(box.left / this.cell); x <= Math.floor(box.right / this.cell); x++)
      for (let y = Math.floor(box.top / this.cell); y <= Math.floor(box.bottom / this.cell); y++) found.push(x + "," + y);
    return found;
  }
  add(box) { this.keys(box).forEach((k) => { if (!this.cells.has(k)) this.cells.set(k, []); this.cells.get(k).push(box); }); }
  free(box) { return this.keys(box).every((k) => (this.cells.get(k) || []).every((other) => !meet(box, other))); }
}

/** Whether rows are so close that names of two lines would meet. */
const isTight = (scale) => view.pitch * scale < 2 * EM * LEADING * Math.max(1, zoomed(scale)) + 1;
function weight(i) {
  const { kind } = THINGS[i];
  return (i === view.selected ? 1e6 : 0) + (i === view.hover ? 1e5 : 0) + (kind === "Zone" ? 4e3 : kind === "Chain" ? 3e3 : 0)
    + (THINGS[i].lead ? 2e3 : 0) + (view.selected !== null && near[view.selected].has(i) ? 1e3 : 0) + THINGS[i].n;
}
/** Names for the things at `places` (number → {x, y, side} on screen) at a zoom, and how many found no room. */
function layLabels(places, lines, scale) {
  const k = Math.max(1, zoomed(scale)), tight = isTight(scale);
  const taken = new Boxes();
  for (const [i, at] of places) {
    const r = radiusOf(i, scale);
    if (2 * r >= 8) taken.add({ left: at.x - r, right: at.x + r, top: at.y - r, bottom: at.y + r });
  }
  const few = places.size <= 200; // with more, crossings cost more time than they are worth
  const placed = [], crossed = (box) => few ? lines.filter((line) => passes(line, box)).length : 0;
  for (const i of [...places.keys()].sort((a, b) => weight(b) - weight(a) || a - b).slice(0, MOST_NAMES)) {
    const at = places.get(i), radius = radiusOf(i, scale);
    let best = null;
    forms(i, k, tight).forEach((form, nth) => PLACES[at.side].forEach((place, worse) => {
      const base = nth * 6 + worse * 0.12;
      if (best && base >= best.cost) return;
      const box = boxAt(place, form, at.x, at.y, radius);
      if (!taken.free(box)) return;
      const cost = base + crossed(box);
      if (!best || cost < best.cost) best = { i, form, place, box, cost };
    }));
    if (best) { placed.push(best); taken.add(best.box); }
  }
  return { placed, unnamed: places.size - placed.length };
}

/** Write names on a canvas that is drawn in pixels on screen. */
function writeLabels(ctx, placed, k) {
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const { i, form, place, box } of placed) {
    ctx.font = font(i, k);
    ctx.textAlign = place.includes("r") ? "left" : place.includes("l") ? "right" : "center";
    const x = { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[ctx.textAlign];
    ctx.strokeStyle = colour.paper;
    ctx.lineWidth = 4;
    ctx.fillStyle = i === view.selected ? colour.accent : colour.ink;
    ctx.globalAlpha = faded(i) ? 0.4 : 1;
    form.lines.forEach((line, n) => {
      const y = box.top + (n + 0.5) * form.size * LEADING;
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  }
  ctx.globalAlpha = 1;
}

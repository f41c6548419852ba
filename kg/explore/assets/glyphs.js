/* Shapes and colours: shape says the kind, colour how far a project has come, the accent what is selected. */
const SHAPES = { // drawn in a square of 16
  Zone: "M2.5 2.5h11v11h-11z", Park: "M3 3h10v10H3z", Place: "M8 2l6.4 11.2H1.6z",
  Chain: "M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z", Firm: "M8 2.8a5.2 5.2 0 1 0 .01 0z", Project: "M8 1.6L14.4 8 8 14.4 1.6 8z",
  Industry: "M8 13.6L1.6 2.6h12.8z", Product: "M8 4.4a3.6 3.6 0 1 0 .01 0z",
  Institution: "M8 1.8l6.2 4.6-2.3 7.4H4.1L1.8 6.4z", Person: "M8 1.6a3 3 0 1 1-.01 0zM2.6 14a5.4 5.4 0 0 1 10.8 0z",
};
const PATHS = Object.fromEntries(Object.entries(SHAPES).map(([kind, d]) => [kind, new Path2D(d)]));
const SIZES = { Zone: 24, Chain: 22, Firm: 15, Project: 16, Product: 14 };
const SOLID = new Set(["Zone", "Chain", "Firm", "Place"]);
const DASHES = { stated: [], expected: [6, 4], member: [1.5, 3.5], potential: [1.5, 6] };

/* Colours come from the style sheet; they are read again when the theme changes. */
let colour = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ink", "soft", "hair", "paper", "accent", "line", "member", "potential", ...STATES];
  colour = Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
  colour.face = getComputedStyle(document.body).fontFamily;
}
const lineColour = (strength) => colour[strength] || colour.line;
function paint(kind, state) {
  if (kind === "Project") {
    const there = state === "producing" || state === "building";
    return { fill: there ? colour[state] : colour.paper, stroke: colour[state || "untold"] };
  }
  return { fill: SOLID.has(kind) ? colour.ink : colour.paper, stroke: colour.ink };
}

const HALF = "M8 3.6L3.6 8H12.4z", STRUCK = "M4 8h8";
const MARKS = { half: new Path2D(HALF), struck: new Path2D(STRUCK) };
const SVG = "http://www.w3.org/2000/svg";
function svg(width, height, tag, attributes) {
  const box = document.createElementNS(SVG, "svg"), part = document.createElementNS(SVG, tag);
  Object.entries({ width, height, "aria-hidden": "true" }).forEach(([k, v]) => box.setAttribute(k, v));
  Object.entries(attributes).forEach(([k, v]) => part.setAttribute(k, v));
  box.append(part);
  return box;
}
/** The shape of a kind for legend and card, as the picture draws it. */
function glyph(kind, state) {
  const { fill, stroke } = paint(kind, state);
  const drawn = svg(16, 16, "path", { d: SHAPES[kind], fill, stroke, "stroke-width": 1.3 });
  if (kind === "Project" && state === "building") { // half, so that it holds without colour
    const part = document.createElementNS(SVG, "path");
    part.setAttribute("d", HALF);
    part.setAttribute("fill", colour.paper);
    drawn.append(part);
  }
  if (kind === "Project" && state === "suspended") {
    const part = document.createElementNS(SVG, "path");
    Object.entries({ d: STRUCK, stroke, "stroke-width": 1.3, fill: "none" }).forEach(([k, v]) => part.setAttribute(k, v));
    drawn.append(part);
  }
  return drawn;
}
function lineGlyph(strength) {
  return svg(26, 10, "line", {
    x1: 0, y1: 5, x2: 26, y2: 5, stroke: lineColour(strength), "stroke-width": 1.6,
    "stroke-dasharray": DASHES[strength].join(" ") || "none",
  });
}

/** The mark of a segment's state: full, half, hatched, empty, and a broken outline where nothing is known. */
function stateGlyph(state) {
  const is = (name) => state === name, stroke = stateColour(state);
  const box = svg(14, 14, "rect", { x: 1.5, y: 1.5, width: 11, height: 11, fill: is("stateStrong") ? stroke : "none", stroke, "stroke-width": 1.3, "stroke-dasharray": is("stateNoEvidence") ? "2 2" : "none" });
  const more = (d, attributes) => {
    const part = document.createElementNS(SVG, "path");
    Object.entries({ d, ...attributes }).forEach(([k, v]) => part.setAttribute(k, v));
    box.append(part);
  };
  if (is("stateWeak")) more("M1.5 7h11v5.5h-11z", { fill: stroke });
  if (is("stateUnderConstruction")) more("M2 12L12 2M2 7L7 2M7 12L12 7", { stroke, "stroke-width": 1.6, fill: "none" });
  return box;
}
const STATE_COLOURS = { stateStrong: "producing", stateWeak: "producing", stateUnderConstruction: "building", statePlanned: "planned" };
const stateColour = (state) => colour[STATE_COLOURS[state] || "untold"];

/** The size of a thing on screen at a zoom: things keep their size when one zooms out, as on a map. */
const zoomed = (scale, least = 0.75) => Math.min(Math.max(scale, least), 1.5);
const LEAST = { Zone: 0.5, Chain: 0.3 }; // of many, on the whole plate
const sizeOf = (i, scale) => (SIZES[THINGS[i].kind] || 14) * (many() ? zoomed(scale, LEAST[THINGS[i].kind] || 0.12) : zoomed(scale));
/* A ring marks leaders and, in the accent, what is selected. */
const ring = (i) => (i === view.selected ? 11.5 : THINGS[i].lead ? 10 : 0);
const radiusOf = (i, scale) => sizeOf(i, scale) * (ring(i) ? ring(i) + 1 : 8) / 16;
/** Whether a thing steps back while its neighbours do not: those of what one points at. */
const faded = (i) => view.hover !== null && !many() && i !== view.hover && i !== view.selected && !near[view.hover].has(i);
/** Draw a thing at a place; `scale` is how much the canvas is zoomed. */
function drawGlyph(ctx, i, x, y, scale) {
  const { kind, state } = THINGS[i], chosen = i === view.selected;
  const { fill, stroke } = paint(kind, state);
  const unit = sizeOf(i, scale) / scale / 16;
  ctx.save();
  if (faded(i)) ctx.globalAlpha = 0.28;
  ctx.translate(x, y);
  ctx.scale(unit, unit);
  ctx.translate(-8, -8);
  if (ring(i)) {
    ctx.beginPath();
    ctx.arc(8, 8, ring(i), 0, 2 * Math.PI);
    ctx.fillStyle = colour.paper;
    ctx.fill();
    ctx.lineWidth = chosen ? 2.4 : 1.3;
    ctx.strokeStyle = chosen ? colour.accent : colour.ink;
    ctx.stroke();
  }
  ctx.lineWidth = 1.4;
  ctx.lineJoin = "round";
  ctx.fillStyle = chosen && SOLID.has(kind) ? colour.accent : fill;
  ctx.strokeStyle = chosen ? colour.accent : stroke;
  ctx.fill(PATHS[kind]);
  ctx.stroke(PATHS[kind]);
  if (kind === "Project" && state === "building") { ctx.fillStyle = colour.paper; ctx.fill(MARKS.half); }
  if (kind === "Project" && state === "suspended") ctx.stroke(MARKS.struck);
  ctx.restore();
}

/* The view as a drawing (SVG): the picture from what it is made of, every other view from how it is laid out. */
const xml = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
const tag = (name, attributes, inside = "") => `<${name}${Object.entries(attributes).map(([k, v]) => ` ${k}="${xml(typeof v === "number" ? round(v, 100) : v)}"`).join("")}>${inside}</${name}>`;
function sheet(width, height, inside, told = $("count").textContent) {
  const paper = tag("rect", { width, height, fill: colour.paper });
  const note = tag("text", { x: 14, y: height - 12, "font-size": 12, fill: colour.soft }, xml(joined([document.title, told, say("note", D.total)])));
  return { width, height, text: tag("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${round(width)} ${round(height)}`, "font-family": colour.face }, paper + inside + note) };
}
function pictureDrawing() {
  const scale = 1, named_ = place(scale), box = around([laid(scale), ...named_.placed.map((name) => name.box)]), pad = 24, x0 = box.left - pad, y0 = box.top - pad;
  const width = Math.max(box.right - box.left + 2 * pad, 320), height = box.bottom - box.top + 2 * pad + 24;
  const at = (i) => ({ x: view.spots.get(i).x - x0, y: view.spots.get(i).y - y0 });
  const drawn = shownLines().map((line) => {
    const look = edgeLook(line), a = at(line.from), b = at(line.to);
    const common = { fill: "none", stroke: look.color.color, "stroke-width": look.width, ...(look.dashes ? { "stroke-dasharray": look.dashes.join(" ") } : {}) };
    const via = look.smooth ? bendPoint(a, b, look.smooth) : null;
    const d = via ? `M${round(a.x)} ${round(a.y)}Q${round(via.x)} ${round(via.y)} ${round(b.x)} ${round(b.y)}` : `M${round(a.x)} ${round(a.y)}L${round(b.x)} ${round(b.y)}`;
    const tips = look.arrows ? arrowTip(look.arrows.to ? [a, b, line.to] : [b, a, line.from], via, look.color.color) : "";
    return tag("path", { d, ...common }) + tips;
  });
  const shapes = seen().map((i) => shapeDrawing(i, at(i)));
  const words = named_.placed.map(({ i, form, place: side, box: name }) => {
    const anchor = side.includes("r") ? "start" : side.includes("l") ? "end" : "middle", x = { start: name.left, end: name.right, middle: (name.left + name.right) / 2 }[anchor] - x0;
    return form.lines.map((line, n) => tag("text", {
      x, y: name.top - y0 + (n + 0.5) * form.size * LEADING + form.size * 0.36, "text-anchor": anchor, "font-size": form.size, "font-weight": isHead(i) || THINGS[i].lead ? 600 : 400,
      fill: i === view.selected ? colour.accent : colour.ink, stroke: colour.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
    }, xml(line))).join("");
  });
  const told = joined([say("shown", { n: number(seen().length), m: number(D.total.things) }), named_.unnamed ? say("unnamed", { n: number(named_.unnamed) }) : ""]);
  return sheet(width, height, drawn.join("") + shapes.join("") + words.join(""), told);
}
/** The control point of a bent line, as vis-network places it. */
function bendPoint(a, b, { type, roundness }) {
  const radius = Math.hypot(a.x - b.x, a.y - b.y), turn = (type === "curvedCW" ? roundness : -roundness) * 0.5 + 0.5;
  const angle = (Math.atan2(a.y - b.y, a.x - b.x) + turn * Math.PI) % (2 * Math.PI), reach = (roundness * 0.5 + 0.5) * radius;
  return { x: a.x + reach * Math.sin(angle), y: a.y + reach * Math.cos(angle) };
}
function arrowTip([from, to, i], via, fill) {
  const back = via || from, length = Math.hypot(to.x - back.x, to.y - back.y) || 1, ux = (to.x - back.x) / length, uy = (to.y - back.y) / length;
  const r = radiusOf(i, 1) + 1, x = to.x - ux * r, y = to.y - uy * r;
  return tag("path", { d: `M${round(x)} ${round(y)}L${round(x - 7 * ux - 3 * uy)} ${round(y - 7 * uy + 3 * ux)}L${round(x - 7 * ux + 3 * uy)} ${round(y - 7 * uy - 3 * ux)}Z`, fill });
}
function shapeDrawing(i, { x, y }) {
  const { kind, state } = THINGS[i], chosen = i === view.selected, { fill, stroke } = paint(kind, state), unit = sizeOf(i, 1) / 16;
  const parts = [];
  if (ring(i)) parts.push(tag("circle", { cx: 8, cy: 8, r: ring(i), fill: colour.paper, stroke: chosen ? colour.accent : colour.ink, "stroke-width": chosen ? 2.4 : 1.3 }));
  const line = chosen ? colour.accent : stroke;
  parts.push(tag("path", { d: SHAPES[kind], fill: chosen && SOLID.has(kind) ? colour.accent : fill, stroke: line, "stroke-width": 1.4, "stroke-linejoin": "round" }));
  if (kind === "Project" && state === "building") parts.push(tag("path", { d: HALF, fill: colour.paper }));
  if (kind === "Project" && state === "suspended") parts.push(tag("path", { d: STRUCK, stroke: line, "stroke-width": 1.4 }));
  return tag("g", { transform: `translate(${round(x)} ${round(y)}) scale(${round(unit, 1000)}) translate(-8 -8)` }, parts.join(""));
}

/** A part of the page as a drawing: backgrounds, borders, text line by line, and the drawings in it. */
function partDrawing(root) {
  const outer = root.getBoundingClientRect(), dx = -outer.left, dy = -outer.top + root.scrollTop, parts = [];
  const height = root.scrollHeight + 36, range = document.createRange();
  const walk = (e) => {
    const style = getComputedStyle(e);
    if (style.display === "none" || style.visibility === "hidden") return;
    const box = e.getBoundingClientRect(), x = box.left + dx, y = box.top + dy;
    if (e instanceof SVGElement) {
      const inside = new XMLSerializer().serializeToString(e);
      parts.push(tag("g", { transform: `translate(${round(x)} ${round(y)})` }, inside));
      return;
    }
    if (e.tagName === "INPUT") return;
    if (style.backgroundColor !== "rgba(0, 0, 0, 0)") parts.push(tag("rect", { x, y, width: box.width, height: box.height, fill: style.backgroundColor }));
    borders(style, x, y, box, parts);
    const text = e.tagName === "SELECT" ? [] : [...e.childNodes];
    if (e.tagName === "SELECT") parts.push(lineOfText(e.selectedOptions[0]?.textContent || "", x, y, box.height, style));
    text.forEach((node) => {
      if (node.nodeType === Node.ELEMENT_NODE) walk(node);
      else if (node.nodeType === Node.TEXT_NODE && node.data.trim()) parts.push(...textDrawing(node, range, style, dx, dy));
    });
  };
  walk(root);
  return sheet(root.clientWidth, height, parts.join(""));
}
function borders(style, x, y, box, parts) {
  for (const [side, x1, y1, x2, y2] of [["Top", x, y, x + box.width, y], ["Right", x + box.width, y, x + box.width, y + box.height], ["Bottom", x, y + box.height, x + box.width, y + box.height], ["Left", x, y, x, y + box.height]]) {
    const width = parseFloat(style[`border${side}Width`]), kind = style[`border${side}Style`];
    if (width && kind !== "none") parts.push(tag("line", { x1, y1, x2, y2, stroke: style[`border${side}Color`], "stroke-width": width, ...(kind === "dashed" ? { "stroke-dasharray": "4 3" } : {}) }));
  }
}
const lineOfText = (text, x, y, height, style) => tag("text", { x, y: y + height / 2 + parseFloat(style.fontSize) * 0.36, "font-size": style.fontSize, "font-weight": style.fontWeight, fill: style.color }, xml(text));
/** A text in the lines in which the page breaks it. */
function textDrawing(node, range, style, dx, dy) {
  const found = [], chars = [...node.data];
  let at = 0, line = null;
  chars.forEach((char) => {
    range.setStart(node, at);
    range.setEnd(node, (at += char.length));
    const box = range.getClientRects()[0];
    if (!box || !box.width) return;
    if (!line || Math.abs(box.top - line.top) > 3 || box.left < line.right - 3) { line = { left: box.left, top: box.top, height: box.height, right: box.right, text: "" }; found.push(line); }
    line.text += char;
    line.right = box.right;
  });
  return found.filter((l) => l.text.trim()).map((l) => lineOfText(l.text.trim(), l.left + dx, l.top + dy, l.height, style));
}

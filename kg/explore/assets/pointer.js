/* Pointer and keys on the picture: shapes, names and lines answer alike. */
function under(event) {
  const at = event.pointer.DOM, shape = many() ? nearestTo(event.pointer.canvas) : network.getNodeAt(at);
  if (shape !== undefined) return { thing: shape };
  const scale = network.getScale(), canvas = event.pointer.canvas, x = canvas.x * scale, y = canvas.y * scale;
  const name = names(scale).scale === scale && names(scale).placed.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  if (name) return { thing: name.i };
  return { line: many() ? lineNear(event.pointer.canvas) : network.getEdgeAt(at) };
}
network.on("click", async (event) => {
  const { thing, line } = under(event);
  if (thing !== undefined) {
    if (thing !== view.selected) { select(thing); return; }
    await need(thing);
    if (grow(thing)) changed();
  } else if (line !== undefined) selectLine(line);
  else if (view.selected !== null || view.line !== null) select(null);
});
network.on("dragging", (event) => {
  if (!event.nodes.length) return;
  Object.assign(view.spots.get(event.nodes[0]), network.getPosition(event.nodes[0]));
  view.untouched = false;
  kept = null;
});
network.on("dragEnd", (event) => {
  if (event.nodes.length) {
    const [i] = event.nodes, { x, y } = view.spots.get(i);
    view.steps = view.steps.filter((s) => s.op !== "m" || s.i !== i);
    view.steps.push({ op: "m", i, x: round(x), y: round(y) });
    remember();
  } else looked();
});
let looking = 0;
/** Where one looks becomes part of the address when the picture has come to rest. */
function looked() {
  clearTimeout(looking);
  looking = setTimeout(() => {
    const { x, y } = network.getViewPosition();
    view.camera = [x, y, network.getScale()];
    remember(true);
  }, 300);
}
network.on("zoom", looked);
$("network").addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || event.buttons) return;
  const box = $("network").getBoundingClientRect(), DOM = { x: event.clientX - box.left, y: event.clientY - box.top };
  const { thing, line } = under({ pointer: { DOM, canvas: network.DOMtoCanvas(DOM) } });
  $("network").classList.toggle("pointing", thing !== undefined || line !== undefined);
  $("tip").hidden = thing !== undefined || line === undefined;
  if (!$("tip").hidden) {
    $("tip").textContent = joined([...new Set(lines.get(line).links.filter(linkAllowed).map((link) => calls(link.p)))]);
    $("tip").style.left = `${Math.min(DOM.x + 12, box.width - $("tip").offsetWidth - 4)}px`;
    $("tip").style.top = `${Math.max(DOM.y - 30, 0)}px`;
  }
  if ((thing ?? null) !== view.hover) { view.hover = thing ?? null; draw(); }
});
$("network").addEventListener("pointerleave", () => { $("tip").hidden = true; if (view.hover !== null) { view.hover = null; draw(); } });

function step(dx, dy) {
  const from = view.spots.get(view.selected);
  if (!from) { const [first] = seen(); if (first !== undefined) select(first, true); return; }
  const cost = (i) => {
    const to = view.spots.get(i), along = (to.x - from.x) * dx + (to.y - from.y) * dy, across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    return along <= 1 ? Infinity : along + 2 * across;
  };
  const best = seen().filter((i) => i !== view.selected).map((i) => [cost(i), i]).sort((a, b) => a[0] - b[0])[0];
  if (best && best[0] < Infinity) select(best[1], true);
}
/** The lines of the selected thing, one after the other. */
function stepLine(by) {
  const base = view.selected ?? view.lineOf;
  if (base === null || base === undefined) return;
  const own = shownLines().filter((line) => line.from === base || line.to === base);
  if (!own.length) return;
  const at = own.findIndex((line) => line.id === view.line);
  selectLine(own[(at + by + own.length) % own.length].id);
  view.lineOf = base;
}
const zoom = (by) => { network.moveTo({ scale: network.getScale() * by }); looked(); };
const pan = (dx, dy) => { const { x, y } = network.getViewPosition(), scale = network.getScale(); network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale } }); looked(); };
const PICTURE_KEYS = {
  ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
  Enter: async () => { if (view.selected !== null) { await need(view.selected); if (grow(view.selected)) changed(); } else if (view.lineOf !== undefined && view.line) select(view.lineOf); },
  "]": () => stepLine(1), "[": () => stepLine(-1),
  Escape: () => select(null), "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), 0: () => { view.camera = null; fit(); remember(); },
};
const PANS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
$("network").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.shiftKey && PANS[event.key]) { event.preventDefault(); pan(...PANS[event.key]); return; }
  if (!PICTURE_KEYS[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  PICTURE_KEYS[event.key]();
});

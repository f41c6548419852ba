/* Search by name, alias, pinyin or initials (as kg/explore/search.py does), and the box it is done in. */
const ALIAS = 0.25, SHORTEST = 3;
const NAMES = []; // of each thing: [name, folded, syllables]
function namesOf(t) {
  return (NAMES[t.i] ??= [t.label, ...t.also].map((name, n) => [name, plain(name), ((t.py || [])[n] || "").split(" ")]));
}
function score(folded, syllables, words, letters) {
  if (words.every((w) => folded.includes(w))) return folded === words[0] ? 7 : folded.startsWith(words[0]) ? 6 : 5;
  if (!letters) return 0;
  for (let first = 0; first < (letters.length > 1 ? syllables.length : 1); first++) {
    if (syllables[first][0] !== letters[0]) continue;
    const left = spell(letters, syllables, first);
    if (left >= 0) return first ? 2 : left ? 3 : 4;
  }
  return skips(letters, syllables) ? 1 : 0;
}
/** How many syllables are left when the letters spell some from `first` on, a beginning of each at least; else -1. */
function spell(letters, syllables, first) {
  let reached = [0];
  for (let k = first; k < syllables.length; k++) {
    const next = new Set();
    for (const at of reached) {
      for (let length = 1; length <= syllables[k].length && at + length <= letters.length; length++) {
        if (syllables[k][length - 1] !== letters[at + length - 1]) break;
        next.add(at + length);
      }
    }
    if (next.has(letters.length)) return syllables.length - k - 1;
    if (!next.size) return -1;
    reached = [...next];
  }
  return -1;
}
function skips(letters, syllables) {
  if (letters.length < SHORTEST || syllables[0][0] !== letters[0]) return false;
  let at = 0;
  for (const syllable of syllables) if (syllable[0] === letters[at]) at += 1;
  return at >= letters.length;
}
function hitsHere(query) {
  const words = plain(query).split(/\s+/).filter(Boolean), found = [];
  if (!words.length) return { hits: [], found: 0 };
  const joint = words.join("").replaceAll("'", ""), letters = /^[\x21-\x7e]+$/.test(joint) ? joint : "";
  THINGS.forEach((t, i) => {
    let best = 0, by = t.label;
    namesOf(t).forEach(([name, folded, syllables], n) => {
      const s = score(folded, syllables, words, letters) - (n ? ALIAS : 0);
      if (s > best) { best = s; by = name; }
    });
    if (best > 0) found.push({ i, score: best, name: by });
  });
  found.sort((a, b) => b.score - a.score || THINGS[b.i].n - THINGS[a.i].n || a.i - b.i);
  return { hits: found.slice(0, 20), found: found.length };
}
async function hitsOf(query) {
  if (!remote || !query) return hitsHere(query);
  const told = await ask("search", { q: query });
  absorb(told.part);
  return { hits: told.hits.map(([i, name]) => ({ i, name })), found: told.found };
}

/** Make an input a search box with a list below it; what is picked is handed on. */
function searchBox(input, list, pick) {
  let at = -1, turn = 0;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const point = (to) => {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((o, n) => o.setAttribute("aria-selected", String(n === at)));
    all[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[at].id);
  };
  const show = async () => {
    const query = input.value.trim(), now = ++turn;
    if (!query) { close(); list.replaceChildren(); return; }
    let told;
    try { told = await hitsOf(query); } catch (error) { failed(error); return; }
    if (now !== turn) return;
    list.replaceChildren(...told.hits.map(({ i, name }, n) => {
      const t = THINGS[i], also = name === t.label ? "" : name;
      const option = el("li", { role: "option", id: `${list.id}-${n}`, cls: "hit", "aria-selected": "false" }, glyph(t.kind, t.state),
        el("span", {}, ...marked(t.label, [query])), el("span", { cls: "note", text: joined([also, term(t.kind), t.at]) }));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => { input.value = ""; close(); pick(i); });
      return option;
    }));
    if (!told.found) list.append(el("li", { cls: "none", role: "presentation", text: joined([say("none"), say("noneHint")]) }));
    if (told.found > told.hits.length) list.append(el("li", { cls: "none", role: "presentation", text: say("moreHits", { n: number(told.found - told.hits.length) }) }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    at = -1;
    if (told.hits.length) point(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value.trim()) show(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const acts = { ArrowDown: () => point(at + 1), ArrowUp: () => point(at - 1), Enter: () => options()[Math.max(at, 0)]?.click(), Escape: () => { input.value = ""; close(); input.blur(); } };
    if (!acts[event.key] || event.isComposing) return;
    event.preventDefault();
    acts[event.key]();
  });
  Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }).forEach(([k, v]) => input.setAttribute(k, v));
  list.setAttribute("role", "listbox");
}

/* Where the data comes from: a page in a file holds it all; a served one asks for more as one looks around. */
async function ask(name, parameters) {
  const answer = await fetch(`${D.remote}${name}?${new URLSearchParams(parameters)}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}
/** Tell, in place of what did not come, that it did not. */
function failed(error) {
  $("told").textContent = say("unreached");
  if (!(error instanceof TypeError)) console.warn(error.message);
}
const remote = D.remote !== null;
/** See to it that all about a thing is here; at once true if it was. */
async function need(i) {
  if (!remote || full.has(i)) return true;
  try { absorb(await ask("things", { id: THINGS[i].id, shown: [...view.spots.keys()].join() })); } catch (error) { failed(error); }
  return false;
}
/** The number of the thing of an id, fetched if need be; undefined if there is none. */
async function fetched(id) {
  if (thingOf(id) === undefined && remote && id) {
    try { absorb(await ask("things", { id })); } catch { return undefined; }
  }
  return thingOf(id);
}
async function needArticle(a) {
  if (!remote || TEXTS.has(a)) return;
  const { text, part } = await ask("article", { id: ARTICLES[a].id });
  absorb(part);
  TEXTS.set(text.a, text);
}
async function needMap(key) {
  if (!remote || MAPS.get(key).members) return;
  const { map, part } = await ask("map", { key });
  absorb(part);
  MAPS.set(key, map);
}

absorb(D.part);
D.texts.forEach((text) => TEXTS.set(text.a, text));
(D.articles || []).forEach(takeArticle);

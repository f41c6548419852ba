/* The query page: YASGUI with the saved questions beside it. Nothing is asked of any other server. */
"use strict";
const box = document.getElementById("yasgui");
const setting = JSON.parse(box.dataset.setting);
const saved = new Map(setting.queries.map((query) => [query.name, query]));

Yasgui.Yasqe.defaults.autocompleters = ["variables", "terms"];
Yasgui.Yasqe.forkAutocompleter("variables", {
  name: "terms", bulk: true, autoShow: false, persistenceId: null,
  isValidCompletionPosition: (yasqe) => /[\w-]*:[\w-]*$/.test(yasqe.getCompleteToken().string),
  preProcessToken: (yasqe, token) => token,
  postProcessSuggestion: (yasqe, token, suggestion) => suggestion,
  get: () => setting.terms,
});
/** Rows as people read them, without datatypes; the switch beside the table brings these back. */
Yasgui.Yasr.registerPlugin("table", class extends Yasgui.Yasr.plugins.table {
  constructor(yasr) {
    super(yasr);
    this.persistentConfig = { compact: true };
    this.helpReference = null;
  }
});
const first = setting.queries.find((query) => query.name === setting.first);
const yasgui = new Yasgui(box, {
  requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST" },
  endpointCatalogueOptions: { getData: () => [] },
  persistenceId: "lianzhu",
  copyEndpointOnNewTab: true,
  autofocus: true,
  yasqe: { value: first.sparql, createShareableLink: null },
  yasr: { prefixes: setting.prefixes },
});

/** Put a question into the tab that is open and run it. */
function ask(name, sparql) {
  const tab = yasgui.getTab();
  tab.setName(saved.get(name).asks);
  tab.setQuery(sparql);
  tab.query();
}

document.getElementById("saved").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-query]");
  if (!button) return;
  const query = saved.get(button.dataset.query), form = button.parentElement.querySelector("form");
  if (form) {
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.querySelector("input").focus();
  }
  if (!form || query.parameters.every((p) => !p.needed)) { if (!form || !form.hidden) ask(query.name, query.sparql); }
});
document.getElementById("saved").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target, name = form.dataset.query, wrong = form.querySelector(".wrong");
  const answer = await fetch(`/saved/${encodeURIComponent(name)}?${new URLSearchParams(new FormData(form))}`);
  const text = await answer.text();
  wrong.hidden = answer.ok;
  wrong.textContent = answer.ok ? "" : text;
  if (answer.ok) ask(name, text);
});

/* The IRIs of the graph need not resolve on the web: what is clicked opens here. */
box.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !link.href.startsWith(new URL(setting.idBase).href)) return;
  event.preventDefault();
  window.open(link.href.replace(new URL(setting.idBase).href, `${location.origin}/id/`), "_blank", "noopener");
}, true);

/* YASGUI speaks English only; its labels, as they appear, in Chinese. */
const CHINESE = {
  Table: "表格", Response: "原始答案", Boolean: "是否", Error: "错误", "Simple view": "简洁", Ellipse: "省略长文",
  "Filter query results": "在结果中查找", "Page size:": "每页", All: "全部", Compact: "紧凑",
  "Run query": "运行", Query: "查询", "Add tab": "新标签", "Add a new tab": "新标签", "Close tab": "关闭标签",
  "Download result": "下载结果", "Shows Table view": "以表格显示", "Shows Response view": "显示原始答案", "Download results": "下载结果", Fullscreen: "全屏", "New tab": "新标签",
};
/** "23 results in 0.1 seconds", "Showing 1 to 23 of 23 entries". */
function counted(text) {
  const took = /^(?:(\d+) results?|Response) in ([\d.]+) seconds?$/.exec(text.trim());
  if (took) return `${took[1] ? `${took[1]} 行，` : ""}用时 ${took[2]} 秒`;
  const shown = /^Showing ([\d,]+) to ([\d,]+) of ([\d,]+) entries/.exec(text.trim());
  return shown && `第 ${shown[1]}–${shown[2]} 行，共 ${shown[3]} 行`;
}
function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = CHINESE[node.data.trim()] || counted(node.data);
      if (words && !node.parentElement.closest(".CodeMirror, td, textarea, script, style")) node.data = words;
      continue;
    }
    for (const name of ["title", "aria-label", "placeholder"]) {
      const words = CHINESE[node.getAttribute(name)];
      if (words) node.setAttribute(name, words);
    }
  }
}
if (box.dataset.lang === "zh") {
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    if (node.nodeType === Node.ELEMENT_NODE) translate(node);
    else if (node.nodeType === Node.TEXT_NODE) translate(node.parentElement || node);
  }))).observe(document.body, { childList: true, subtree: true });
  translate(box);
}

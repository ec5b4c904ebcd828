// Search without a server: the index is a script, because a page on a disk may not fetch other files.
"use strict";
(function () {
  const form = document.querySelector("form.find");
  if (!form) return;
  const field = form.querySelector("input"), list = form.querySelector("ul"), count = form.querySelector("output");
  const MOST = 30;
  let index = null, asked = false;
  form.hidden = false;

  function load() {
    if (asked) return;
    asked = true;
    window.dubanIndex = function (rows) {
      index = rows.map(function (row) { return [row, row.join(" ").toLowerCase()]; });
      show();
    };
    const script = document.createElement("script");
    script.src = form.dataset.home + "search-index.js";
    document.head.append(script);
  }

  function show() {
    const words = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    count.textContent = "";
    if (!index || !words.length) return;
    const found = index.filter(function (row) { return words.every(function (word) { return row[1].includes(word); }); });
    count.textContent = found.length ? String(found.length) : form.dataset.none;
    for (const [row] of found.slice(0, MOST)) {
      const line = document.createElement("li"), link = document.createElement("a"), state = document.createElement("small");
      link.href = form.dataset.home + row[0];
      link.textContent = row[1];
      state.textContent = row[2];
      line.append(link, " ", state);
      list.append(line);
    }
  }

  field.addEventListener("focus", load);
  field.addEventListener("input", function () { load(); show(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.click();
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { field.value = ""; show(); field.focus(); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [field].concat(Array.from(list.querySelectorAll("a")));
    const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[at]) { event.preventDefault(); stops[at].focus(); }
  });
})();

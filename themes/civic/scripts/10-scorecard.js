// Cards are a table laid out otherwise. Browsers that drop a table's meaning
// with its layout are told it again; in the page itself it would be said twice.
(function () {
  "use strict";
  var roles = [["thead, tbody", "rowgroup"], ["tr", "row"], ["td", "cell"], ["thead th", "columnheader"], ["tbody th", "rowheader"]];
  Array.prototype.forEach.call(document.querySelectorAll(".scorecard, .measures, .actions, .stacked"), function (table) {
    table.setAttribute("role", "table");
    roles.forEach(function (pair) {
      Array.prototype.forEach.call(table.querySelectorAll(pair[0]), function (element) { element.setAttribute("role", pair[1]); });
    });
  });
})();

// What the scorecard gains where scripts run: filters by rating and section,
// kept in the address, and cards that fold on a phone. Without it every row and
// every figure is there.
(function () {
  "use strict";
  var table = document.querySelector("table[data-filter]");
  if (!table) return;
  var rows = Array.prototype.slice.call(table.querySelectorAll("tbody tr[data-rating]"));
  var groups = Array.prototype.slice.call(table.tBodies);
  var words = { red: "■ Red", amber: "▲ Amber", green: "● Green", none: "○ Not rated" };
  var chosen = { rating: "", section: "" };

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) element.textContent = text;
    return element;
  }

  // Only what the address says in our own words is taken from it.
  function read() {
    var query = new URLSearchParams(location.hash.slice(1));
    var rating = query.get("rating") || "";
    var section = query.get("section") || "";
    chosen.rating = Object.prototype.hasOwnProperty.call(words, rating) ? rating : "";
    chosen.section = groups.some(function (group) { return group.id === section; }) ? section : "";
  }

  function write() {
    var query = new URLSearchParams();
    if (chosen.rating) query.set("rating", chosen.rating);
    if (chosen.section) query.set("section", chosen.section);
    history.replaceState(null, "", query.toString() ? "#" + query : location.pathname + location.search);
  }

  function show() {
    var count = 0;
    groups.forEach(function (group) {
      var any = false;
      Array.prototype.forEach.call(group.querySelectorAll("tr[data-rating]"), function (row) {
        var seen = (!chosen.section || chosen.section === group.id) && (!chosen.rating || chosen.rating === row.dataset.rating);
        row.hidden = !seen;
        if (seen) { any = true; count++; }
      });
      group.hidden = !any;
    });
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.rating === chosen.rating));
    });
    select.value = chosen.section;
    said.textContent = (chosen.rating || chosen.section ? count + " of " : "") + rows.length + (rows.length === 1 ? " measure" : " measures") + (chosen.rating || chosen.section ? " shown" : "");
  }

  var bar = make("div", { "class": "filters", role: "group", "aria-label": "Show only some measures" });
  var ratings = make("div", { role: "group", "aria-label": "By rating" });
  var buttons = [["", "All"]].concat(Object.keys(words).map(function (code) { return [code, words[code]]; })).map(function (pair) {
    var button = make("button", { type: "button", "data-rating": pair[0] }, pair[1]);
    button.addEventListener("click", function () { chosen.rating = pair[0]; write(); show(); });
    ratings.appendChild(button);
    return button;
  });
  var label = make("label", {}, "Section ");
  var select = make("select", {});
  select.appendChild(make("option", { value: "" }, "All sections"));
  groups.forEach(function (group) { select.appendChild(make("option", { value: group.id }, group.dataset.section)); });
  select.addEventListener("change", function () { chosen.section = select.value; write(); show(); });
  label.appendChild(select);
  var said = make("p", { role: "status" });
  bar.appendChild(ratings);
  bar.appendChild(label);
  bar.appendChild(said);
  var region = table.parentNode;
  region.parentNode.insertBefore(make("div", { "class": "wide" }), region).appendChild(bar);

  // A row that the address names is always shown.
  read();
  show();
  window.addEventListener("hashchange", function () { read(); show(); });

  // Cards fold on a phone; the style hides the buttons on wider screens.
  var phone = window.matchMedia("(max-width: 47.99rem)");
  var folds = rows.map(function (row) {
    var button = make("button", { type: "button", "class": "fold", "aria-expanded": "false" });
    var name = row.querySelector(".name");
    function fold(folded) {
      row.classList.toggle("folded", folded);
      button.setAttribute("aria-expanded", String(!folded));
      button.textContent = folded ? "More figures" : "Fewer figures";
      button.appendChild(make("span", { "class": "vh" }, " of " + (name ? name.textContent : "this measure")));
    }
    button.addEventListener("click", function () { fold(!row.classList.contains("folded")); });
    row.querySelector(".c-dir").appendChild(button);
    return fold;
  });
  function refold() { folds.forEach(function (fold) { fold(phone.matches); }); }
  phone.addEventListener("change", refold);
  refold();
})();

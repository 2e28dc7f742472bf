// Brings an open page up to date while its text is written, in place: what is
// as it was stays, with its scroll place, its focus and what is open.
//
// It runs before the scripts of the site and keeps the page as it was sent. A
// new one is compared with that, not with what the scripts have made of it, and
// the same steps are then taken in the page that is seen.
(function () {
  "use strict";
  var strip = document.getElementById("outturn-preview");
  if (!strip || !window.EventSource || !window.WeakMap) return;
  if (strip.parentNode !== document.body) document.body.appendChild(strip); // an element of the theme that has no end took it in
  var page = strip.dataset.page;
  var sum = strip.dataset.sum;
  var seen = new WeakMap(); // a node as it was sent: the node that is seen
  var told = new WeakSet(); // the nodes that are seen and were sent: others the scripts have made
  var sent = keep(document.body);
  var style = document.querySelector('link[rel="stylesheet"]:not([href^="/_desk/"])');
  var script = document.querySelector('script[src]:not([src^="/_desk/"])');
  var stream = null;

  function list(nodes) { return Array.prototype.slice.call(nodes); }

  // keep copies a node and notes which copy stands for which.
  function keep(node) {
    var copy = node.cloneNode(true);
    pair(copy, node);
    trim(copy);
    return copy;
  }
  function pair(copy, node) {
    seen.set(copy, node);
    told.add(node);
    for (var a = copy.firstChild, b = node.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(a, b);
  }
  // trim takes out of a body what the preview has put there, and white space at the end.
  function trim(body) {
    if (body.nodeName !== "BODY") return;
    list(body.childNodes).forEach(function (node) {
      if (node.id === "outturn-preview" || node.nodeType === Node.COMMENT_NODE) body.removeChild(node);
    });
    while (body.lastChild && body.lastChild.nodeType === Node.TEXT_NODE && !body.lastChild.data.trim()) body.removeChild(body.lastChild);
  }

  // A page is told without the tables, rows and pictures that it has in common
  // with the one before: an empty element with the number that this has there
  // stands for each. While the two are compared one like it takes the place of
  // what was sent.
  var kinds = ["table", "tr", "svg"], standIn = "data-outturn-kept";
  var kept = new Map(); // what stands in for a node as sent, in either page: that node

  // counted tells whether the page as sent has of all kinds what the server counts.
  function counted(numbers) {
    return numbers === kinds.map(function (kind) { return sent.getElementsByTagName(kind).length; }).join();
  }
  function shelve(fresh) {
    var had = {};
    kinds.forEach(function (kind) { had[kind] = list(sent.getElementsByTagName(kind)); });
    list(fresh.querySelectorAll("[" + standIn + "]")).forEach(function (stand) {
      var node = had[stand.localName][stand.getAttribute(standIn)], copy = document.importNode(stand);
      kept.set(stand, node).set(copy, node);
      node.parentNode.replaceChild(copy, node);
    });
  }
  function unshelve() {
    kept.forEach(function (node, stand) { if (sent.contains(stand)) stand.parentNode.replaceChild(node, stand); });
  }
  function real(node) { return kept.get(node) || node; }
  // whole gives a node of the new page with copies of what was left out of it.
  function whole(node) {
    if (kept.has(node)) return kept.get(node).cloneNode(true);
    if (element(node)) list(node.querySelectorAll("[" + standIn + "]")).forEach(function (stand) { stand.parentNode.replaceChild(whole(stand), stand); });
    return node;
  }

  // plan lists the steps that make one node as sent into another, and in moved
  // the elements that are put in, with those that they are put into and take the
  // place of, and the texts and data that were other ones.
  function plan(old, fresh, steps, moved) {
    if (old.nodeType === Node.TEXT_NODE) {
      moved.push({ text: old.data.trim() });
      steps.push(function () { old.data = fresh.data; seen.get(old).data = fresh.data; });
      return;
    }
    attributes(old, fresh, steps);
    if (JSON.stringify(old.dataset) !== JSON.stringify(fresh.dataset)) moved.push({ data: old });
    var a = list(old.childNodes), b = list(fresh.childNodes);
    var from = 0, to = 0;
    while (from < a.length && from < b.length && same(a[from], b[from])) from++;
    while (to < a.length - from && to < b.length - from && same(a[a.length - 1 - to], b[b.length - 1 - to])) to++;
    var x = a.slice(from, a.length - to), y = b.slice(from, b.length - to);
    if (x.length === y.length && x.every(function (node, i) { return alike(node, y[i]); })) {
      x.forEach(function (node, i) { if (!same(node, y[i])) plan(node, y[i], steps, moved); });
      return;
    }
    x = x.map(real);
    y = y.map(whole);
    steps.push(function () { exchange(old, x, y, real(a[a.length - to] || null)); });
    if (x.concat(y).some(element)) moved.push({ into: old, out: x.filter(element), put: y.filter(element) });
  }
  function element(node) { return node.nodeType === Node.ELEMENT_NODE; }
  function same(a, b) { return a.nodeName === "MAIN" && b.nodeName === "MAIN" && a.parentNode.nodeName === "BODY" || a.isEqualNode(b); }
  function alike(a, b) { return kept.has(a) || kept.has(b) ? a.isEqualNode(b) : a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || ""); }

  function attributes(old, fresh, steps) {
    list(fresh.attributes).forEach(function (to) {
      if (old.getAttribute(to.name) !== to.value) steps.push(function () { old.setAttribute(to.name, to.value); seen.get(old).setAttribute(to.name, to.value); });
    });
    list(old.attributes).forEach(function (was) {
      if (!fresh.hasAttribute(was.name)) steps.push(function () { old.removeAttribute(was.name); seen.get(old).removeAttribute(was.name); });
    });
  }

  // exchange puts the nodes y in the place of x, before next.
  function exchange(parent, x, y, next) {
    var live = seen.get(parent);
    var before = next ? seen.get(next) : x.length && seen.get(x[x.length - 1]).parentNode === live ? seen.get(x[x.length - 1]).nextSibling : parent.nodeName === "BODY" ? strip : null;
    if (before && before.parentNode !== live) before = null;
    y.forEach(function (node) {
      var copy = document.importNode(node, true), shown = document.importNode(node, true);
      pair(copy, shown);
      parent.insertBefore(copy, next);
      live.insertBefore(shown, before);
    });
    x.forEach(function (node) {
      var shown = seen.get(node);
      parent.removeChild(node);
      if (shown && shown.parentNode) shown.parentNode.removeChild(shown);
    });
  }

  function main(body) { return list(body.children).filter(function (node) { return node.nodeName === "MAIN"; })[0]; }

  // bring makes the page that is seen into the one that is told.
  function bring(text, short) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var newScript = fresh.querySelector("script[src]");
    if (script && newScript && newScript.getAttribute("src") !== script.getAttribute("src")) { // other scripts: they must run from the start
      location.reload();
      return;
    }
    trim(fresh.body);
    if (document.title !== fresh.title) document.title = fresh.title;
    if (fresh.documentElement.lang !== document.documentElement.lang) document.documentElement.lang = fresh.documentElement.lang;
    var link = fresh.querySelector('link[rel="stylesheet"]');
    if (link) dress(link.getAttribute("href"));
    var steps = [], own = [], moved = [];
    var was = main(sent), now = main(fresh.body);
    kept.clear();
    if (short) shelve(fresh.body);
    plan(sent, fresh.body, steps, []);
    if (was && now) plan(was, now, own, moved);
    unshelve();
    if (moved.length && script && inHand(was, moved)) renew(was, whole(now));
    else steps = steps.concat(own);
    steps.forEach(function (step) { step(); });
  }

  // inHand tells whether the scripts of the site must see what is moved: they
  // have worked on what it takes the place of, on what it is put into, or on
  // others of its kind, or say elsewhere what it was. Tables they always must see.
  function inHand(main, moved) {
    var known = {}; // of a kind of element: whether the scripts have worked on one
    function kind(node) { return node.nodeName + "." + node.getAttribute("class"); }
    function worked(node) {
      var live = seen.get(node);
      return !live || live.attributes.length !== node.attributes.length || live.childNodes.length !== node.childNodes.length;
    }
    function handled(node) {
      var k = kind(node);
      if (!(k in known)) known[k] = node.nodeName === "TABLE" || list(main.getElementsByTagName(node.nodeName)).some(function (other) { return kind(other) === k && worked(other); });
      return known[k];
    }
    var words = document.createTreeWalker(seen.get(main), NodeFilter.SHOW_TEXT), said = "";
    while (words.nextNode()) if (!told.has(words.currentNode)) said += words.currentNode.data + "\n";
    return moved.some(function (m) {
      if (m.data) return worked(m.data);
      if (m.text !== undefined) return m.text !== "" && said.indexOf(m.text) >= 0;
      for (var node = m.into; node && node !== main; node = node.parentNode) if (worked(node)) return true;
      return m.out.concat(m.put).some(function (node) { return handled(node) || list(node.querySelectorAll("*")).some(handled); });
    });
  }

  // renew exchanges the whole main part and lets the site's script see it.
  function renew(was, now) {
    var live = seen.get(was), x = window.scrollX, y = window.scrollY;
    var open = list(live.querySelectorAll("details")).map(function (d) { return d.open; });
    var focus = live.contains(document.activeElement) ? document.activeElement : null;
    var place = focus ? list(live.querySelectorAll(focus.nodeName)).indexOf(focus) : -1;
    var copy = document.importNode(now, true), shown = document.importNode(now, true);
    pair(copy, shown);
    was.parentNode.replaceChild(copy, was);
    list(shown.querySelectorAll("details")).forEach(function (d, i) { if (i < open.length) d.open = open[i]; });
    live.parentNode.replaceChild(shown, live);
    window.scrollTo({ left: x, top: y, behavior: "instant" });
    var again = document.createElement("script");
    again.src = script.src;
    again.onload = function () {
      again.parentNode.removeChild(again);
      var to = focus && (focus.id && document.getElementById(focus.id) || shown.querySelectorAll(focus.nodeName)[place]);
      if (to) to.focus({ preventScroll: true });
      window.scrollTo({ left: x, top: y, behavior: "instant" });
    };
    document.head.appendChild(again);
  }

  // dress exchanges the stylesheet alone; the old one goes when the new one is there.
  function dress(address) {
    if (!style || style.href === new URL(address, location.href).href) return;
    var old = style, next = old.cloneNode();
    next.href = address;
    style = next;
    next.onload = function () { if (old.parentNode) old.parentNode.removeChild(old); };
    next.onerror = function () { if (next.parentNode) next.parentNode.removeChild(next); if (style === next) style = old; };
    old.parentNode.insertBefore(next, old.nextSibling);
  }

  // wording is what a problem says, wherever its line now stands.
  function wording(li) { return li.textContent.replace(/:\d+(:\d+)?/g, ""); }
  var met = {}; // of the problems that have been told since the page was opened

  // tell shows problems. What the reader has closed stays closed until there is
  // one that has not been told before.
  function tell(state) {
    if (state.panel === undefined) return;
    var live = strip.querySelector(".op-live");
    var fresh = new DOMParser().parseFromString(state.panel, "text/html").body;
    var count = strip.querySelector(".op-count");
    if (count.textContent.trim() !== state.count.trim()) count.textContent = state.count.trim();
    strip.classList.remove("op-stopped");
    meet(live);
    if (live.innerHTML.trim() === fresh.innerHTML.trim()) return;
    var closed = {};
    list(live.querySelectorAll("details")).forEach(function (d) { closed[d.className] = !d.open; });
    list(fresh.querySelectorAll("details")).forEach(function (d) {
      var more = list(d.querySelectorAll("li")).some(function (li) { return !met.hasOwnProperty(wording(li)); });
      if (d.className in closed) d.open = more || !closed[d.className];
      else if (ready) d.open = d.open || more;
    });
    meet(fresh);
    var focused = live.contains(document.activeElement);
    live.textContent = "";
    list(fresh.childNodes).forEach(function (node) { live.appendChild(document.importNode(node, true)); });
    if (focused) { var first = live.querySelector("summary") || strip.querySelector("a"); first.focus({ preventScroll: true }); }
  }
  function meet(body) { list(body.querySelectorAll("li")).forEach(function (li) { met[wording(li)] = true; }); }
  var ready = false; // the findings that the page had when it was opened are there

  // take takes in what the server tells, and the page with it.
  function take(state) {
    if (state.style) dress(state.style);
    if (state.only) return;
    tell(state);
    if (!state.sum || state.sum === sum) return;
    if (!state.page) { // the stream broke, and came back with the sum that it had at first
      close();
      open();
      return;
    }
    if (state.held && !counted(state.held)) { // what is left out cannot be told for sure: the whole page is asked for
      sum = "";
      close();
      open();
      return;
    }
    sum = state.sum;
    try {
      bring(state.page, Boolean(state.held));
    } catch (fault) {
      console.error(fault);
      location.reload(); // a page that is half the new one must not stay
      return;
    }
    if (state.has && !counted(state.has)) location.reload();
  }

  function open() {
    if (stream) return;
    stream = new EventSource("/_desk/events?page=" + encodeURIComponent(page) + "&sum=" + sum);
    stream.onmessage = function (event) { take(JSON.parse(event.data)); setTimeout(function () { ready = true; }, 3000); };
    stream.onerror = function () {
      strip.classList.add("op-stopped");
      strip.querySelector(".op-count").textContent = "stopped: the page comes up to date when outturn serve runs again";
    };
  }
  function close() { if (stream) stream.close(); stream = null; }

  // A browser opens six streams to one server at most: a tab that nobody sees has none.
  document.addEventListener("visibilitychange", function () { if (document.hidden) close(); else open(); });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function () { if (!document.hidden) open(); });
  if (!document.hidden) open();
})();

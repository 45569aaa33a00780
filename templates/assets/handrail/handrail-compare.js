/* The page on which any documents can be compared. Which steps are the same was found when the site was built: each step
   has a key, and here they are only joined by it. Nothing is sent anywhere; the address tells what is chosen. */
(function () {
  "use strict";

  function made(name, attributes, content) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (content !== undefined) element.append(content);
    return element;
  }

  function worded(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? String(values[key]) : whole; });
  }

  function list(found) {
    return Array.prototype.slice.call(found);
  }

  /* ---- which steps stand beside each other ---- */

  /* The longest run that grows: which of the steps that are there already stay in their order. */
  function staying(places) {
    var best = places.map(function () { return 1; });
    var from = places.map(function () { return -1; });
    places.forEach(function (place, at) {
      for (var before = 0; before < at; before++) {
        if (place >= 0 && places[before] >= 0 && places[before] < place && best[before] + 1 > best[at]) {
          best[at] = best[before] + 1;
          from[at] = before;
        }
      }
    });
    var last = -1;
    places.forEach(function (place, at) { if (place >= 0 && (last < 0 || best[at] > best[last])) last = at; });
    var kept = {};
    for (; last >= 0; last = from[last]) kept[last] = true;
    return kept;
  }

  /* Rows of steps with the same key, in an order that keeps every document's own; a step that moved has several rows. */
  function rowsOf(items) {
    var rows = [];
    items.forEach(function (item, column) {
      var places = item.s.map(function (step) { return firstPlace(rows, step[0], -1, rows.length); });
      var kept = staying(places);
      var targets = item.s.map(function (step, at) { return kept[at] ? rows[places[at]] : null; });
      var after = -1;
      item.s.forEach(function (step, at) {
        var next = null;
        for (var later = at + 1; later < targets.length && !next; later++) next = targets[later];
        var end = next ? rows.indexOf(next) : rows.length;
        var row = targets[at] || rows[firstPlace(rows, step[0], after, end)];
        if (!row) {
          row = { key: step[0], cells: [] };
          rows.splice(end, 0, row);
        }
        row.cells[column] = step;
        after = rows.indexOf(row);
      });
    });
    return rows;
  }

  function firstPlace(rows, key, after, end) {
    for (var at = after + 1; at < end; at++) if (rows[at].key === key) return at;
    return -1;
  }

  /* What most of them say; the first of those said equally often. */
  function most(answers) {
    var counts = {};
    var best = null;
    answers.forEach(function (answer) { counts["=" + answer] = (counts["=" + answer] || 0) + 1; });
    answers.forEach(function (answer) { if (best === null || counts["=" + answer] > counts["=" + best]) best = answer; });
    return best;
  }

  function plain(text) {
    return text.toLowerCase().replace(/\s+/g, " ").trim();
  }

  /* ---- the page ---- */

  function Page(root, data) {
    this.root = root;
    this.data = data;
    this.words = JSON.parse(root.dataset.handrailWords);
    this.items = {};
    this.links = {};
    var page = this;
    data.items.forEach(function (item) { page.items[item.i] = item; });
    list(root.querySelectorAll("[data-handrail-document]")).forEach(function (entry) {
      page.links[entry.dataset.handrailDocument] = {
        kind: entry.parentNode.dataset.handrailKind,
        text: entry.textContent.trim(),
        href: entry.querySelector("a") ? entry.querySelector("a").getAttribute("href") : null
      };
    });
    this.chosen = [];
    this.only = false;
  }

  Page.prototype.build = function () {
    var page = this;
    var tool = this.root.querySelector(".handrail-compare-tool");
    tool.textContent = "";
    tool.hidden = false;
    list(this.root.querySelectorAll(".handrail-compare-here")).forEach(function (link) { link.hidden = false; });
    var field = made("fieldset", { class: "handrail-compare-pick" }, made("legend", {}, this.words.pick));
    this.filter = made("input", { type: "search", class: "handrail-filter", placeholder: this.words.filter, "aria-label": this.words.filter });
    this.filter.addEventListener("input", function () { page.narrow(); });
    this.choices = made("div", { class: "handrail-compare-choices", tabindex: "0", role: "group", "aria-label": this.words.pick });
    this.boxes = {};
    Object.keys(this.links).forEach(function (id) { if (page.items[id]) page.choices.append(page.choice(id)); });
    this.status = made("p", { role: "status", class: "handrail-note" });
    field.append(this.filter, this.choices);
    tool.append(field, this.bar(), this.status, this.result = made("div", {}));
    window.addEventListener("hashchange", function () { page.read(); });
    this.read();
  };

  Page.prototype.choice = function (id) {
    var page = this;
    var box = made("input", { type: "checkbox", value: id });
    box.addEventListener("change", function () { page.turn(id, box.checked); });
    this.boxes[id] = box;
    var label = made("label", {}, box);
    label.append(" " + this.links[id].text + " ", made("span", { class: "handrail-note" }, this.links[id].kind));
    return label;
  };

  Page.prototype.bar = function () {
    var page = this;
    var bar = made("div", { class: "handrail-compare-bar" });
    this.onlyBox = made("input", { type: "checkbox" });
    this.onlyBox.addEventListener("change", function () { page.only = page.onlyBox.checked; page.write(); });
    var only = made("label", {}, this.onlyBox);
    only.append(" " + this.words.only);
    var clear = made("button", { type: "button" }, this.words.clear);
    clear.addEventListener("click", function () { page.chosen = []; page.write(); });
    var copy = made("button", { type: "button", title: this.words.address }, this.words.copy);
    copy.addEventListener("click", function () { page.copy(); });
    bar.append(only, clear, copy);
    return bar;
  };

  Page.prototype.copy = function () {
    var page = this;
    function told() { page.status.textContent = page.words.copied; }
    function shown() { page.status.textContent = location.href; }
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(location.href).then(told, shown);
    else shown();
  };

  Page.prototype.narrow = function () {
    var wanted = plain(this.filter.value);
    list(this.choices.children).forEach(function (label) { label.hidden = wanted !== "" && plain(label.textContent).indexOf(wanted) < 0; });
  };

  Page.prototype.turn = function (id, on) {
    this.chosen = this.chosen.filter(function (other) { return other !== id; });
    if (on) this.chosen.push(id);
    this.write();
  };

  /* The address says it all: #items=one,other&differences=only */
  Page.prototype.read = function () {
    var page = this;
    var said = {};
    location.hash.replace(/^#/, "").split("&").forEach(function (part) {
      var at = part.indexOf("=");
      if (at > 0) said[part.slice(0, at)] = part.slice(at + 1);
    });
    if (location.hash && !("items" in said)) return;
    var ids = (said.items || "").split(",").map(function (id) {
      try { return decodeURIComponent(id); } catch (error) { return id; }
    });
    this.chosen = ids.filter(function (id, at) { return page.boxes[id] && ids.indexOf(id) === at; });
    this.only = said.differences === "only";
    this.show();
  };

  Page.prototype.write = function () {
    var hash = "#items=" + this.chosen.map(encodeURIComponent).join(",") + (this.only ? "&differences=only" : "");
    history.replaceState(history.state, "", hash);
    this.show();
  };

  Page.prototype.show = function () {
    var page = this;
    Object.keys(this.boxes).forEach(function (id) { page.boxes[id].checked = page.chosen.indexOf(id) >= 0; });
    this.onlyBox.checked = this.only;
    this.result.textContent = "";
    if (this.chosen.length < 2) { this.status.textContent = this.words.few; return; }
    if (this.chosen.length > this.data.most) {
      this.status.textContent = worded(this.words.too_many, { most: this.data.most });
      return;
    }
    var lines = this.lines(this.chosen.map(function (id) { return page.items[id]; }));
    var differ = lines.filter(function (line) { return line.differs; });
    this.status.textContent = worded(differ.length === 1 ? this.words["count.one"] : this.words["count.many"], { count: differ.length, all: lines.length });
    this.result.append(this.table(this.only ? differ : lines));
  };

  /* Every row: its name, its group, and for each document a cell. */
  Page.prototype.lines = function (items) {
    return this.factLines(items).concat(this.stepLines(items));
  };

  Page.prototype.factLines = function (items) {
    var page = this;
    var names = Object.keys(this.data.labels).filter(function (name) {
      return items.some(function (item) { return name in item.f; });
    });
    var order = [];
    items.forEach(function (item) { Object.keys(item.f).forEach(function (name) { if (order.indexOf(name) < 0) order.push(name); }); });
    names.sort(function (one, other) { return order.indexOf(one) - order.indexOf(other); });
    return names.map(function (name) {
      var usual = most(items.filter(function (item) { return name in item.f; }).map(function (item) { return plain(item.f[name]); }));
      var cells = items.map(function (item) {
        if (!(name in item.f)) return { absent: page.words.absent };
        return { text: item.f[name], href: page.links[item.i].href, differs: plain(item.f[name]) !== usual };
      });
      return line(page.data.labels[name], page.words.facts, cells);
    });
  };

  function line(label, group, cells) {
    return { label: label, group: group, cells: cells, differs: cells.some(function (cell) { return cell.absent || cell.differs; }) };
  }

  Page.prototype.stepLines = function (items) {
    var page = this;
    var rows = rowsOf(items);
    return rows.map(function (row, number) {
      var steps = row.cells.filter(Boolean);
      var said = page.saidOtherwise(rows, row.key);
      var usual = most(steps.map(function (step) { return plain(step[3]); }));
      var cells = items.map(function (item, column) { return page.stepCell(rows, row, item, column, usual, said); });
      return line(number + 1 + ". " + steps[0][3], page.words.steps, cells);
    });
  };

  /* What the steps of one key say beside their words, where they do not all say the same: name, and what most say. */
  Page.prototype.saidOtherwise = function (rows, key) {
    var steps = [];
    rows.forEach(function (row) { if (row.key === key) steps = steps.concat(row.cells.filter(Boolean)); });
    var found = {};
    Object.keys(this.data.said).forEach(function (name) {
      var answers = steps.map(function (step) { return (step[4] && step[4][name]) || ""; });
      if (answers.some(function (answer) { return answer !== answers[0]; })) found[name] = most(answers);
    });
    return found;
  };

  Page.prototype.stepCell = function (rows, row, item, column, usual, said) {
    var page = this;
    var step = row.cells[column];
    if (!step) {
      for (var at = 0; at < rows.length; at++) {
        if (rows[at].key === row.key && rows[at].cells[column]) return { text: worded(this.words.elsewhere, { row: at + 1 }), moved: true, differs: true };
      }
      return { absent: this.words.no_step };
    }
    var more = Object.keys(said).map(function (name) {
      var answer = (step[4] && step[4][name]) || "";
      return { text: page.data.said[name] + ": " + (answer || page.words.absent), differs: answer !== said[name] };
    });
    var home = this.links[item.i].href;
    return {
      text: (step[1] ? step[1] + ". " : "") + step[3],
      href: home === null ? null : home.split("#")[0] + "#" + step[2],
      more: more.map(function (one) { return one.text; }),
      differs: plain(step[3]) !== usual || more.some(function (one) { return one.differs; })
    };
  };

  Page.prototype.table = function (lines) {
    var page = this;
    var table = made("table", { class: "handrail-grid" });
    table.append(made("caption", {}, this.words.region));
    var head = made("tr", {}, made("th", { scope: "col" }, this.words.row));
    this.chosen.forEach(function (id) { head.append(made("th", { scope: "col" }, page.linked(page.links[id].text, page.links[id].href))); });
    table.append(made("thead", {}, head));
    var body = null;
    var group = null;
    lines.forEach(function (one) {
      if (one.group !== group) {
        group = one.group;
        body = made("tbody");
        var row = made("tr", { class: "handrail-group" });
        row.append(made("th", { scope: "rowgroup", colspan: String(page.chosen.length + 1) }, group));
        body.append(row);
        table.append(body);
      }
      body.append(page.row(one));
    });
    var region = made("div", { class: "handrail-table", role: "region", tabindex: "0", "aria-label": this.words.region, "data-handrail": "table" }, table);
    region.handrailReady = true;
    return made("div", { class: "handrail-comparison" }, region);
  };

  Page.prototype.row = function (one) {
    var page = this;
    var row = made("tr", {}, made("th", { scope: "row" }, one.label));
    one.cells.forEach(function (cell, column) {
      var box = made("td", { "data-label": page.links[page.chosen[column]].text });
      if (cell.absent) {
        box.dataset.handrailMark = "absent";
        box.append(made("span", { class: "handrail-missing" }, cell.absent));
      } else {
        if (cell.differs) {
          box.dataset.handrailMark = cell.moved ? "moved" : "different";
          box.append(page.sign(cell.moved ? "⇅" : "≠", cell.moved ? page.words.moves : page.words.different), " ");
        }
        box.append(page.linked(cell.text, cell.href));
        (cell.more || []).forEach(function (text) { box.append(made("br"), text); });
      }
      row.append(box);
    });
    return row;
  };

  Page.prototype.sign = function (sign, text) {
    return made("span", { class: "handrail-sign", role: "img", "aria-label": text, title: text }, sign);
  };

  Page.prototype.linked = function (text, href) {
    return href ? made("a", { href: href }, text) : document.createTextNode(text);
  };

  function mount() {
    var root = document.querySelector('[data-handrail="compare"]');
    if (!root || !window.handrailComparison || root.handrailReady) return;
    root.handrailReady = true;
    new Page(root, window.handrailComparison).build();
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(mount);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
})();

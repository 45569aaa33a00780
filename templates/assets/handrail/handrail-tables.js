/* Comfort for tables: sort, filter, choose columns, and say what is overdue by the reader's clock. Nothing here is needed
   to read a table; nothing is sent anywhere. */
(function () {
  "use strict";

  var MANY_ROWS = 8;
  var MANY_COLUMNS = 4;
  var collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: "base" });

  function made(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function worded(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (whole, key) {
      return key in values ? String(values[key]) : whole;
    });
  }

  function list(found) {
    return Array.prototype.slice.call(found);
  }

  /* A table, and its copies for paper: what is done to the one is done to all of them. */
  function Grid(region) {
    this.region = region;
    this.words = JSON.parse(region.dataset.handrailWords);
    this.tables = [region.querySelector("table")];
    for (var next = region.nextElementSibling; next && next.classList.contains("handrail-sheet"); next = next.nextElementSibling) {
      this.tables.push(next.querySelector("table"));
    }
    this.heads = list(this.tables[0].tHead.rows[0].cells);
    this.titles = this.heads.map(function (head) { return head.textContent.trim(); });
    this.bodies = this.tables.map(function (table) { return list(table.tBodies).map(dataRows); });
    this.rows = [].concat.apply([], this.bodies[0]);
    this.sorted = { column: -1, down: false };
    this.gone = {};
  }

  function dataRows(body) {
    return list(body.rows).filter(function (row) { return !row.classList.contains("handrail-group"); });
  }

  function valueOf(cell) {
    return cell ? cell.dataset.sort || cell.textContent.trim() : "";
  }

  /* ---- sort ---- */

  Grid.prototype.sort = function (column, down) {
    var grid = this;
    this.sorted = { column: column, down: down };
    this.bodies[0].forEach(function (rows, number) {
      var order = rows.map(function (row, place) { return place; });
      if (column >= 0) order.sort(function (one, other) { return grid.compared(rows[one], rows[other]) || one - other; });
      grid.bodies.forEach(function (bodies, copy) {
        var body = grid.tables[copy].tBodies[number];
        order.forEach(function (place) { body.append(bodies[number][place]); });
      });
    });
    this.showSorted();
  };

  /* What says nothing stands last, whichever way the rows go. */
  Grid.prototype.compared = function (one, other) {
    var first = valueOf(one.cells[this.sorted.column]);
    var second = valueOf(other.cells[this.sorted.column]);
    var empty = { "": true, "–": true };
    if (empty[first] || empty[second]) return (empty[first] ? 1 : 0) - (empty[second] ? 1 : 0);
    return collator.compare(first, second) * (this.sorted.down ? -1 : 1);
  };

  Grid.prototype.showSorted = function () {
    var grid = this;
    this.heads.forEach(function (head, column) {
      if (column !== grid.sorted.column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", grid.sorted.down ? "descending" : "ascending");
    });
    if (this.order) this.order.value = this.sorted.column + (this.sorted.down ? "d" : "");
  };

  Grid.prototype.addSorters = function () {
    var grid = this;
    this.heads.forEach(function (head, column) {
      var button = made("button", { type: "button", class: "handrail-sorter" });
      if (head.querySelector("a")) {
        button.setAttribute("aria-label", worded(grid.words.sort, { column: grid.titles[column] }));
        head.append(" ", button);
      } else {
        button.append.apply(button, list(head.childNodes));
        head.append(button);
      }
      button.addEventListener("click", function () { grid.turn(column); });
    });
  };

  /* Up, then down, then as it was. */
  Grid.prototype.turn = function (column) {
    var same = this.sorted.column === column;
    this.sort(same && this.sorted.down ? -1 : column, same && !this.sorted.down);
  };

  Grid.prototype.orderChoice = function () {
    var grid = this;
    var label = made("label", { class: "handrail-order-by" }, this.words.order + " ");
    this.order = made("select");
    this.order.append(made("option", { value: "-1" }, this.words.unsorted));
    this.titles.forEach(function (title, column) {
      grid.order.append(made("option", { value: String(column) }, title + " ↑"), made("option", { value: column + "d" }, title + " ↓"));
    });
    this.order.addEventListener("change", function () { grid.sort(parseInt(grid.order.value, 10), /d$/.test(grid.order.value)); });
    label.append(this.order);
    return label;
  };

  /* ---- filter ---- */

  Grid.prototype.filterField = function () {
    var grid = this;
    var input = made("input", { type: "search", class: "handrail-filter", placeholder: this.words.filter, "aria-label": this.words.filter });
    input.addEventListener("input", function () { grid.filter(input.value); });
    return input;
  };

  Grid.prototype.filter = function (text) {
    var wanted = text.trim().toLocaleLowerCase();
    var shown = 0;
    var grid = this;
    this.bodies[0].forEach(function (rows, number) {
      var left = 0;
      rows.forEach(function (row, place) {
        var hidden = row.textContent.toLocaleLowerCase().indexOf(wanted) < 0;
        grid.bodies.forEach(function (bodies) { bodies[number][place].hidden = hidden; });
        if (!hidden) left += 1;
      });
      grid.tables.forEach(function (table) { table.tBodies[number].hidden = !left; });
      shown += left;
    });
    this.status.textContent = wanted ? worded(this.words.shown, { shown: shown, all: this.rows.length }) : "";
  };

  /* ---- columns ---- */

  Grid.prototype.columnChoice = function () {
    var grid = this;
    var whole = made("div", { class: "handrail-columns" });
    var box = made("div", { role: "group", "aria-label": this.words.columns });
    var button = made("button", { type: "button", "aria-expanded": "false" }, this.words.columns);
    function open(yes) {
      box.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
    }
    this.heads.slice(1).forEach(function (head, place) {
      var label = made("label");
      var input = made("input", { type: "checkbox" });
      input.checked = true;
      input.addEventListener("change", function () { grid.choose(head.dataset.key, input.checked); });
      label.append(input, " " + grid.titles[place + 1]);
      box.append(label);
    });
    button.addEventListener("click", function () { open(box.hidden); });
    whole.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || box.hidden) return;
      open(false);
      button.focus();
    });
    document.addEventListener("click", function (event) {
      if (!whole.contains(event.target)) open(false);
    });
    open(false);
    whole.append(button, box);
    return whole;
  };

  Grid.prototype.choose = function (key, shown) {
    this.gone[key] = !shown;
    var gone = this.gone;
    this.tables.forEach(function (table) {
      var keys = list(table.tHead.rows[0].cells).map(function (cell) { return cell.dataset.key; });
      list(table.rows).forEach(function (row) {
        if (row.classList.contains("handrail-group")) return;
        list(row.cells).forEach(function (cell, place) { cell.hidden = Boolean(gone[keys[place]]); });
      });
      var rest = keys.slice(1).filter(function (name) { return !gone[name]; });
      if (table.parentNode.classList.contains("handrail-sheet")) table.parentNode.hidden = !rest.length;
    });
  };

  /* ---- around the table ---- */

  Grid.prototype.addTools = function () {
    var many = this.rows.length > MANY_ROWS;
    // What is there to be seen at a glance has the columns that it needs.
    var wide = this.heads.length > MANY_COLUMNS && !this.region.closest('[data-handrail="glance"]');
    var ordered = "handrailOrdered" in this.region.dataset;
    if (this.rows.length > 2 && !ordered) this.addSorters();
    if (!many && !wide) return;
    var tools = made("div", { class: "handrail-table-tools", "data-handrail": "table-tools" });
    this.status = made("span", { role: "status", class: "handrail-note" });
    if (many) tools.append(this.filterField());
    if (many && !ordered) tools.append(this.orderChoice());
    if (many) tools.append(this.status);
    if (wide) tools.append(this.columnChoice());
    this.region.before(tools);
  };

  /* ---- what is overdue ---- */

  function today() {
    var now = new Date();
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function judges(day) {
    if (day.getAttribute("datetime") >= today()) return;
    day.classList.add("handrail-overdue");
    day.append(made("span", { class: "handrail-overdue-word" }, " " + day.dataset.handrailDue));
  }

  /* ---- each page, also those that the theme loads in place ---- */

  function fresh(selector) {
    return list(document.querySelectorAll(selector)).filter(function (element) {
      if (element.handrailReady) return false;
      element.handrailReady = true;
      return true;
    });
  }

  function mount() {
    fresh("[data-handrail-due]").forEach(judges);
    fresh('[data-handrail="table"]').forEach(function (region) { new Grid(region).addTools(); });
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(mount);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
})();

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

  /* ---- word by word ---- */

  var MOST_WORDS = 160;

  function alike(before, after) {
    var counts = {};
    var shared = 0;
    before.forEach(function (word) { counts["=" + word] = (counts["=" + word] || 0) + 1; });
    after.forEach(function (word) { if (counts["=" + word] > 0) { counts["=" + word] -= 1; shared += 1; } });
    return 4 * shared >= before.length + after.length;
  }

  /* Runs of words: those of both texts, those that only the first has (del), those that it lacks (ins). */
  function wordRuns(first, second) {
    var before = first.split(" ");
    var after = second.split(" ");
    if (before.length > MOST_WORDS || after.length > MOST_WORDS || !alike(before, after)) return [["", second]];
    var common = before.map(function () { return new Array(after.length + 1).fill(0); });
    common.push(new Array(after.length + 1).fill(0));
    for (var row = before.length - 1; row >= 0; row--) {
      for (var column = after.length - 1; column >= 0; column--) {
        common[row][column] = before[row] === after[column]
          ? common[row + 1][column + 1] + 1 : Math.max(common[row + 1][column], common[row][column + 1]);
      }
    }
    return runs(before, after, common);
  }

  function runs(before, after, common) {
    var found = [];
    var gone = [];
    var come = [];
    function put(look, words) {
      if (!words.length) return;
      if (found.length && found[found.length - 1][0] === look) found[found.length - 1][1] += " " + words.join(" ");
      else found.push([look, words.join(" ")]);
    }
    function settle() {
      put("del", gone);
      put("ins", come);
      gone = [];
      come = [];
    }
    var row = 0;
    var column = 0;
    while (row < before.length || column < after.length) {
      if (row < before.length && column < after.length && before[row] === after[column]) {
        settle();
        put("", [before[row]]);
        row += 1;
        column += 1;
      } else if (column >= after.length || (row < before.length && common[row + 1][column] >= common[row][column + 1])) {
        gone.push(before[row++]);
      } else {
        come.push(after[column++]);
      }
    }
    settle();
    return found;
  }

  function plain(text) {
    return text.toLowerCase().replace(/\s+/g, " ").trim();
  }

  /* ---- the page ---- */

  function Page(root, data) {
    this.root = root;
    this.data = data;
    this.words = JSON.parse(root.dataset.handrailWords);
    this.items = Object.create(null);
    this.names = Object.create(null);
    this.links = Object.create(null);
    this.texts = Object.assign(Object.create(null), window.handrailTexts);
    var page = this;
    data.items.forEach(function (item) {
      page.items[item.i] = item;
      (item.a || []).forEach(function (former) { page.names[former.toLowerCase()] = item.i; });
    });
    data.items.forEach(function (item) { page.names[item.i.toLowerCase()] = item.i; });
    list(root.querySelectorAll("[data-handrail-document]")).forEach(function (entry) {
      page.links[entry.dataset.handrailDocument] = {
        kind: entry.parentNode.dataset.handrailKind,
        text: entry.textContent.trim().replace(/\s+/g, " "),
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
    this.boxes = Object.create(null);
    Object.keys(this.links).forEach(function (id) { if (page.items[id]) page.choices.append(page.choice(id)); });
    this.status = made("p", { role: "status", class: "handrail-note" });
    field.append(this.filter, this.choices);
    this.picked = made("ul", { class: "handrail-compare-chosen", "aria-label": this.words.pick });
    tool.append(field, this.picked, this.bar(), this.status, this.result = made("div", {}));
    window.addEventListener("hashchange", function () { page.read(); });
    this.read();
  };

  Page.prototype.choice = function (id) {
    var page = this;
    var box = made("input", { type: "checkbox", value: id });
    box.addEventListener("change", function () { page.turn(id, box.checked); });
    this.boxes[id] = box;
    var text = made("span", {}, this.links[id].text + " ");
    text.append(made("span", { class: "handrail-note" }, this.links[id].kind));
    var label = made("label", {}, box);
    label.append(text);
    return label;
  };

  /* What is chosen, in the order of the columns; each can be left out again. */
  Page.prototype.tellChosen = function () {
    var page = this;
    this.picked.textContent = "";
    this.picked.hidden = !this.chosen.length;
    this.chosen.forEach(function (id, place) {
      var title = page.links[id].text;
      var button = made("button", { type: "button", "aria-label": worded(page.words.drop, { title: title }) }, title + " ");
      button.append(made("span", { "aria-hidden": "true" }, "×"));
      button.addEventListener("click", function () {
        page.turn(id, false);
        var left = page.picked.querySelectorAll("button");
        (left[Math.min(place, left.length - 1)] || page.filter).focus();
      });
      page.picked.append(made("li", {}, button));
    });
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
      try { return page.idOf(decodeURIComponent(id)); } catch (error) { return id; }
    });
    this.chosen = ids.filter(function (id, at) { return page.boxes[id] && ids.indexOf(id) === at; });
    this.only = said.differences === "only";
    this.show();
  };

  /* An id in any case, or a former one, as links in old mails have it; what is an id stays one. */
  Page.prototype.idOf = function (name) {
    return this.items[name] ? name : this.names[name.toLowerCase()] || name;
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
    this.tellChosen();
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
    return this.factLines(items).concat(this.textLines(items), this.stepLines(items));
  };

  /* What follows from a page counts where documents of different kinds are compared, or where another one states it. */
  Page.prototype.factLines = function (items) {
    var page = this;
    var mixed = items.some(function (item) { return item.d.kind !== items[0].d.kind; });
    var order = [];
    items.forEach(function (item) {
      Object.keys(mixed ? item.d : {}).concat(Object.keys(item.f)).forEach(function (name) { if (order.indexOf(name) < 0) order.push(name); });
    });
    return order.map(function (name) {
      var said = items.map(function (item) { return name in item.f ? item.f[name] : item.d[name]; });
      var usual = most(said.filter(function (text) { return text !== undefined; }));
      var cells = items.map(function (item, column) {
        var text = said[column];
        if (text === undefined) return { absent: page.words.absent };
        return { text: text, href: page.links[item.i].href, differs: plain(text) !== plain(usual) };
      });
      return line(page.data.labels[name], page.words.facts, cells);
    });
  };

  /* What stands around the steps, by its headings: key, title, beginning of the text, and a number for all of it. */
  Page.prototype.textLines = function (items) {
    var page = this;
    var order = [];
    var titles = {};
    var own = items.map(function (item) {
      var found = {};
      (page.texts[item.i] || []).forEach(function (text) {
        found["=" + text[0]] = text;
        titles["=" + text[0]] = titles["=" + text[0]] || text[1];
      });
      mergeInto(order, Object.keys(found));
      return found;
    });
    return order.map(function (key) {
      var usual = most(own.filter(function (found) { return found[key]; }).map(function (found) { return found[key][3]; }));
      var first = own.filter(function (found) { return found[key] && String(found[key][3]) === String(usual); })[0][key];
      var cells = items.map(function (item, column) {
        var text = own[column][key];
        if (!text) return { absent: page.words.no_section };
        var differs = text[3] !== first[3];
        return { text: text[2], href: page.links[item.i].href, differs: differs, runs: differs && whole(text[2]) && whole(first[2]) ? wordRuns(first[2], text[2]) : null };
      });
      return line(titles[key], page.words.sections, cells);
    });
  };

  function whole(text) {
    return text.slice(-1) !== "…";
  }

  /* New keys go before the next one that both have, else to the end. */
  function mergeInto(order, keys) {
    var after = 0;
    keys.forEach(function (key, place) {
      if (order.indexOf(key) < 0) {
        var next = keys.slice(place).filter(function (other) { return order.indexOf(other) >= 0; })[0];
        order.splice(Math.max(after, next === undefined ? order.length : order.indexOf(next)), 0, key);
      }
      after = order.indexOf(key) + 1;
    });
  }

  function line(label, group, cells) {
    return { label: label, group: group, cells: cells, differs: cells.some(function (cell) { return cell.absent || cell.differs; }) };
  }

  Page.prototype.stepLines = function (items) {
    var page = this;
    var rows = rowsOf(items);
    return rows.map(function (row, number) {
      var steps = row.cells.filter(Boolean);
      var said = page.saidOtherwise(rows, row.key);
      var usual = page.usualSentence(rows, row.key);
      var cells = items.map(function (item, column) { return page.stepCell(rows, row, item, column, usual, said); });
      return line(number + 1 + ". " + beginning(steps[0][3]), page.words.steps, cells);
    });
  };

  function beginning(text) {
    return text.length <= 60 ? text : text.slice(0, 60).replace(/\s+\S*$/, "") + " …";
  }

  /* The sentence that most steps of one key have, those that moved too. */
  Page.prototype.usualSentence = function (rows, key) {
    var steps = stepsOf(rows, key);
    var usual = most(steps.map(function (step) { return plain(step[3]); }));
    return steps.filter(function (step) { return plain(step[3]) === usual; })[0][3];
  };

  /* The steps of one key, in the order of the documents. */
  function stepsOf(rows, key) {
    var found = [];
    rows.forEach(function (row) {
      if (row.key === key) row.cells.forEach(function (step, column) { if (step) found.push([column, step]); });
    });
    return found.sort(function (one, other) { return one[0] - other[0]; }).map(function (pair) { return pair[1]; });
  }

  /* What the steps of one key say beside their words, where they do not all say the same: name, and what most say. */
  Page.prototype.saidOtherwise = function (rows, key) {
    var steps = stepsOf(rows, key);
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
      return { answer: answer, text: page.data.said[name] + ": " + (answer || page.words.absent), differs: answer !== said[name] };
    }).filter(function (one) { return one.answer || one.differs; });
    var differs = plain(step[3]) !== plain(usual);
    var number = step[1] ? step[1] + ". " : "";
    var home = this.links[item.i].href;
    return {
      text: number + step[3],
      runs: differs ? [["", number.trim()]].concat(wordRuns(usual, step[3])) : null,
      href: home === null ? null : home.split("#")[0] + "#" + step[2],
      more: more.map(function (one) { return one.text; }),
      differs: differs || more.some(function (one) { return one.differs; })
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
        row.append(made("th", { scope: "rowgroup", colspan: String(page.chosen.length + 1) }, made("span", {}, group)));
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
        box.append(page.linked(cell.runs ? inRuns(cell.runs) : cell.text, cell.href));
        (cell.more || []).forEach(function (text) { box.append(made("br"), text); });
      }
      row.append(box);
    });
    return row;
  };

  function inRuns(found) {
    var whole = document.createDocumentFragment();
    found.forEach(function (run, place) {
      if (place) whole.append(" ");
      whole.append(run[0] ? made(run[0], {}, run[1]) : run[1]);
    });
    return whole;
  }

  Page.prototype.sign = function (sign, text) {
    return made("span", { class: "handrail-sign", role: "img", "aria-label": text, title: text }, sign);
  };

  Page.prototype.linked = function (text, href) {
    return href ? made("a", { href: href }, text) : typeof text === "string" ? document.createTextNode(text) : text;
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

/* Comfort for readers: a run with tick boxes, links to copy. Nothing here is needed to read
   a page; nothing is sent anywhere. */
(function () {
  "use strict";

  var live = [];

  function made(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      element.setAttribute(key, attributes[key]);
    });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function worded(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (whole, key) {
      return key in values ? String(values[key]) : whole;
    });
  }

  /* ---- what is remembered ---- */

  var memory = {};

  function recalled(key) {
    try {
      var text = window.localStorage.getItem(key);
      return text === null ? memory[key] || null : JSON.parse(text);
    } catch (error) {
      return memory[key] || null;
    }
  }

  function remembers(key, value) {
    memory[key] = value;
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch (error) {
      return false;
    }
  }

  function sound(state) {
    return state && typeof state.hash === "string" && Array.isArray(state.done) ? state : null;
  }

  /* ---- a run ---- */

  function stepsOf(id) {
    var found = [];
    document.querySelectorAll('[data-handrail="step-foot"]').forEach(function (mark) {
      if (mark.dataset.handrailDocument === id) found.push(stepAt(mark));
    });
    return found.filter(Boolean);
  }

  /* The foot of a step stands in its item or row, or in the line behind its heading. */
  function stepAt(mark) {
    var line = mark.closest('[data-handrail="step-line"]');
    var host = line ? line.previousElementSibling : mark.closest('[data-handrail="step"]') || mark.closest("li, tr");
    return host && { id: mark.dataset.handrailStep, host: host, name: mark.dataset.handrailName };
  }

  function placeOf(host) {
    if (host.tagName === "TR") return host.querySelector("td, th") || host;
    var first = host.firstElementChild;
    return first && first.tagName === "P" && host.tagName === "LI" ? first : host;
  }

  /* Behind the warnings, so that the box stands at the action. */
  function putBefore(place, label) {
    var warnings = place.querySelectorAll(":scope > .handrail-step-head > .handrail-warning");
    if (warnings.length) warnings[warnings.length - 1].after(label);
    else place.prepend(label);
  }

  function Run(block) {
    this.block = block;
    this.words = JSON.parse(block.dataset.handrailWords);
    this.hash = block.dataset.handrailHash;
    this.key = ["handrail", "run", block.dataset.handrailHandbook, block.dataset.handrailDocument].join(":");
    this.steps = stepsOf(block.dataset.handrailDocument);
    this.state = sound(recalled(this.key));
    this.kept = true;
    this.boxes = {};
    this.asks = null;
    this.refused = false;
    this.bar = null;
  }

  Run.prototype.save = function () {
    this.kept = remembers(this.key, this.state);
  };

  Run.prototype.begin = function () {
    this.state = { hash: this.hash, begun: new Date().toISOString(), done: [] };
    this.save();
    this.show();
    var first = this.steps[0] && this.boxes[this.steps[0].id];
    if (first) first.focus();
  };

  Run.prototype.load = function () {
    var run = this;
    window.handrailRunFiles.load(run, function (state) {
      run.refused = state === null;
      if (state !== null) {
        run.state = state;
        run.save();
      }
      run.show();
      run.focus(state === null ? "load" : "reset");
    });
  };

  Run.prototype.end = function () {
    this.state = null;
    this.save();
    this.show();
    this.focus("begin");
  };

  Run.prototype.keep = function () {
    var ids = this.steps.map(function (step) { return step.id; });
    this.state.hash = this.hash;
    this.state.done = this.state.done.filter(function (id) { return ids.indexOf(id) >= 0; });
    this.save();
    this.show();
    this.focus("reset");
  };

  Run.prototype.tick = function (id, checked) {
    var others = this.state.done.filter(function (other) { return other !== id; });
    this.state.done = checked ? others.concat(id) : others;
    this.save();
    this.show();
  };

  Run.prototype.focus = function (name) {
    var button = this.block.querySelector('[data-handrail-do="' + name + '"]');
    if (button) button.focus();
  };

  Run.prototype.button = function (name, then) {
    var button = made("button", { type: "button", "data-handrail-do": name }, this.words[name]);
    button.addEventListener("click", then);
    return button;
  };

  Run.prototype.show = function () {
    if (!this.steps.length) return;
    this.block.hidden = false;
    this.block.toggleAttribute("data-handrail-running", this.state !== null);
    if (this.state === null) this.showIdle();
    else this.showRunning();
    this.showBoxes();
  };

  Run.prototype.showIdle = function () {
    var run = this;
    this.bar = null;
    this.block.replaceChildren();
    this.block.removeAttribute("role");
    this.block.removeAttribute("aria-label");
    this.block.append(this.button("begin", function () { run.begin(); }));
    if (window.handrailRunFiles) this.block.append(this.button("load", function () { run.load(); }));
    if (this.refused) this.block.append(made("p", { class: "handrail-note", role: "status" }, this.words.wrong));
  };

  Run.prototype.showRunning = function () {
    var run = this;
    var done = this.done().length;
    var words = this.words;
    var all = this.steps.length;
    var text = worded(words.progress, { done: done, all: all }) + (done === all ? " " + words.done : "");
    this.block.setAttribute("role", "group");
    this.block.setAttribute("aria-label", worded(words.label, { title: this.block.dataset.handrailTitle }));
    var rest = made("div");
    this.say(text, done, all);
    if (this.asks) {
      rest.append(made("p", {}, words.sure));
      rest.append(this.button("yes", function () { run.answer(true); }));
      rest.append(this.button("no", function () { run.answer(false); }));
    } else {
      rest.append(this.button("reset", function () { run.ask("reset", done > 0); }));
      rest.append(this.button("end", function () { run.ask("end", done > 0 && done < all); }));
      if (window.handrailRunFiles) rest.append(this.button("save", function () { window.handrailRunFiles.save(run); }));
    }
    rest.append(made("p", { class: "handrail-note" }, worded(words.begun, { when: this.when() }) + ". " + words.aid));
    if (!this.kept) rest.append(made("p", { class: "handrail-note" }, words.forgetful));
    if (this.state.hash !== this.hash) rest.append(this.changed());
    if (this.bar.nextSibling) this.bar.nextSibling.replaceWith(rest);
    else this.bar.after(rest);
  };

  /* How far the run is stands in the same element all the time, so that a change is read aloud. */
  Run.prototype.say = function (text, done, all) {
    if (!this.bar) {
      this.bar = made("div", { class: "handrail-bar" });
      this.bar.append(made("p", { role: "status" }), made("progress", { max: all }));
      this.block.replaceChildren(this.bar);
    }
    if (this.bar.firstChild.textContent !== text) this.bar.firstChild.textContent = text;
    this.bar.lastChild.value = done;
    this.bar.lastChild.setAttribute("aria-label", text);
  };

  /* Ticks that would be lost are not thrown away by one click. */
  Run.prototype.ask = function (what, first) {
    this.asks = what;
    if (!first) return this.answer(true);
    this.show();
    this.focus("no");
  };

  Run.prototype.answer = function (yes) {
    var what = this.asks;
    this.asks = null;
    if (!yes) {
      this.show();
      return this.focus(what);
    }
    if (what === "end") this.end();
    else this.begin();
  };

  Run.prototype.changed = function () {
    var run = this;
    var gone = this.state.done.length - this.done().length;
    var note = made("p", { class: "handrail-changed", role: "status", "data-handrail": "changed" }, this.words.changed + " ");
    if (gone) note.append(worded(this.words.gone, { count: gone }) + " ");
    note.append(this.button("keep", function () { run.keep(); }));
    return note;
  };

  Run.prototype.done = function () {
    var run = this;
    return this.steps.filter(function (step) { return run.state.done.indexOf(step.id) >= 0; });
  };

  Run.prototype.when = function () {
    var day = new Date(this.state.begun);
    if (isNaN(day)) return "";
    return day.toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
  };

  Run.prototype.showBoxes = function () {
    var run = this;
    this.steps.forEach(function (step) {
      var box = run.boxes[step.id];
      if (run.state === null) {
        if (box) box.closest('label').remove();
        delete run.boxes[step.id];
        step.host.classList.remove("handrail-done");
        return;
      }
      if (!box) box = run.boxes[step.id] = run.box(step);
      box.checked = run.state.done.indexOf(step.id) >= 0;
      step.host.classList.toggle("handrail-done", box.checked);
    });
  };

  Run.prototype.box = function (step) {
    var run = this;
    var label = made("label", { class: "handrail-tick", "data-handrail": "tick" });
    var box = made("input", { type: "checkbox", "aria-label": worded(this.words.tick, { step: step.name }) });
    box.addEventListener("change", function () { run.tick(step.id, box.checked); });
    label.append(box);
    putBefore(placeOf(step.host), label);
    return box;
  };

  window.addEventListener("storage", function (event) {
    live.forEach(function (run) {
      if ((event.key !== run.key && event.key !== null) || !run.block.isConnected) return;
      if (event.newValue === null) delete memory[run.key];  // ended in another tab, or all was cleared
      run.state = sound(recalled(run.key));
      run.show();
    });
  });

  /* ---- links to copy ---- */

  function copies(link, word) {
    link.addEventListener("click", function () {
      if (!navigator.clipboard || !word) return;
      navigator.clipboard.writeText(link.href).then(function () {
        var note = made("span", { class: "handrail-copied", role: "status" }, word);
        link.after(note);
        setTimeout(function () { note.remove(); }, 2000);
      }, function () { /* the address bar has the link too */ });
    });
  }

  /* ---- each page, also those that the theme loads in place ---- */

  function fresh(selector) {
    return Array.prototype.filter.call(document.querySelectorAll(selector), function (element) {
      if (element.handrailReady) return false;
      element.handrailReady = true;
      return true;
    });
  }

  function mount() {
    live = live.filter(function (run) { return run.block.isConnected; });
    fresh('[data-handrail="run"]').forEach(function (block) {
      var run = new Run(block);
      live.push(run);
      run.show();
    });
    var head = document.querySelector("[data-handrail-copied]");
    fresh(".handrail-permalink").forEach(function (link) { copies(link, head && head.dataset.handrailCopied); });
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(mount);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
})();

/* A run as a small text file that people can read: to keep it, to mail it, to go on with it on another machine. It is
   bound to one version of the steps, and says that it is an unsigned aid and no record. Nothing is sent anywhere. */
(function () {
  "use strict";

  var MOST = 200000;

  function oneLine(text) {
    return String(text || "").replace(/\s+/g, " ").trim();
  }

  /* What the file of a run says. */
  function text(run) {
    var block = run.block.dataset;
    var facts = [
      ["handrail-run", "1"],
      ["handbook", block.handrailHandbook],
      ["document", block.handrailDocument],
      ["revision", block.handrailRevision],
      ["steps", run.state.hash],
      ["begun", run.state.begun],
      ["saved", new Date().toISOString()]
    ].filter(function (fact) { return fact[1]; });
    return [run.words.aid, oneLine(run.words.label.replace("{title}", block.handrailTitle)), ""]
      .concat(facts.map(function (fact) { return fact[0] + ": " + oneLine(fact[1]); }), [""])
      .concat(run.steps.map(function (step) {
        return "[" + (run.state.done.indexOf(step.id) >= 0 ? "x" : " ") + "] " + step.id + "  " + oneLine(step.name);
      }), [""])
      .join("\n");
  }

  /* The state that a file holds for a run; null where it is no file of this procedure's runs. */
  function state(said, run) {
    var facts = {};
    var done = [];
    if (said.length > MOST) return null;
    said.split(/\r?\n/).forEach(function (line) {
      var fact = /^([a-z-]+): (.*)$/.exec(line);
      var ticked = /^\[([ xX])\] (\S+)/.exec(line);
      if (fact && !(fact[1] in facts)) facts[fact[1]] = fact[2].trim();
      if (ticked && ticked[1] !== " " && done.indexOf(ticked[2]) < 0) done.push(ticked[2]);
    });
    if (facts["handrail-run"] !== "1" || facts.document !== run.block.dataset.handrailDocument || !facts.steps) return null;
    var begun = new Date(facts.begun || "");
    return { hash: facts.steps, begun: isNaN(begun) ? "" : begun.toISOString(), done: done };
  }

  function save(run) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text(run)], { type: "text/plain;charset=utf-8" }));
    link.download = "run-" + run.block.dataset.handrailDocument.replace(/[^\w.-]+/g, "-") + ".txt";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  /* Ask for a file; `then` is told the state that it holds. */
  function load(run, then) {
    var input = document.createElement("input");
    input.type = "file";
    input.accept = ".txt,text/plain";
    input.addEventListener("change", function () {
      var file = input.files[0];
      if (!file) return;
      if (file.size > MOST * 4) return then(null);
      file.text().then(function (said) { then(state(said, run)); });
    });
    input.click();
  }

  window.handrailRunFiles = { text: text, state: state, save: save, load: load };
})();

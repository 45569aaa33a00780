// Read BPMN files by bpmn-moddle, judge them by bpmnlint's recommended rules, and print what was found as JSON.
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";

const found = {};
for (const file of process.argv.slice(2)) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(readFileSync(file, "utf8"));
  const linter = new Linter({ config: { extends: "bpmnlint:recommended" }, resolver: new NodeResolver() });
  const reports = Object.entries(await linter.lint(rootElement));
  const lines = reports.flatMap(([rule, all]) => all.map((report) => `${rule}: ${report.id}: ${report.message}`));
  const said = [...warnings.map((warning) => `moddle: ${warning.message}`), ...lines];
  if (said.length) found[file] = said;
}
console.log(JSON.stringify(found));

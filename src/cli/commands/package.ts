import path from "node:path";
import type { PackageAnswer } from "../../answers/index.ts";
import { codeCompilers } from "../../dev/index.ts";
import { exitCodes } from "../../errors/index.ts";
import {
  explainModule,
  kilobytes,
  loadService,
  type PackagedService,
  packageService,
  type Step,
  type WhyAnswer,
} from "../../package/index.ts";
import { fileExists, slashed } from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { textWidth } from "../layout/fold.ts";
import { shortPath } from "../short-path.ts";
import { stepText } from "../step-text.ts";
import { createStyle, type Style } from "../style.ts";
import { toolkitVersion } from "../toolkit-version.ts";

export const packageCommand: Command = {
  name: "package",
  summary: "turn each function into a zip, and prove what is inside",
  description:
    "Bundles each function with all that it needs and writes FUNCTION-SHA256.zip, with its source maps beside it, artifacts.json (what is inside each zip, and why), a CycloneDX bill of materials and the licences. The same source gives the same bytes, on every machine. A circular import, a development dependency, what looks like a secret, or a zip over maxPackageSizeKb is an error, and nothing is written. With --why, says which functions hold a package or a file, and by which imports.",
  examples: [
    "lambdakit package",
    "lambdakit package --service services/product --output build/artifacts",
    "lambdakit package --why zod",
    "lambdakit package --json",
  ],
  options: {
    output: {
      type: "text",
      placeholder: "DIR",
      description: "where the artifacts go (.lambdakit/artifacts beside service.ts, if left out)",
    },
    why: {
      type: "text",
      placeholder: "MODULE",
      description: "say why a package or a file is inside; write no artifact",
    },
    "no-cache": { type: "flag", description: "build everything anew, and keep nothing" },
  },
  arguments: [],

  async run(input, { terminal }) {
    const startedAt = performance.now();
    const style = createStyle(terminal.color);
    const service = await loadService(input.text("service") ?? ".");
    const onStep = (step: Step) => terminal.err(style.dim(stepText(step)));
    onStep({ what: "read service.ts", milliseconds: Math.round(performance.now() - startedAt) });
    const options = {
      toolkitVersion: toolkitVersion(),
      cache: !input.flag("no-cache"),
      findCompiler: codeCompilers(service.directory),
      onStep,
    };
    const json = input.flag("json");
    const module = input.text("why");
    if (module !== undefined) {
      const answer = await explainModule(service, asListed(module, service.directory), options);
      terminal.out(json ? answerJson<PackageAnswer>(answer) : whyText(answer));
      return exitCodes.ok;
    }
    const output = input.text("output");
    const packaged = await packageService(service, {
      ...options,
      ...(output === undefined ? {} : { output: path.resolve(output) }),
    });
    terminal.out(json ? answerJson<PackageAnswer>(packagedJson(packaged)) : table(packaged, style));
    terminal.err(`The artifacts are in ${shortPath(packaged.directory) || "."}`);
    terminal.err("Next: lambdakit dev --packaged");
    return exitCodes.ok;
  },
};

/** A file may be named from here, as a shell completes it; `artifacts.json` names it from the service's folder. */
function asListed(module: string, directory: string): string {
  if (!fileExists(module)) return module;
  return slashed(path.relative(directory, path.resolve(module)));
}

function packagedJson({ directory, list, status }: PackagedService) {
  return {
    directory,
    functions: Object.entries(list.functions).map(([key, one]) => ({
      function: key,
      status: status[key] ?? "new",
      zip: path.join(directory, one.zip),
      sha256: one.sha256,
      sourceCodeHash: one.sourceCodeHash,
      zippedBytes: one.zippedBytes,
      unzippedBytes: one.unzippedBytes,
      handler: one.handler,
      runtime: one.runtime,
    })),
  };
}

/** Digits of a digest that are enough to tell two of them apart at a glance. */
const shownDigits = 12;

function table({ list, status }: PackagedService, style: Style): string {
  const rows = Object.entries(list.functions);
  const column = Math.max(...rows.map(([key]) => key.length)) + 2;
  return rows
    .map(([key, { sha256, zippedBytes }]) => {
      const zip = `${key}-${sha256.slice(0, shownDigits)}…`;
      const changed = status[key] ?? "";
      const shown = changed === "unchanged" ? style.dim(changed) : style.bold(changed);
      const size = kilobytes(zippedBytes).padStart(11);
      return `${key.padEnd(column)}${zip.padEnd(column + shownDigits + 2)}${size}  ${shown}`;
    })
    .join("\n");
}

/** Each function with the size there, and the imports that lead there, one below the other. */
function whyText({ module, functions }: WhyAnswer): string {
  return [
    module,
    ...functions.map(({ function: key, bytes, chain }) => {
      const size = bytes === 0 ? "reached, and nothing of it is left" : kilobytes(bytes);
      const line = `    ${chain.join(" -> ")}`;
      const lines =
        line.length <= textWidth
          ? [line]
          : chain.map((one, step) => `    ${step === 0 ? "" : "-> "}${one}`);
      return [`  ${key}  ${size}`, ...lines].join("\n");
    }),
  ].join("\n");
}

import path from "node:path";
import type { DoctorAnswer } from "../../answers/index.ts";
import { startEngine } from "../../dev/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { loadService } from "../../package/index.ts";
import { fileExists } from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { createStyle } from "../style.ts";
import { toolkitVersion } from "../toolkit-version.ts";

/** The oldest Node.js that has what the toolkit uses; `engines` in package.json says the same. */
const oldestNode = [20, 19] as const;

export const doctor: Command = {
  name: "doctor",
  summary: "check that this machine has what lambdakit needs",
  description:
    "Checks Node.js, the table engine (by starting it), Terraform and its AWS provider, which only deploying needs, moto, which only rehearsing needs, and, where there is one, service.ts. Says how to get what is missing. Asks neither AWS nor a registry. Changes nothing.",
  examples: ["lambdakit doctor", "lambdakit doctor --service services/product --json"],
  options: {},
  arguments: [],

  async run(input, { terminal }) {
    const directory = input.text("service") ?? ".";
    const checks = [
      checkNode(process.versions.node),
      await checkEngine(),
      await checkTerraform(),
      await checkProvider(directory),
      await checkMoto(),
      await checkService(directory),
    ];
    const ok = checks.every((check) => check.status !== "missing");
    if (input.flag("json")) {
      terminal.out(answerJson<DoctorAnswer>({ ok, version: toolkitVersion(), checks }));
    } else {
      const style = createStyle(terminal.color);
      const marks = {
        ok: style.green("ok      "),
        limited: style.yellow("limited "),
        missing: style.red("missing "),
      };
      terminal.out(
        [
          `lambdakit ${toolkitVersion()} on ${process.platform}-${process.arch}`,
          ...checks.flatMap(({ name, status, found, fix }) => [
            `  ${marks[status]}${name.padEnd(14)}${found}`,
            ...(fix === undefined ? [] : [`          fix: ${fix}`]),
          ]),
        ].join("\n"),
      );
    }
    return ok ? exitCodes.ok : exitCodes.failure;
  },
};

interface Check {
  readonly name: string;
  readonly status: "ok" | "limited" | "missing";
  readonly found: string;
  readonly fix?: string;
}

/** Exported for its test: a process cannot change its own version. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  const isNew = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return {
    name: "Node.js",
    status: isNew ? "ok" : "missing",
    found: version,
    ...(isNew ? {} : { fix: `install Node.js ${oldestNode.join(".")} or newer` }),
  };
}

async function checkEngine(): Promise<Check> {
  const name = "table engine";
  try {
    const engine = await startEngine({ dataDirectory: undefined });
    await engine.stop();
    const isFull = engine.name !== "dynalite";
    return {
      name,
      status: isFull ? "ok" : "limited",
      found: isFull ? engine.name : `dynalite; it lacks ${engine.lacks[0]}`,
      ...(isFull
        ? {}
        : {
            fix: `npm install --save-dev @dynoxide/${process.platform}-${process.arch}, or set DYNAMODB_ENDPOINT`,
          }),
    };
  } catch (error) {
    const { message, fix } = error as LambdakitError;
    return { name, status: "missing", found: message, fix };
  }
}

/** Nothing but what goes to AWS needs it. */
async function checkTerraform(): Promise<Check> {
  const name = "Terraform";
  const { findTerraform } = await import("../../terraform/index.ts");
  try {
    const { version } = await findTerraform();
    return { name, status: "ok", found: version };
  } catch (error) {
    const { message, fix } = error as LambdakitError;
    return { name, status: "limited", found: `${message} Only deploying needs it.`, fix };
  }
}

/** Whether one could be downloaded is not tried out: it is large. */
async function checkProvider(directory: string): Promise<Check> {
  const { findProvider } = await import("../../terraform/index.ts");
  const version = await findProvider(directory);
  const found = version ?? "none yet; the first lambdakit plan gets it";
  return { name: "AWS provider", status: "ok", found };
}

/** What stands for AWS in a rehearsal. */
async function checkMoto(): Promise<Check> {
  const name = "moto";
  const { findMoto, getMoto } = await import("../../emulator/index.ts");
  if (findMoto().length === 0) return { name, status: "ok", found: "moto_server" };
  const found = "There is no moto_server on this machine's PATH. Only rehearse needs it.";
  return { name, status: "limited", found, fix: getMoto };
}

async function checkService(directory: string): Promise<Check> {
  const name = "service.ts";
  if (!fileExists(path.join(directory, name))) {
    return { name, status: "ok", found: `none in ${path.resolve(directory)}` };
  }
  try {
    const { manifest } = await loadService(directory);
    const functions = Object.keys(manifest.functions).length;
    return { name, status: "ok", found: `${manifest.name}, ${functions} functions` };
  } catch (error) {
    if (!(error instanceof LambdakitError)) throw error;
    return { name, status: "missing", found: error.message, fix: "lambdakit explain" };
  }
}

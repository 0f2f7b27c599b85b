import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AdoptAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { regions } from "../../manifest/index.ts";
import { fileExists, quoted } from "../../system/index.ts";
import { eachEnvironment } from "../adoption/each-environment.ts";
import { carriedIn, reportText } from "../adoption/report-text.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { textWidth } from "../layout/fold.ts";
import { shortPath } from "../short-path.ts";
import { createStyle } from "../style.ts";

export const adopt: Command = {
  name: "adopt",
  summary: "make service.ts from a SAM template or serverless.yml",
  description:
    "Reads a template of AWS SAM or a file of the Serverless Framework, in YAML or JSON, and writes a service.ts with its functions, routes, tables, indexes and permissions on items. Lists each part that is not carried over, with its place in the source, why, and what to do instead: nothing is dropped in silence. What only a human can say, such as who may call a route whose authorizer is not known, is left out and stands there as a comment with its fix; lambdakit explain finds the same. Reads the files of the source's folder that it includes; runs nothing, reads no variable of your shell, and asks AWS for nothing. Never writes over a service.ts. Ends with 2 where something was not carried over, or is left to you.",
  examples: [
    "lambdakit adopt template.yaml --account 123456789012 --region eu-west-1",
    "lambdakit adopt serverless.yml --prefix acme --out services/orders",
    "lambdakit adopt serverless.yml --account dev=111111111111,prod=222222222222",
    "lambdakit adopt template.yaml --dry-run",
  ],
  options: {
    out: {
      type: "text",
      placeholder: "DIR",
      description: "where service.ts is written; otherwise beside the source",
    },
    name: {
      type: "text",
      placeholder: "NAME",
      description: "the service's name; otherwise that of the source, or of its folder",
    },
    prefix: {
      type: "text",
      placeholder: "NAME",
      description: "the organisation's short name, which every resource's name begins with",
    },
    account: {
      type: "text",
      placeholder: "ID",
      description: "the account of all environments, or of each: dev=ID,sit=ID,prod=ID",
    },
    region: {
      type: "text",
      placeholder: "REGION",
      description: "the region of all environments, or of each; otherwise that of the source",
    },
    "dry-run": {
      type: "flag",
      description: "write nothing: print service.ts, and what is not in it to stderr",
    },
  },
  arguments: ["FILE"],

  async run(input, { terminal }) {
    const [file] = input.arguments;
    if (file === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "It is not said what to adopt.",
        fix: "lambdakit adopt template.yaml, or serverless.yml",
        at: "FILE",
      });
    }
    const site = {
      name: input.text("name"),
      prefix: input.text("prefix"),
      accounts: eachEnvironment(input.text("account"), {
        option: "account",
        example: "123456789012",
        isRight: (value) => /^\d{12}$/.test(value),
      }),
      regions: eachEnvironment(input.text("region"), {
        option: "region",
        example: "eu-west-1",
        known: regions,
        isRight: (value) => regions.some((one) => one === value),
      }),
    };
    const out = path.resolve(input.text("out") ?? path.dirname(file));
    const target = path.join(out, "service.ts");
    const isDry = input.flag("dry-run");
    if (!isDry && fileExists(target)) throw exists(target, file);
    // What reads YAML is of no use to most commands.
    const { openSource } = await import("../adoption/source-file.ts");
    const { adopt: adoptSource } = await import("../../adopt/index.ts");
    const adoption = adoptSource(openSource(file, out), site);
    if (!isDry) await write(target, adoption.text, file);
    const { format, text, losses, problems } = adoption;
    const columns = Math.min(terminal.columns, textWidth);
    const report = () => reportText(adoption, columns, createStyle(terminal.color));
    if (input.flag("json")) {
      const carried = carriedIn(adoption);
      terminal.out(
        answerJson<AdoptAnswer>({
          format,
          path: target,
          dryRun: isDry,
          carried,
          losses,
          problems,
          text,
        }),
      );
    } else if (isDry) {
      terminal.out(text.trimEnd());
      terminal.err(report());
    } else {
      terminal.out(`wrote         ${shortPath(target)}\n${report()}`);
      terminal.err(`Next: lambdakit explain --service ${quoted(shortPath(out) || ".")}`);
    }
    return losses.length > 0 || problems.length > 0 ? exitCodes.differences : exitCodes.ok;
  },
};

/** Whoever wrote a service.ts in the meantime keeps it. */
async function write(target: string, text: string, file: string): Promise<void> {
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text, { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") throw exists(target, file);
    throw new LambdakitError("ADOPT_NOT_WRITTEN", {
      message: `service.ts could not be written: ${(cause as Error).message}`,
      fix: `lambdakit adopt ${quoted(file)} --out with a folder that you may write to`,
      at: target,
      cause,
    });
  }
}

function exists(target: string, file: string): LambdakitError {
  return new LambdakitError("ADOPT_EXISTS", {
    message: "There is a service.ts already, and it stays as it is.",
    fix: `lambdakit adopt ${quoted(file)} --out adopted`,
    at: target,
  });
}

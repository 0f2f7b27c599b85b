import path from "node:path";
import type { RehearseAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService } from "../../plan/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import { shortPath } from "../short-path.ts";

export const rehearse: Command = {
  name: "rehearse",
  summary: "live a service's whole life on an emulator of AWS, and report",
  description:
    "Makes a copy of the service's repository, starts an emulator of AWS that is its accounts, and goes through its life there by the commands of this toolkit: packages, prepares the accounts, deploys, verifies, promotes the same bytes up to PROD, brings a second release there by a canary while callers come, lets a bad one go back by itself, loses a table and restores it, audits, and goes through the runbooks. Stops at the first stage that fails, and says which command it was, why, and what to do. Writes report.html, report.md, the timeline as a picture, and what each command has said. Neither AWS nor your credentials are touched: the commands get none of your variables that could lead there. Needs Terraform, git and moto; lambdakit doctor says how to get them. Ends with 1 where a stage has failed.",
  examples: [
    "lambdakit rehearse",
    "lambdakit rehearse --service services/product --report coverage/rehearsal",
    "lambdakit rehearse --json",
  ],
  options: {
    report: {
      type: "text",
      placeholder: "DIR",
      description: "where the report goes (.lambdakit/rehearsal beside service.ts, if left out)",
    },
  },
  arguments: [],

  async run(input, world) {
    const { terminal } = world;
    const { manifest, directory } = await loadService(input.text("service") ?? ".");
    const plans = environmentNames.map((name) => planService(manifest, name));
    const { findTerraform } = await import("../../terraform/index.ts");
    const { version } = await findTerraform();
    await requireMoto();
    const folder = path.resolve(
      input.text("report") ?? path.join(directory, ".lambdakit", "rehearsal"),
    );
    const { goThrough } = await import("../rehearsal/go-through.ts");
    const { timelineText } = await import("../rehearsal/timeline-text.ts");
    const { writeReport } = await import("../rehearsal/write-report.ts");
    const report = await goThrough(plans, { directory, folder, terraform: version }, world);
    const page = await writeReport(folder, report);
    terminal.out(
      input.flag("json") ? answerJson<RehearseAnswer>(report) : timelineText(report, terminal),
    );
    terminal.err(`The report is ${shortPath(page)}`);
    if (world.interrupted.aborted) return exitCodes.interrupted;
    return report.passed ? exitCodes.ok : exitCodes.failure;
  },
};

/** @throws {LambdakitError} REHEARSAL_NO_EMULATOR */
async function requireMoto(): Promise<void> {
  const { findMoto, getMoto } = await import("../../emulator/index.ts");
  if (findMoto().length === 0) return;
  throw new LambdakitError("REHEARSAL_NO_EMULATOR", {
    message: "There is no moto_server on this machine's PATH, which is AWS in a rehearsal.",
    fix: getMoto,
  });
}

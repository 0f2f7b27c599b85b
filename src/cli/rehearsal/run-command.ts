import path from "node:path";
import type { CommandAct, Performed } from "../../rehearsal/index.ts";
import { runProgram, writeFiles } from "../../system/index.ts";
import { thisProgram } from "../this-program.ts";
import type { Callers } from "./callers.ts";
import type { EmulatedAccounts } from "./emulated-accounts.ts";

export interface CommandSetting {
  readonly accounts: EmulatedAccounts;
  /** Where commands run: the folder of `service.ts`, of the copy. */
  readonly service: string;
  /** Gets what they say, below `logs/`. */
  readonly report: string;
  readonly interrupted: AbortSignal;
}

/** Said by a promotion when Terraform is done, and traffic is moved next. */
const beforeTraffic = "asked what there is";

/**
 * Runs a command line as a process of this same program.
 *
 * @param number of the command, in the rehearsal
 */
export async function runCommand(
  act: CommandAct,
  number: number,
  { accounts, service, report, interrupted }: CommandSetting,
): Promise<Performed> {
  const [name = ""] = act.args;
  const [program, ...before] = thisProgram();
  let callers: Callers | undefined;
  const { status, output, complaint } = await runProgram(
    program,
    [...before, ...act.args, "--json"],
    {
      directory: service,
      variables: await accounts.variables(act),
      interrupted,
      ...(act.input !== undefined && { input: act.input }),
      onComplaint(line) {
        if (act.called && line.startsWith(beforeTraffic)) callers = accounts.call(act.environment);
      },
    },
  );
  const calls = (await callers?.stop()) ?? null;
  const log = path.posix.join("logs", `${String(number).padStart(2, "0")}-${name}.log`);
  const text = [`$ lambdakit ${act.args.join(" ")}`, complaint, output, `exit code ${status}`];
  await writeFiles([
    { path: path.join(report, log), contents: Buffer.from(`${text.join("\n")}\n`) },
  ]);
  return { exitCode: status, stdout: output, stderr: complaint, calls, log };
}

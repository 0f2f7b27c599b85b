import type { ServicePlan } from "../plan/index.ts";
import type { Act, CommandAct } from "./act.ts";
import { goneThrough } from "./gone-through.ts";
import type { LeftOut } from "./stage.ts";
import { command, consent, env } from "./typed.ts";

/** All five runbooks, gone through by the command that leads a person through them. */
export function runbookActs(plan: ServicePlan, port: number): readonly Act[] {
  const words = plan.approval.confirmation === null ? ["--yes"] : consent(plan);
  const run = (name: string, more: readonly string[], steps: readonly string[]): CommandAct => ({
    ...command(plan, ["runbook", "run", name, ...env(plan), ...more], goneThrough(steps)),
    asksForPercentiles: true,
  });
  const laptop = ["--from", "doctor", "--port", String(port)];
  return [
    run("deployment", words, ["doctor", "derived", "preview", "deploy", "verify", "status"]),
    run("operations", [], ["status", "alarms", "errors-of-the-day", "backups", "history"]),
    run("disaster-recovery", [], ["backups", "drills"]),
    {
      ...run("development", laptop, ["test", "dev", "verify-local", "invoke-local"]),
      isLocal: true,
    },
    run("ci-cd", ["--from", "derived"], ["derived", "audit", "plan"]),
  ];
}

export const leftOutOfRunbooks: readonly LeftOut[] = [
  {
    what: "npm ci, of the runbooks development and ci-cd",
    why: "the copy has the packages that are installed here",
  },
  { what: "npm test, of the runbook ci-cd", why: "that of development is the same" },
  {
    what: "what runbooks leave to a person: to merge a pull request, to follow a run on GitHub",
    why: "no command does it",
  },
];

import type { ServicePlan } from "../plan/index.ts";
import type { RunbookStep } from "./runbook.ts";
import { change, look } from "./step.ts";

/** The steps that several runbooks have, for one environment. */
export function usualSteps(plan: ServicePlan) {
  const { environment } = plan;
  const at = `--env ${environment}`;
  const words = consentWords(plan);
  return {
    doctor: look({
      id: "doctor",
      what: "See whether this machine has what is needed.",
      command: "lambdakit doctor",
      check: "Nothing is `missing`.",
      otherwise: "Each line that says `missing` has a `fix:` below it. Do that, and look again.",
    }),
    derived: look({
      id: "derived",
      what: "See whether the derived files are those of `service.ts`.",
      command: "lambdakit generate --check",
      check: "Every line says `unchanged` or `kept`.",
      otherwise:
        "`lambdakit generate`, read the difference with `git diff`, and commit it. Do not edit derived files.",
    }),
    audit: look({
      id: "audit",
      what: "Look for what lets others in.",
      command: "lambdakit audit --severity high",
      check: "There are no findings.",
      otherwise: "Each finding says what ends it. A secret that was committed is changed first.",
    }),
    verify: look({
      id: "verify",
      what:
        environment === "prod"
          ? "Ask the API whether it does what it promises. Nothing is changed by it."
          : "Ask the API whether it does what it promises: an item is made, and deleted again.",
      command: `lambdakit verify ${at}`,
      check: "Every line says `ok`. The last one has the URL.",
      otherwise:
        "A failed check says what came in place of what. Right after a release: go back, in the section on rollback.",
    }),
    status: look({
      id: "status",
      what: "See which release is live, what callers meet, and whether all is as the release made it.",
      command: `lambdakit status ${at}`,
      check: "The state is `healthy`.",
      otherwise: "Each finding has the command to type next below it.",
    }),
    alarms: look({
      id: "alarms",
      what: "See whether an alarm fires, since when, and by which figures.",
      command: `lambdakit alarms ${at}`,
      check: "None fires.",
      otherwise: `\`lambdakit alarms show NAME ${at}\` says what it means and what to do: its section of [alarms.md](alarms.md).`,
    }),
    errors: look({
      id: "errors",
      what: "Read the errors of the last minutes.",
      command: `lambdakit logs --level error --since 15m ${at}`,
      check:
        "There are none. The same message again and again is the cause; the first one of its kind says when it began.",
      otherwise: "Is there no log group? Then nothing was deployed, or the account is another one.",
    }),
    history: look({
      id: "history",
      what: "See what was done here: by whom, when, why, and how it ended.",
      command: `lambdakit releases history ${at}`,
      check: "The newest entry is the one that you know of, and has ended.",
      otherwise: `An entry that has not ended holds the environment. Run the same command again; where whoever ran it is gone for good, \`lambdakit unlock NUMBER ${at}\`.`,
    }),
    rollbackPreview: look({
      id: "rollback-preview",
      what: "See where a rollback leads, and what it would not bring back.",
      command: `lambdakit rollback ${at} --dry-run`,
      check:
        "The release that it leads to is one that was well. Tables, routes and permissions that are listed stay as they are.",
      otherwise:
        "`RELEASE_NOTHING_BEFORE`: this is the first release, and only a better one helps. `RELEASE_OTHER_TABLE`: a table was restored since; promote or deploy that release again.",
    }),
    rollback: change({
      id: "rollback",
      what: "Lead callers back. It takes seconds, and forward is the same command.",
      command: line("lambdakit rollback", at, words),
      check: "It names the release that is live now.",
      otherwise:
        "`RELEASE_BUSY` or `RELEASE_UNFINISHED`: somebody else is at it; see the history. Everything else: read its `fix:` line.",
    }),
    backups: look({
      id: "backups",
      what: "See what each table can be brought back from.",
      command: `lambdakit dr backup list ${at}`,
      check: `The newest point is within the RPO of ${plan.recovery.rpoMinutes} minutes.`,
      otherwise: `Back up now (\`lambdakit dr backup now ${at}\`), then see in [alarms.md](alarms.md) why none was made.`,
    }),
    backupNow: change({
      id: "backup-now",
      what: "Back up each table, and write down what it is like apart from its items.",
      command: `lambdakit dr backup now ${at}`,
      check: "Each table has a line with the name of its backup.",
      otherwise:
        "Its `fix:` line says what is missing. Until then change nothing that you can put off.",
    }),
  } satisfies Record<string, RunbookStep>;
}

/** What has to be typed before an environment is changed. */
export function consentWords({ approval }: Pick<ServicePlan, "approval">): string {
  return line(
    approval.confirmation === null ? "" : `--confirm ${approval.confirmation}`,
    approval.reasonRequired ? '--reason "..."' : "",
  );
}

/** One line of a shell. */
export function line(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

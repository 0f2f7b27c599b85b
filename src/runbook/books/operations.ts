import type { ServicePlan } from "../../plan/index.ts";
import { alarmSections } from "../alarm-sections.ts";
import { firesWhen } from "../fires-when.ts";
import type { FactTable, Runbook } from "../runbook.ts";
import { byHand, look } from "../step.ts";
import { usualSteps } from "../usual-steps.ts";

/** What is looked at every day, and where to look when something is odd. */
export function operationsRunbook(plan: ServicePlan): Runbook {
  const { service, environment } = plan;
  const at = `--env ${environment}`;
  const { status, alarms, errors, backups, backupNow, verify, history } = usualSteps(plan);
  return {
    name: "operations",
    title: `Operations of ${service}`,
    purpose: `Says whether ${service} is well, and where to look where it is not.`,
    environment,
    sections: [
      {
        id: "daily",
        title: "Every day",
        facts: [],
        procedure: {
          see: "It is morning, or you have taken over.",
          means: "What is found now wakes nobody tonight.",
          isRoutine: true,
          steps: [
            status,
            alarms,
            {
              ...errors,
              id: "errors-of-the-day",
              what: "Read the errors of the last day.",
              command: `lambdakit logs --level error --since 24h ${at}`,
            },
            backups,
            history,
          ],
          escalate: "Where tables cannot be brought back to within the RPO: today, not tomorrow.",
        },
      },
      {
        id: "alarms",
        title: "When an alarm fires",
        facts: [
          "Its message links its section of [alarms.md](alarms.md), which says what it means and what to do. `page` wakes somebody, `ticket` is looked at in the morning.",
          alarmTable(plan),
          notified(plan),
        ],
        procedure: {
          see: "An alarm's message, or callers who complain.",
          means:
            "Something is wrong now. First find out what, then whether it began with a release.",
          isRoutine: false,
          steps: [
            {
              ...alarms,
              id: "which-alarm",
              passes: [0, 2],
              check:
                "Those that fire are listed first, with their figures and the line that shows what to do.",
            },
            {
              ...status,
              id: "state-now",
              passes: [0, 2],
              check: "Each finding has a command below it.",
            },
            { ...history, id: "last-changes" },
            { ...errors, id: "errors-now" },
          ],
          escalate:
            "After 15 minutes without knowing the cause: wake whoever owns the service. Say what you have seen and done.",
        },
      },
      {
        id: "figures",
        title: "Figures and logs",
        facts: [
          `The dashboard \`${plan.deployment.dashboard}\` of CloudWatch shows all of it in \`${plan.region}\`. To follow the logs until Ctrl-C: \`lambdakit logs --follow ${at}\`. All lines of one request, by the id that a caller was given: \`lambdakit logs --request-id ID ${at}\`.`,
        ],
        procedure: {
          see: "Something is slow, or odd, or somebody asks.",
          means: "Figures say how much and since when, logs say why.",
          isRoutine: false,
          steps: [
            look({
              id: "metrics",
              what: "See calls, errors and latency of each function over three hours.",
              command: `lambdakit metrics ${at}`,
              check: "No line rises or falls at once.",
              otherwise: "Compare when it did with the history of releases.",
            }),
            look({
              id: "metrics-by-route",
              what: "See at which route.",
              command: `lambdakit metrics --by route ${at}`,
              check: "All routes are as they were.",
              otherwise: "One route alone is one function: its logs are next.",
            }),
            look({
              id: "failed-requests",
              what: "Read the requests that were answered with 5xx in the last hour.",
              command: `lambdakit logs --filter http_status>=500 --since 1h ${at}`,
              check: "There are none.",
              otherwise: "Take the request id of one, and read all its lines.",
            }),
          ],
          escalate:
            "Where figures say that callers are hurt and no alarm fires: an alarm is missing. Say so.",
        },
      },
      {
        id: "api",
        title: "Is the API right?",
        facts: [
          {
            head: ["Route", "Function", "Who may call it"],
            rows: plan.api.routes.map((route) => [
              `\`${route.method} /${plan.api.stage}${route.path}\``,
              plan.functions.find(({ key }) => key === route.function)?.name ?? route.function,
              route.auth.type === "jwt"
                ? `a token with ${route.auth.scopes.map((one) => `\`${one}\``).join(" and ")}`
                : route.auth.type === "iam"
                  ? "whoever IAM allows to"
                  : "everybody",
            ]),
          },
          `With a token in \`LAMBDAKIT_TOKEN\`, routes that ask for one are looked at as well.`,
        ],
        procedure: {
          see: "A caller says that an answer is wrong.",
          means:
            "Either the API does not do what `service.ts` promises, or it does, and that was misunderstood.",
          isRoutine: false,
          steps: [verify],
          escalate:
            "Where all checks pass, and the caller has a request id: read its lines together with them.",
        },
      },
      {
        id: "configuration",
        title: "Configuration",
        facts: [
          "All of it is in `service.ts`, and comes by a deployment. Nothing is changed in the console: `status` finds it, and the next deployment takes it back.",
        ],
        procedure: {
          see: "You need to know what is set, or suspect that somebody has changed it.",
          means: "What `service.ts` says, and what is there, have to be the same.",
          isRoutine: false,
          steps: [
            look({
              id: "explain",
              what: "See what `service.ts` comes to, and which line is the cause of what.",
              command: `lambdakit explain ${at}`,
              check: "It is what you expect.",
              otherwise: "The line is named behind each part.",
            }),
            look({
              id: "secrets",
              what: "See which secrets have a value. None is shown.",
              command: `lambdakit secret list ${at}`,
              check: "Each has one.",
              otherwise: `\`lambdakit secret set NAME ${at}\``,
            }),
            look({
              id: "drift",
              what: "Ask Terraform what is not as it was deployed.",
              command: `lambdakit status --drift ${at}`,
              check: "Nothing is found.",
              otherwise:
                "Find out who has changed it by hand, and put it into `service.ts` or let a deployment take it back.",
            }),
          ],
          escalate:
            "Where a permission or who may call a route was changed by hand: treat it as a break-in until you know better.",
        },
      },
      {
        id: "performance",
        title: "Performance and cost",
        facts: [
          "More memory is more processor. A function that waits for a table is not quicker with more.",
        ],
        procedure: {
          see: "It is slower, or costs more, than it did.",
          means: "More traffic, more work for each request, or a function that is too small.",
          isRoutine: false,
          steps: [
            look({
              id: "durations",
              what: "See how long the slowest one in a hundred took, over a day.",
              command: `lambdakit metrics --metric Duration --statistic p99 --since 24h ${at}`,
              check: `It is far below ${Math.min(...plan.functions.map(({ timeoutSeconds }) => timeoutSeconds))} seconds, where the first function is ended.`,
              otherwise: "See whether it began with a release. Then try `memoryMb` in dev.",
            }),
            look({
              id: "cost",
              what: "See what a month costs, by route.",
              command: `lambdakit cost ${at}`,
              check: "It is what you expect; its assumptions are printed with it.",
              otherwise: `\`lambdakit cost --measured 30d ${at}\` takes what CloudWatch has counted.`,
            }),
          ],
          escalate: "Where throttling is near: AWS needs days to raise a limit.",
        },
      },
      {
        id: "data",
        title: "Data",
        facts: [
          "Before anything is done to items by hand, there is a backup. To bring items back: [disaster-recovery.md](disaster-recovery.md).",
        ],
        procedure: {
          see: "Items are to be changed by hand, or a risky release is due.",
          means: "A backup of now is the quickest way back.",
          isRoutine: false,
          steps: [
            backupNow,
            { ...backups, id: "backups-after" },
            byHand({
              id: "prune",
              what: `Backups that nobody needs any more cost money: \`lambdakit dr backup prune --keep 7 --dry-run ${at}\` shows which those are.`,
              check: "Only old ones of your own are listed.",
              otherwise: "Leave them.",
            }),
          ],
          escalate:
            "Where items are gone already: do not write any more, and go to disaster recovery.",
        },
      },
    ],
  };
}

/** Each section of the runbook of alarms, once, with the alarms that lead there. */
function alarmTable(plan: ServicePlan): FactTable {
  const { alarms, serviceAlarm } = plan;
  const rows = alarmSections(plan).map(({ anchor, title }) => {
    const own = alarms.filter(({ runbook }) => runbook === anchor);
    const names = [
      ...(serviceAlarm?.runbook === anchor ? [serviceAlarm.name] : []),
      ...own.map(({ name }) => name),
    ];
    const fires = [...new Set(own.map(firesWhen))].join("; ");
    return [
      `[${title}](alarms.md#${anchor})`,
      own[0]?.severity ?? "page",
      fires === "" ? `one of ${serviceAlarm?.alarms.length ?? 0} alarms fires` : fires,
      names.map((name) => `\`${name}\``).join(" "),
    ];
  });
  return { head: ["What it says", "", "Fires", "Alarms"], rows };
}

function notified({ notify, deployment, environment }: ServicePlan): string {
  const heard = [...notify.page, ...notify.ticket];
  return heard.length === 0
    ? `\`service.ts\` names nobody who hears of alarms in ${environment}: whoever subscribes to \`${deployment.pageTopic}\` and \`${deployment.alarmTopic}\` does.`
    : `Who is woken: ${notify.page.join(", ") || "nobody"}. Who gets tickets: ${notify.ticket.join(", ") || "nobody"}.`;
}

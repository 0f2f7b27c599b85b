import type { ServicePlan } from "../../plan/index.ts";
import type { Procedure, Runbook, RunbookSection } from "../runbook.ts";
import { byHand, change, look } from "../step.ts";
import { consentWords, line, usualSteps } from "../usual-steps.ts";
import { environmentFacts } from "./environment-facts.ts";
import { troubles } from "./troubles.ts";
import { runWorkflow } from "./workflow-steps.ts";

/** How a release comes to an environment, and back. */
export function deploymentRunbook(plans: readonly ServicePlan[], plan: ServicePlan): Runbook {
  const { service, environment } = plan;
  const { rollbackPreview, rollback, verify, status, alarms } = usualSteps(plan);
  return {
    name: "deployment",
    title: `Deployment of ${service}`,
    purpose: `Brings a release of ${service} to an environment, looks whether it does what it promises, and goes back where it does not.`,
    environment,
    sections: [
      {
        id: "prerequisites",
        title: "Prerequisites and access",
        facts: [
          "Commands are typed in the folder of `service.ts`; where `lambdakit` is not installed for all of the machine, with `npx` before them. Credentials of the environment's account are in the shell, such as `AWS_PROFILE`: those of another account are refused before anything is done.",
          {
            head: ["Environment", "Comes from", "Has to be typed"],
            rows: plans.map((one) => [
              one.environment,
              one.deployment.previous?.environment ?? "the source",
              consentWords(one) === "" ? "nothing" : `\`${consentWords(one)}\``,
            ]),
          },
        ],
        procedure: prerequisites(plan),
      },
      newAccount(plan),
      automated(plan),
      {
        id: "laptop",
        title: "Deployment from a laptop",
        facts: laptopFacts(plan),
        procedure: delivery(plan),
      },
      {
        id: "validation",
        title: "Validation",
        facts: [],
        procedure: {
          see: `A release has just come to ${environment}.`,
          means:
            "The command that brought it has verified it already. This is what a person looks at before they leave.",
          isRoutine: true,
          steps: [verify, status, alarms],
          escalate:
            "Where a check fails and going back does not help: wake whoever owns the service, and say which check, and which release.",
        },
      },
      {
        id: "environments",
        title: "The environments",
        facts: environmentFacts(plans),
        procedure: null,
      },
      {
        id: "rollback",
        title: "Rollback",
        facts: [
          "A rollback moves the aliases of all functions to versions that are there. Nothing is built, and Terraform is not run.",
        ],
        procedure: {
          see: "Errors or slow answers began with a release, or a check fails since.",
          means:
            "The release is bad, or does not get on with what is there. Go back first, and look for the reason afterwards.",
          isRoutine: false,
          steps: [
            rollbackPreview,
            rollback,
            { ...verify, id: "verify-back" },
            { ...alarms, id: "alarms-back" },
          ],
          escalate: `At once where it did not help: then it was not the release. Go on with [operations.md](operations.md).`,
        },
      },
      troubleshooting(plan),
    ],
  };
}

function prerequisites(plan: ServicePlan): Procedure {
  const { doctor, derived, history } = usualSteps(plan);
  return {
    see: `You are about to change ${plan.environment}.`,
    means: "What is missing is cheaper to find now than half-way.",
    isRoutine: true,
    steps: [doctor, derived, history],
    escalate:
      "Where you have no credentials of the account: ask whoever administers it, not a colleague for theirs.",
  };
}

function newAccount({ environment, accountId }: ServicePlan): RunbookSection {
  const at = `--env ${environment}`;
  return {
    id: "new-account",
    title: "An account that nothing was deployed to yet",
    facts: [],
    procedure: {
      see: "`TERRAFORM_NOT_BOOTSTRAPPED`, or an account that is new; or what lambdakit needs there has changed, and the changelog says so.",
      means: `Account ${accountId} lacks the buckets, boundaries, vaults or roles that deploying needs. An administrator makes them.`,
      isRoutine: false,
      steps: [
        look({
          id: "bootstrap-plan",
          what: "See what would be made.",
          command: `lambdakit bootstrap ${at} --plan`,
          check: "Nothing is deleted or replaced.",
          otherwise: "Do not go on. Somebody has changed it by hand: find out who, and why.",
          passes: [0, 2],
        }),
        change({
          id: "bootstrap",
          what: "Make it.",
          command: `lambdakit bootstrap ${at}`,
          check: "It says what was made, and ends with 0.",
          otherwise: "Its `fix:` line says which right is missing. The same command again goes on.",
        }),
      ],
      escalate:
        "Where the account's own rules refuse it: whoever owns the organisation's policies.",
    },
  };
}

function automated(plan: ServicePlan): RunbookSection {
  const { environment, deployment } = plan;
  const { repository, branch } = deployment;
  return {
    id: "pipeline",
    title: "Deployment by GitHub Actions",
    facts: [
      repository === null
        ? "`service.ts` names no repository, so that no workflow may deploy."
        : `The usual way. What each workflow does: [ci-cd.md](ci-cd.md).`,
    ],
    procedure:
      repository === null
        ? null
        : {
            see:
              deployment.previous === null
                ? `A pull request is approved and its tests have passed.`
                : `${deployment.previous.environment} has a release that is to come to ${environment}.`,
            means: "GitHub's machines do it, with a role of an hour, and keep what was seen.",
            isRoutine: false,
            steps:
              deployment.previous === null
                ? [
                    byHand({
                      id: "merge",
                      what: `Merge the pull request into \`${branch}\`.`,
                      check: `The workflow of ${environment} starts by itself.`,
                      otherwise:
                        "Nothing of the service has changed, or the workflow is switched off: see Actions.",
                    }),
                  ]
                : [runWorkflow(plan, repository)],
            escalate: "Where the plan shows a change that nobody has made: do not approve it.",
          },
  };
}

function laptopFacts({ deployment }: ServicePlan): string[] {
  return [
    deployment.previous === null
      ? "Builds a release, and applies exactly the plan that it shows."
      : "Brings the bytes that were proven in the environment before. Nothing is built; what is applied is the plan that was shown, by its digest.",
  ];
}

function delivery(plan: ServicePlan): Procedure {
  const { environment, deployment } = plan;
  const { previous } = deployment;
  return {
    see:
      previous === null
        ? "A change is to be tried."
        : `${previous.environment} has a release that is verified, and the workflow cannot be used.`,
    means:
      "It is the command that the workflow runs, with your credentials. Who, when and why is written into the history.",
    isRoutine: true,
    steps: previous === null ? built(plan) : promoted(plan, previous.environment),
    escalate: `Where it was rolled back twice for the same reason: stop, leave ${environment} as it is, and tell whoever has made the change.`,
  };
}

function built(plan: ServicePlan) {
  const at = `--env ${plan.environment}`;
  return [
    look({
      id: "preview",
      what: "See what would change.",
      command: `lambdakit plan ${at}`,
      check: "Only what you have changed is listed. Nothing says ALL ITS DATA IS LOST.",
      otherwise:
        "What loses data is listed first: find the line of `service.ts` with `lambdakit explain`.",
      passes: [0, 2],
    }),
    change({
      id: "deploy",
      what: "Build a release and make it live.",
      command: line("lambdakit deploy", at, consentWords(plan)),
      check: "It ends with the release and its URL, and says with how many checks it was verified.",
      otherwise:
        "`RELEASE_ROLLED_BACK`: callers are back where they were; the message has the reason. Cut off: the same command goes on.",
    }),
  ];
}

function promoted(plan: ServicePlan, from: string) {
  const { environment, recovery } = plan;
  const way = `--from ${from} --to ${environment}`;
  const words = consentWords(plan);
  return [
    look({
      id: "preview",
      what: "See which release would come, and what it changes. The digest behind `plan` is needed in the next step.",
      command: `lambdakit promote ${way} --dry-run`,
      check: "The release is the one that was tested, and only its changes are listed.",
      otherwise: `\`RELEASE_NOT_PROVEN\`: verify it in ${from} first, with credentials of that account: \`lambdakit verify --env ${from}\`.`,
      passes: [0, 2],
      gives: { PLAN: "plan ([0-9a-f]{12,})" },
    }),
    change({
      id: "promote",
      what: "Bring it. Put the digest that was shown in the place of `PLAN`: any other plan is refused.",
      command: line(`lambdakit promote ${way} --plan PLAN`, words),
      check: "It ends with the release and its URL. Then callers have it.",
      otherwise:
        "`RELEASE_PLAN_CHANGED`: something is otherwise than when you looked; begin with the step before. `RELEASE_ROLLED_BACK`: callers are back; the message has the alarm.",
    }),
    ...(recovery.standby === null
      ? []
      : [
          change({
            id: "standby",
            what: `Bring it to ${recovery.standby.region}, which stands by. No caller is led there.`,
            command: line(`lambdakit dr standby --env ${environment}`, words),
            check: `It says that the release stands by in ${recovery.standby.region}.`,
            otherwise:
              "Until it does, a failover leads callers to the release before. `SECRET_MISSING` has the line to type.",
          }),
        ]),
  ];
}

function troubleshooting({ environment }: ServicePlan): RunbookSection {
  const at = `--env ${environment}`;
  return {
    id: "troubleshooting",
    title: "Troubleshooting",
    facts: [
      troubles([
        [
          "`AWS_WRONG_ACCOUNT`",
          "the credentials are of another account",
          "set `AWS_PROFILE`, and look again",
        ],
        [
          "`TERRAFORM_LOCKED`",
          "somebody applies, or was killed while they did",
          `ask them; where nobody does: \`lambdakit unlock ID ${at}\``,
        ],
        [
          "`RELEASE_BUSY`, `RELEASE_UNFINISHED`",
          "another command is at work, or was cut off",
          `\`lambdakit releases history ${at}\`, then the same command again`,
        ],
        ["`RELEASE_NOT_PROVEN`", "the environment before has not verified it", "verify it there"],
        [
          "`RELEASE_PLAN_CHANGED`",
          "what would be applied is not what was shown",
          "look at the plan again",
        ],
        [
          "`RELEASE_ROLLED_BACK`",
          "an alarm fired, calls failed, or a check did",
          `\`lambdakit logs --level error --since 30m ${at}\``,
        ],
        [
          "`RELEASE_DIGEST_DIFFERS`",
          "Lambda has other code than the release",
          "somebody has changed it by hand: find out who, then promote again",
        ],
        [
          "`DEPLOY_LOSES_DATA`",
          "the plan deletes or replaces a table",
          "back it up; then think again",
        ],
        [
          "`SECRET_MISSING`",
          "a function would find no value",
          `\`lambdakit secret set NAME ${at}\``,
        ],
      ]),
    ],
    procedure: null,
  };
}

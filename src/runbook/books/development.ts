import type { ServicePlan } from "../../plan/index.ts";
import type { Runbook } from "../runbook.ts";
import { byHand, look } from "../step.ts";
import { usualSteps } from "../usual-steps.ts";
import { troubles } from "./troubles.ts";
import { addressOf } from "./workflow-steps.ts";

/** From an empty laptop to a change that is tested. Needs no account. */
export function developmentRunbook(dev: ServicePlan, port: number): Runbook {
  const { service, deployment, api } = dev;
  const { doctor, derived, audit } = usualSteps(dev);
  const url = `http://127.0.0.1:${port}`;
  const { repository } = deployment;
  const [open] = api.routes.filter(({ method, auth }) => method === "GET" && auth.type === "none");
  return {
    name: "development",
    title: `Development of ${service}`,
    purpose: `Brings a laptop to where ${service} runs on it, is tested and can be changed. No account of AWS and no Docker is needed.`,
    environment: null,
    sections: [
      {
        id: "prerequisites",
        title: "Prerequisites",
        facts: [
          {
            head: ["What", "Which", "For"],
            rows: [
              [
                "Node.js",
                `20.19 or newer; functions run on \`${dev.functions[0]?.runtime ?? ""}\``,
                "everything",
              ],
              ["git", "any", "everything"],
              ["Terraform", "1.11 or newer", "deploying"],
              ["an editor", "VS Code has its settings already", "breakpoints"],
            ],
          },
        ],
        procedure: null,
      },
      {
        id: "clone",
        title: "Getting the source",
        facts: [],
        procedure: {
          see: "You have no clone yet.",
          means: "The rest is typed in the folder of `service.ts` in it.",
          isRoutine: false,
          steps: [
            byHand({
              id: "clone",
              what: repository === null ? "Clone the repository." : "Clone it.",
              command:
                repository === null
                  ? null
                  : `git clone https://github.com/${addressOf(repository)}.git`,
              check: "There is a `service.ts`.",
              otherwise: "You may not read the repository: ask its owners.",
            }),
          ],
          escalate:
            "Where you are refused although you are a member: your organisation's single sign-on may have to know your key.",
        },
      },
      {
        id: "set-up",
        title: "Setting up",
        facts: [],
        procedure: {
          see: "A clone that is new, or others' changes that came with a new lock file.",
          means: "Exactly the packages of `package-lock.json` are to be there.",
          isRoutine: true,
          steps: [
            look({
              id: "install",
              what: "Install packages.",
              command: "npm ci",
              check: "It ends with the number of packages, and no error.",
              otherwise: "`package.json` and the lock file differ: `npm install`, and commit both.",
            }),
            doctor,
          ],
          escalate:
            "Where the table engine does not start on your machine: what `doctor` says of it is what others need to know.",
        },
      },
      {
        id: "tests",
        title: "Tests and quality",
        facts: ["A pull request runs the same four commands."],
        procedure: {
          see: "Something was changed.",
          means: "What is not tested here fails in the pull request, half an hour later.",
          isRoutine: true,
          steps: [
            look({
              id: "test",
              what: "Run the tests.",
              command: "npm test",
              check: "All pass.",
              otherwise:
                "The first failure counts. A function that was refused something names the grant that is missing.",
            }),
            derived,
            audit,
          ],
          escalate:
            "Where a test fails now and then: that is a fault too. Say so, and do not run it until it passes.",
        },
      },
      {
        id: "local",
        title: "Running it here",
        facts: [
          `Saving a file brings the next request the new code. The console is at \`${url}/_console\`. Data stays in \`.lambdakit/\`; \`lambdakit dev --reset\` begins anew. Routes that ask for a token take one of \`lambdakit token\`.`,
        ],
        procedure: {
          see: "You want to see it work.",
          means:
            "The gateway, Lambda and DynamoDB are emulated with the permissions of the functions. What is not emulated stops it, and is named.",
          isRoutine: true,
          steps: [
            look({
              id: "dev",
              what: "Start it, and leave it running. Go on in a second terminal.",
              command: `lambdakit dev --port ${port} --sample-data`,
              check: `It prints its routes and ${url}.`,
              otherwise:
                "`DEV_PORT_IN_USE`: with another `--port`. `DEV_ALREADY_RUNNING` says where it runs.",
              staysUp: `${service} on ${url}`,
            }),
            look({
              id: "verify-local",
              what: "Ask it whether it does what `service.ts` promises.",
              command: `lambdakit verify --url ${url}`,
              check: "Every line says `ok`.",
              otherwise: "A failed check says what came in place of what.",
            }),
            ...(open === undefined
              ? []
              : [
                  look({
                    id: "invoke-local",
                    what: "Invoke a function as Lambda would, with the example of its route.",
                    command: `lambdakit invoke ${open.function} --event example --env local`,
                    check: "It answers.",
                    otherwise: "The error and its stack are shown, with lines of TypeScript.",
                  }),
                ]),
          ],
          escalate:
            "Where it does here what it does not in AWS, or the other way round: that is a fault of lambdakit.",
        },
      },
      {
        id: "editor",
        title: "Editor",
        facts: [
          `\`lambdakit generate\` writes \`.vscode/launch.json\`. F5 starts \`lambdakit dev\` under the debugger; breakpoints in TypeScript hold, and nothing times out meanwhile. Other debuggers: \`lambdakit dev --inspect\`.`,
        ],
        procedure: null,
      },
      {
        id: "common-issues",
        title: "Common issues",
        facts: [
          troubles([
            ["`DEV_PORT_IN_USE`", `something else listens on ${port}`, "`lambdakit dev --port 0`"],
            [
              "`DEV_ALREADY_RUNNING`",
              "another dev uses the same data",
              "end it, or `lambdakit dev --memory --port 0`",
            ],
            [
              "`TABLE_DIFFERS`",
              "the local table has other keys than `service.ts`",
              "`lambdakit dev --reset`",
            ],
            [
              "`AccessDeniedException`",
              "the function's policy does not allow the call",
              "the terminal prints the grant that is missing",
            ],
            ["401 from a route", "it asks for a token", "`lambdakit token`"],
            [
              "`MANIFEST_INVALID`",
              "every problem of `service.ts` is listed",
              "each has its line and a `fix:`",
            ],
          ]),
        ],
        procedure: null,
      },
    ],
  };
}

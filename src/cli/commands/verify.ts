import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { loadService } from "../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../plan/index.ts";
import type { RoundTrip } from "../../verify/index.ts";
import type { Command, Input } from "../command.ts";
import { targetOptions } from "../deployment/target.ts";
import { createStyle } from "../style.ts";
import { type FindDeployedUrl, serviceUrl } from "../verification/service-url.ts";
import { verificationText } from "../verification/verification-text.ts";

/** @param findDeployedUrl where an environment's API answers, asked where neither `--url` nor `LAMBDAKIT_URL` says it */
export function verifyCommand(findDeployedUrl: FindDeployedUrl): Command {
  return {
    name: "verify",
    summary: "check what answers at a URL against the contract of service.ts",
    description:
      "Derives from service.ts what each route has to answer, and asks: its example, requests that must be refused, CORS, correlation ids, the form of errors. In DEV and SIT, takes an item through its life as well: makes, reads, changes and deletes it. In PROD, that is done with --round-trip only, and nothing else changes anything. Ends with 1 where a check has failed.",
    examples: [
      "lambdakit verify --url http://127.0.0.1:3000",
      "lambdakit verify --env sit --url https://api.example.com/v1",
      "lambdakit verify --env prod --url https://api.example.com/v1 --json",
    ],
    options: {
      ...targetOptions,
      url: {
        type: "text",
        placeholder: "URL",
        description: "where the API answers, up to the stage; LAMBDAKIT_URL does the same",
      },
      "round-trip": { type: "flag", description: "make and delete an item in prod, too" },
      "no-round-trip": { type: "flag", description: "send nothing that changes anything" },
    },
    arguments: [],

    async run(input, { terminal, interrupted }) {
      const { deriveRoundTrips, verifyService } = await import("../../verify/index.ts");
      const service = await loadService(input.text("service") ?? ".");
      const plan = planService(service.manifest, input.text("env") as EnvironmentName);
      const roundTrip = wantsRoundTrip(input, plan);
      const url = await serviceUrl(input, plan, findDeployedUrl);
      terminal.err(roundTripText(roundTrip, plan, deriveRoundTrips(plan)));
      const style = createStyle(terminal.color);
      const verification = await verifyService({
        plan,
        url,
        roundTrip,
        interrupted,
        // What has failed is told at once: the rest may take its time.
        onCheck: ({ passed, id }) => {
          if (!passed) terminal.err(style.dim(`failed: ${id}`));
        },
      });
      const { environment } = plan;
      terminal.out(
        input.flag("json")
          ? JSON.stringify(
              { service: plan.service, environment, roundTrip, ...verification },
              null,
              2,
            )
          : verificationText(verification, style),
      );
      return verification.passed ? exitCodes.ok : exitCodes.failure;
    },
  };
}

function wantsRoundTrip(input: Input, { environment }: ServicePlan): boolean {
  if (input.flag("round-trip") && input.flag("no-round-trip")) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: "--round-trip and --no-round-trip are the opposite of each other.",
      fix: "leave out one of them",
      at: "--no-round-trip",
    });
  }
  if (input.flag("round-trip")) return true;
  return environment !== "prod" && !input.flag("no-round-trip");
}

function roundTripText(
  isWanted: boolean,
  { environment }: ServicePlan,
  trips: readonly RoundTrip[],
): string {
  if (trips.length === 0) {
    return "No round trip: no POST has an example, and a GET and a DELETE of what it makes.";
  }
  if (isWanted) {
    const paths = trips.map(({ collection }) => collection).join(", ");
    return `An item of ${paths} will be made in ${environment}, and deleted again.`;
  }
  return `No round trip: nothing is changed in ${environment}. --round-trip makes one.`;
}

import type { VerifyAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { routeName } from "../../names.ts";
import { loadService } from "../../package/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../plan/index.ts";
import { openEnvironment, recordVerification } from "../../release/index.ts";
import type { RoundTrip } from "../../verify/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input } from "../command.ts";
import { openTarget, targetOptions } from "../deployment/target.ts";
import { createStyle } from "../style.ts";
import { callerToken } from "../verification/caller-token.ts";
import { serviceUrl } from "../verification/service-url.ts";
import { verificationText } from "../verification/verification-text.ts";

export const verify: Command = {
  name: "verify",
  summary: "check what answers against the contract of service.ts",
  description:
    "Derives from service.ts what each route has to answer, and asks: its example, requests that must be refused, CORS, correlation ids, the form of errors. In DEV and SIT, takes an item through its life as well: makes, reads, changes and deletes it. In PROD, that is done with --round-trip only, and nothing else changes anything. A route that asks for a token has to refuse whoever has none; what it does beyond that is looked at with the token in LAMBDAKIT_TOKEN, which has to have all scopes. What is seen is kept as evidence for the release that is live, which a promotion asks for; with --url it is kept nowhere. Ends with 1 where a check has failed.",
  examples: [
    "lambdakit verify",
    "lambdakit verify --env prod --json",
    "lambdakit verify --url http://127.0.0.1:3000",
  ],
  options: {
    ...targetOptions,
    url: {
      type: "text",
      placeholder: "URL",
      description: "any place where it answers, up to the stage; keeps no evidence",
    },
    "round-trip": { type: "flag", description: "make and delete an item in prod, too" },
    "no-round-trip": { type: "flag", description: "send nothing that changes anything" },
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    const { deriveRoundTrips, verifyService } = await import("../../verify/index.ts");
    const isAnywhere = input.text("url") !== undefined;
    const target = isAnywhere ? undefined : await openTarget(input, world);
    const plan = target?.plan ?? (await readPlan(input));
    const token = callerToken();
    const isWanted = wantsRoundTrip(input, plan);
    const environment = target && openEnvironment(plan, target.caller);
    const url = await serviceUrl(input, plan, environment);
    const trips = deriveRoundTrips(plan, token !== undefined);
    const roundTrip = isWanted && trips.length > 0;
    const left = leftOut(plan, token);
    terminal.err(left ?? roundTripText(isWanted, plan, trips));
    const style = createStyle(terminal.color);
    const look = () =>
      verifyService({
        plan,
        url,
        roundTrip,
        token,
        interrupted,
        // What has failed is told at once: the rest may take its time.
        onCheck: ({ passed, id }) => {
          if (!passed) terminal.err(style.dim(`failed: ${id}`));
        },
      });
    const { release, verification } =
      environment === undefined
        ? { release: null, verification: await look() }
        : await recordVerification(environment, plan, look);
    if (release !== null) terminal.err(`Kept as evidence for the release ${release}.`);
    terminal.out(
      input.flag("json")
        ? answerJson<VerifyAnswer>({
            service: plan.service,
            environment: plan.environment,
            release,
            roundTrip,
            ...verification,
          })
        : verificationText(verification, style),
    );
    return verification.passed ? exitCodes.ok : exitCodes.failure;
  },
};

/** What is not looked at because nobody has given a token; undefined where everything is. */
function leftOut({ api }: ServicePlan, token: string | undefined): string | undefined {
  const guarded = api.routes.filter(({ auth }) => auth.type === "jwt").map(routeName);
  if (guarded.length === 0 || token !== undefined) return undefined;
  return `There is no LAMBDAKIT_TOKEN, so these are only asked whether they refuse callers, and there is no round trip: ${guarded.join(", ")}.`;
}

async function readPlan(input: Input): Promise<ServicePlan> {
  const { manifest } = await loadService(input.text("service") ?? ".");
  return planService(manifest, input.text("env") as EnvironmentName);
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

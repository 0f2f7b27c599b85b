import type { InvokeAnswer as Answer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  findFunction,
  type InvokeAnswer,
  type InvokeRequest,
  openFunctions,
  parseReport,
} from "../../observe/index.ts";
import type { FunctionPlan, ServicePlan } from "../../plan/index.ts";
import { requireConsent } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { outputText } from "../dev-output/function-output.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import { eventOf, eventOptions } from "../observation/invocation/invocation-event.ts";
import {
  isLocal,
  openInvokeTarget,
  qualifierOf,
} from "../observation/invocation/invocation-target.ts";
import { reportText, resultText } from "../observation/invocation/invocation-text.ts";
import { createStyle } from "../style.ts";

const { confirm, reason } = consentOptions;

export const invoke: Command = {
  name: "invoke",
  summary: "invoke a function, deployed or local, and show what it did",
  description:
    "Gives a function an event: one of its routes' examples as API Gateway would send it, a file, or JSON. Its answer is on stdout; what it has logged (the last 4 KB), how long it took and which version it was are on stderr. It may change data, as any caller may: SIT and PROD want the words that deploying wants, and the function finds the reason in context.clientContext.custom.reason. It is tried once. With --env local, asks the lambdakit dev that runs in the service's folder. Ends with 1 where the function failed.",
  examples: [
    "lambdakit invoke list --event example",
    "lambdakit invoke get --event 'GET /v1.0/products/{productId}' --env local",
    "lambdakit invoke create --payload events/new.json --json",
    "echo '{}' | lambdakit invoke list --payload - --version 7",
    "lambdakit invoke update --event example --env sit --confirm deploy --async",
    "lambdakit invoke delete --env prod --dry-run",
  ],
  options: {
    env: {
      type: "choice",
      choices: [...environmentNames, "local"],
      description: "the environment, or the lambdakit dev that runs here",
      default: "dev",
    },
    ...profileOptions,
    ...eventOptions,
    alias: { type: "text", placeholder: "NAME", description: "which alias; default: live" },
    version: { type: "text", placeholder: "NUMBER", description: "a version, not an alias" },
    async: { type: "flag", description: "leave it to Lambda, and do not wait for it" },
    "dry-run": { type: "flag", description: "look whether it might be invoked, and do not" },
    confirm,
    reason,
  },
  arguments: ["FUNCTION"],

  async run(input, { terminal }) {
    const type = typeOf(input);
    const { service, plan, access } = await openInvokeTarget(input);
    const lambda = functionOf(plan, input);
    const payload = await eventOf(input, service, plan, lambda);
    await requireSize(payload, type);
    if (type !== "DryRun" && !isLocal(input)) {
      const { key } = lambda;
      requireConsent(consentOf(input), plan, `lambdakit invoke ${key} --env ${plan.environment}`);
    }
    const qualifier = qualifierOf(input, plan);
    const stated = input.text("reason");
    const answer = await openFunctions(plan, access).invoke({
      functionName: lambda.name,
      type,
      payload,
      ...(qualifier !== undefined && { qualifier }),
      // Lambda gives it to synchronous invocations only.
      ...(stated !== undefined &&
        type === "RequestResponse" && { clientContext: { custom: { reason: stated } } }),
    });
    if (answer === undefined) throw notThere(lambda, qualifier, plan);
    return tell(input, terminal, lambda, type, answer);
  },
};

type Terminal = Parameters<Command["run"]>[1]["terminal"];

function tell(
  input: Input,
  terminal: Terminal,
  lambda: FunctionPlan,
  type: InvokeRequest["type"],
  answer: InvokeAnswer,
): number {
  const { status, payload, functionError, version, requestId } = answer;
  const { report, lines } = parseReport(answer.log ?? "");
  const exitCode = functionError === null ? exitCodes.ok : exitCodes.failure;
  if (input.flag("json")) {
    const result = type === "RequestResponse" ? resultOf(payload) : null;
    const { name, key } = lambda;
    const told = { function: key, name, type, status, version, requestId, functionError, result };
    terminal.out(answerJson<Answer>({ ...told, report: report ?? null, log: lines }));
    return exitCode;
  }
  const style = createStyle(terminal.color);
  const env = input.text("env");
  if (type === "DryRun") {
    terminal.out(`${lambda.name} might be invoked with that. It was not.`);
  } else if (type === "Event") {
    terminal.out(`Lambda has it, and will invoke ${lambda.name}: request ${requestId}`);
    if (env !== "local") terminal.err(`Next: lambdakit logs ${lambda.key} --env ${env}`);
  } else {
    for (const line of lines) {
      const shown = outputText(lambda.key, line, style);
      if (shown !== undefined) terminal.err(shown);
    }
    terminal.err(style.dim(reportText(version, report)));
    terminal.out(resultText(payload, functionError !== null, style));
  }
  return exitCode;
}

function resultOf(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

function typeOf(input: Input): InvokeRequest["type"] {
  if (input.flag("async") && input.flag("dry-run")) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: "--async invokes it, and --dry-run does not.",
      fix: "leave out one of them",
      at: "--dry-run",
    });
  }
  if (input.flag("dry-run")) return "DryRun";
  return input.flag("async") ? "Event" : "RequestResponse";
}

function functionOf(plan: ServicePlan, input: Input): FunctionPlan {
  const [name] = input.arguments;
  if (name !== undefined) return findFunction(plan, name);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: "Which function is to be invoked is not said.",
    fix: `lambdakit invoke ${plan.functions[0]?.key ?? "FUNCTION"}`,
    at: "FUNCTION",
  });
}

/** What Lambda would refuse, once it has been sent, is refused before that. */
async function requireSize(payload: string, type: InvokeRequest["type"]): Promise<void> {
  const { maxPayloadBytes } = await import("../../dev/index.ts");
  const [bytes, most] = [Buffer.byteLength(payload), maxPayloadBytes[type]];
  if (bytes <= most) return;
  throw new LambdakitError("INVOKE_PAYLOAD_TOO_LARGE", {
    message: `The event has ${bytes} bytes, and Lambda takes ${most} ${type === "Event" ? "for what it does later" : "at most"}.`,
    fix:
      type === "Event" && bytes <= maxPayloadBytes.RequestResponse
        ? "leave out --async"
        : "put it into a bucket, and give the function its place",
  });
}

function notThere(
  { name, key }: FunctionPlan,
  qualifier: string | undefined,
  { environment }: ServicePlan,
): LambdakitError {
  return new LambdakitError("INVOKE_NOT_THERE", {
    message: `There is no ${name}${qualifier === undefined ? "" : `:${qualifier}`}.`,
    fix: `lambdakit status --env ${environment} says what is deployed of ${key}`,
  });
}

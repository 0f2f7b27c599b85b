import type { Contract, Faults } from "./contract.ts";
import { type Answer, answerText, excerpt, jsonOf, NoAnswer } from "./http/answer.ts";
import type { Ask } from "./http/ask.ts";
import type { Probe } from "./probes/probe.ts";
import type { Check } from "./types.ts";

/** A probe, and what came of it. */
export interface Observation {
  readonly probe: Probe;
  /** Null where nothing came back. */
  readonly answer: Answer | null;
  readonly faults: Faults;
  readonly check: Check;
}

const none: Faults = { cors: [], correlation: [], content: [] };

/** Sends a probe's request, and holds the answer against what it has to be. */
export async function observe(
  probe: Probe,
  ask: Ask,
  contract: Contract,
  interrupted: AbortSignal | undefined,
): Promise<Observation> {
  const { id, what, route } = probe;
  try {
    const answer = await ask(probe.request, interrupted);
    const faults = contract.faults(probe.operation, answer);
    const wrong = probe.isForeign
      ? contract.foreignFaults(answer)
      : ownFaults(probe, answer, faults);
    const { milliseconds } = answer;
    const detail = wrong.length === 0 ? null : wrong.join("; ");
    const check = { id, what, route, passed: detail === null, detail, milliseconds };
    return { probe, answer, faults, check };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const { message: detail, milliseconds } = error;
    const check = { id, what, route, passed: false, detail, milliseconds };
    return { probe, answer: null, faults: none, check };
  }
}

/** What is wrong with this answer, apart from what is looked at in all answers of its route together. */
function ownFaults(probe: Probe, answer: Answer, faults: Faults): string[] {
  if (!probe.statuses.includes(answer.status)) return [unexpected(answer)];
  const { operation } = probe;
  if (operation === null || operation.method === "OPTIONS") {
    return [...faults.cors, ...faults.content];
  }
  return answer.status < 400 ? [...faults.content] : nameFaults(probe, answer);
}

/** Whoever reads it will want to find the log lines of an answer that nobody foresaw. */
export function unexpected(answer: Answer): string {
  const trace = answer.status >= 500 ? ` (correlation id ${answer.correlationId})` : "";
  return `is ${answerText(answer)}${trace}`;
}

function nameFaults({ names }: Probe, answer: Answer): string[] {
  const { errors } = Object(jsonOf(answer)) as { readonly errors?: unknown };
  const fields = (Array.isArray(errors) ? errors : []).map((one) => String(Object(one).field));
  const missing = names.filter((name) => !fields.includes(name));
  if (missing.length === 0) return [];
  const found = fields.length === 0 ? "no field" : fields.join(", ");
  return [`its errors name ${excerpt(found)}, and not ${missing.join(", ")}`];
}

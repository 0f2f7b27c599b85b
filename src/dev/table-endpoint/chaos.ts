import { LambdakitError } from "../../errors/index.ts";

/** Faults that the functions' calls meet on purpose. */
export interface Chaos {
  /** Calls of a hundred that are throttled. */
  readonly throttlePercent: number;
  /** Calls of a hundred that fail with DynamoDB's internal error. */
  readonly errorPercent: number;
  /** Added to each call. */
  readonly latencyMilliseconds: number;
}

/**
 * Reads `throttle=5%,latency=50ms,error=1%`; what is not named does not happen.
 * @throws {LambdakitError} CLI_BAD_VALUE, with everything that is wrong
 */
export function parseChaos(text: string): Chaos {
  const values = new Map<Name, number>();
  const wrong: string[] = [];
  for (const part of text.split(",").map((one) => one.trim())) {
    const [, name = "", digits = "", unit = ""] = /^(\w*)=(\d+(?:\.\d+)?)(\D*)$/.exec(part) ?? [];
    const value = Number(digits);
    if (!isName(name)) wrong.push(`"${part}" is none of throttle=N%, latency=Nms, error=N%`);
    else if (values.has(name)) wrong.push(`${name} stands there twice`);
    else if (unit !== units[name]) wrong.push(`"${part}" has to end in ${units[name]}`);
    else if (value > most[name]) wrong.push(`${name} is at most ${most[name]}${units[name]}`);
    else values.set(name, value);
  }
  const chaos = {
    throttlePercent: values.get("throttle") ?? 0,
    errorPercent: values.get("error") ?? 0,
    latencyMilliseconds: values.get("latency") ?? 0,
  };
  if (chaos.throttlePercent + chaos.errorPercent > 100) {
    wrong.push("throttle and error are more than 100% together");
  }
  if (wrong.length === 0) return chaos;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--chaos is "${text}": ${wrong.join("; ")}.`,
    fix: "write --chaos throttle=5%,latency=50ms,error=1%",
    at: "--chaos",
  });
}

/** What a call meets, drawn by lot. @param random from 0 up to, but not, 1 */
export function drawFault(chaos: Chaos, random: () => number): "throttle" | "error" | undefined {
  const lot = random() * 100;
  if (lot < chaos.throttlePercent) return "throttle";
  return lot < chaos.throttlePercent + chaos.errorPercent ? "error" : undefined;
}

const units = { throttle: "%", error: "%", latency: "ms" } as const;
/** A call that waits a minute has long been given up: the SDK's own limits are shorter. */
const most = { throttle: 100, error: 100, latency: 60_000 } as const;

type Name = keyof typeof units;

function isName(text: string): text is Name {
  return Object.hasOwn(units, text);
}

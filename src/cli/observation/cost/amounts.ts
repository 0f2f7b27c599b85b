import { LambdakitError } from "../../../errors/index.ts";
import { Rational } from "../../../evaluate/index.ts";

/** A kind of amount that is written in an option. */
export interface AmountForm {
  /** What each unit is, in the smallest. The empty one is a number alone, where that is allowed. */
  readonly units: Readonly<Record<string, string>>;
  /** Whether parts of the smallest unit make no sense. */
  readonly isWhole: boolean;
  /** Three ways to write it, for an error. */
  readonly examples: string;
}

/** A number of requests or items: `5M`. */
export const count: AmountForm = {
  units: { "": "1", k: "1000", M: "1000000", G: "1000000000" },
  isWhole: true,
  examples: "800, 1.5k or 5M",
};

/** Milliseconds: `40ms`. */
export const duration: AmountForm = {
  units: { ms: "1", s: "1000" },
  isWhole: false,
  examples: "40ms, 2.5ms or 1s",
};

/** Bytes: `1KB` is 1,024 of them, as AWS counts. */
export const size: AmountForm = {
  units: { B: "1", KB: "1024", MB: "1048576" },
  isWhole: true,
  examples: "300B, 1.5KB or 1MB",
};

/** MB of a function: `512`. */
export const memory: AmountForm = { units: { "": "1", MB: "1" }, isWhole: true, examples: "512" };

/** Request units, per cents and dollars: `2.5`. */
export const plainNumber: AmountForm = { units: { "": "1" }, isWhole: false, examples: "2 or 2.5" };

/**
 * Reads an amount. Units are written as they are shown: `m` is no million.
 *
 * @param option that it was written in, such as `--requests`
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function readAmount(option: string, text: string, form: AmountForm): Rational {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = Object.hasOwn(form.units, unit) ? form.units[unit] : undefined;
  if (number !== "" && factor !== undefined) {
    const amount = Rational.of(number).times(Rational.of(factor));
    if (!form.isWhole || amount.ceiling().compare(amount) === 0) return amount;
  }
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `${option} is "${text}", and has to be an amount such as ${form.examples}.`,
    fix: `write ${option} ${form.examples.split(/,| or /)[0]}`,
    at: option,
  });
}

/** Amounts of which each belongs to something: `list=20ms,create=60ms`. */
export interface NamedAmounts {
  /** The one without a name. */
  readonly other: Rational | undefined;
  readonly byName: ReadonlyMap<string, Rational>;
}

/**
 * Reads amounts with commas between them, each behind a name and `=`; one may have no name.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function readNamedAmounts(option: string, text: string, form: AmountForm): NamedAmounts {
  const byName = new Map<string, Rational>();
  let other: Rational | undefined;
  for (const entry of text.split(",")) {
    const at = entry.lastIndexOf("=");
    const name = at < 0 ? undefined : entry.slice(0, at).trim();
    const amount = readAmount(option, entry.slice(at + 1).trim(), form);
    const isTwice = name === undefined ? other !== undefined : byName.has(name);
    if (isTwice || name === "") {
      const what = isTwice ? `has ${name ?? "an amount without a name"} twice` : "names nothing";
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `${option} ${what}: ${text}.`,
        fix: `write each once, such as ${option} list=${form.examples.split(/,| or /)[0]}`,
        at: option,
      });
    }
    if (name === undefined) other = amount;
    else byName.set(name, amount);
  }
  return { other, byName };
}

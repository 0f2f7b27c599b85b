import { idCount } from "./fields/id-file.ts";
import type { SpecProblem } from "./read-field.ts";
import type { IdForm } from "./service-spec.ts";

/** Of which an id may be, all with the digits, which numbered examples are made of. */
const alphabets = ["0-9", "0-9A-F", "0-9a-f", "0-9A-Z", "0-9a-z"];

/** Fewer come up twice too soon: our choice. */
const fewestIds = 1_000_000;

/** Reads the form of ids as it is typed: `PREFIX[:LENGTH[:ALPHABET]]`, such as `ORD` or `ORD:8:0-9a-f`. */
export function readIdForm(text: string): IdForm | SpecProblem {
  const refused = (message: string, fix: string): SpecProblem => ({
    at: "--id",
    message: `--id "${text}" ${message}`,
    fix,
  });
  const [prefix = "", length = "6", alphabet = "0-9A-Z", ...rest] = text.split(":");
  if (!/^[A-Z][A-Z0-9]{0,11}$/.test(prefix) || rest.length > 0 || !/^\d{1,2}$/.test(length)) {
    return refused("is not of the form PREFIX:LENGTH:ALPHABET.", "write --id ORD:6:0-9A-Z");
  }
  if (!alphabets.includes(alphabet)) {
    return refused("has an alphabet that is not known.", `write one of ${alphabets.join(", ")}`);
  }
  const form = { prefix, length: Number(length), alphabet };
  if (form.length > 32)
    return refused("has ids of more than 32 characters.", `write --id ${prefix}:32`);
  if (idCount(form) < fewestIds) {
    return refused("has too few ids: under a million.", `write --id ${prefix}:8:${alphabet}`);
  }
  return form;
}

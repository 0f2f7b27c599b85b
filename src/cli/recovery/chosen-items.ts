import { open } from "node:fs/promises";
import { LambdakitError } from "../../errors/index.ts";
import { ChosenItems } from "../../recover/index.ts";

/**
 * The items that somebody has picked, out of a file as `dr merge --list` writes it.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE where it cannot be read, or a line of it is no item
 */
export async function readChosen(path: string): Promise<ChosenItems> {
  const file = await open(path).catch((error: Error) => {
    throw badList(`${path} cannot be read: ${error.message}`);
  });
  const chosen = new ChosenItems();
  let number = 0;
  for await (const line of file.readLines()) {
    number += 1;
    if (line.trim() === "" || chosen.add(line)) continue;
    throw badList(`Line ${number} of ${path} is no item with a "key".`);
  }
  return chosen;
}

function badList(message: string): LambdakitError {
  return new LambdakitError("CLI_BAD_VALUE", {
    message,
    fix: "lambdakit dr merge --dry-run --list differences.jsonl, and take out what is not to come back",
    at: "--only",
  });
}

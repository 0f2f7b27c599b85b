import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** `PROD-` and six of 36 characters: 2,176,782,336 ids. The repository refuses one that is taken. */
export function newProductId(): string {
  const characters = Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]);
  return `PROD-${characters.join("")}`;
}

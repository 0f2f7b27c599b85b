import { randomInt } from "node:crypto";
import { productIdForm } from "../models/product-id.ts";

/** The repository refuses one that is taken. */
export function newProductId(): string {
  const { prefix, length, alphabet } = productIdForm;
  const characters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]);
  return `${prefix}${characters.join("")}`;
}

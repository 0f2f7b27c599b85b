import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const product = fileURLToPath(new URL("../services/product/", import.meta.url));

/**
 * A copy of the Product service, in a folder where its packages are found. Whoever asks for it deletes it.
 * @param changes what the text of a file becomes, by the file's name
 */
export async function productCopy(
  changes: Readonly<Record<string, (text: string) => string>> = {},
): Promise<string> {
  const home = path.join(product, ".lambdakit");
  await mkdir(home, { recursive: true });
  const copy = await mkdtemp(path.join(home, "test-"));
  for (const part of ["service.ts", "sample-data.json", "package.json", "src"]) {
    await cp(path.join(product, part), path.join(copy, part), { recursive: true });
  }
  for (const [name, change] of Object.entries(changes)) {
    const file = path.join(copy, name);
    await writeFile(file, change(await readFile(file, "utf8")));
  }
  return copy;
}

/** The text with one part of it replaced, which has to be there. */
export function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`Nothing here says ${from}`);
  return text.replace(from, to);
}

export const sampleProduct = {
  name: "Test Product",
  description: "Test",
  price: "99.99",
  currency: "ZAR",
  period: "monthly",
  features: [],
};

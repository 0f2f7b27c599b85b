import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { withVariables } from "../../../test/variables.ts";
import { createBundler } from "../../package/index.ts";
import { changeRelease } from "./release-source.ts";

const plan = productPlan("prod");
const entries = [...new Set(plan.functions.map(({ entry }) => entry))].filter((entry) =>
  entry.startsWith("src/"),
);
const source =
  "export const more = 1;\nexport const handler = (event: string) => 'got ' + event;\n";

it("makes releases of other bytes: one that does the same, one that throws in the last environment, and back", async () => {
  const service = await temporaryFolder(Object.fromEntries(entries.map((one) => [one, source])));
  const before = filesIn(service);
  const [entry = ""] = entries;
  const built = async () => {
    const outputDirectory = await temporaryFolder();
    const bundler = await createBundler({
      directory: service,
      outputDirectory,
      entries: { entry },
    });
    const { modules } = await bundler.build();
    await bundler.dispose();
    return { name: path.basename(modules.entry ?? ""), ...(await load(modules.entry)) };
  };
  const first = await built();
  await changeRelease(service, plan, "second");
  const second = await built();
  await changeRelease(service, plan, "bad");
  const bad = await built();
  await changeRelease(service, plan, "first");

  expect([first, second].map(({ handler, more }) => [handler("it"), more])).toEqual([
    ["got it", 1],
    ["got it", 1],
  ]);
  expect(new Set([first, second, bad].map(({ name }) => name)).size).toBe(3);
  onTestFinished(withVariables({ ENVIRONMENT: "sit" }));
  expect(bad.handler("it")).toBe("got it");
  onTestFinished(withVariables({ ENVIRONMENT: "prod" }));
  expect(() => bad.handler("it")).toThrow("This release is bad, on purpose.");
  expect(filesIn(service)).toEqual(before);
});

function load(file = ""): Promise<{ handler(event: string): string; more: number }> {
  return import(pathToFileURL(file).href);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

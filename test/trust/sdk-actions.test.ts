import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { productPlan } from "../product-plan.ts";
import { commandCalls, watchingCalls } from "./command-calls.ts";
import {
  administrators,
  auditors,
  drillers,
  keepers,
  leaders,
  mergers,
  observers,
  restorers,
  sdkActions,
} from "./sdk-actions.ts";

it("names every call of src/aws, and none that is not there any more", async () => {
  const folder = "src/aws";
  const files = (await readdir(folder)).filter((name) => !name.endsWith(".test.ts"));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  const calls = texts.flatMap((text) =>
    [...text.matchAll(/new (?:\w+\.)?(\w+)Command\(|\bpaginate(\w+)\(/g)].map(
      ([, command, pages]) => command ?? pages,
    ),
  );
  expect([...new Set(calls)].sort()).toEqual(Object.keys(sdkActions));
});

it("leaves no call to nobody: the workflows' roles, administrators, and people make them all", () => {
  const plan = productPlan("sit");
  const { reading, planning, changing } = commandCalls(plan);
  const ofRoles = [...reading, ...planning, ...changing, ...watchingCalls(plan)];
  const others = Object.entries(sdkActions).filter(
    ([, called]) => called !== null && !ofRoles.some(({ action }) => action === called),
  );
  expect(others.map(([call]) => call)).toEqual(
    [
      ...administrators,
      ...auditors,
      ...drillers,
      ...keepers,
      ...leaders,
      ...mergers,
      ...observers,
      ...restorers,
    ].sort(),
  );
});

it("tells those who look, in the reference, what they need", async () => {
  const reference = await readFile("docs/reference/observe.md", "utf8");
  const unnamed = observers.filter((call) => !reference.includes(`\`${sdkActions[call]}\``));
  expect(unnamed).toEqual([]);
});

it("tells those who audit, in the reference, what they need", async () => {
  const reference = await readFile("docs/reference/audit.md", "utf8");
  const unnamed = auditors.filter((call) => !reference.includes(`\`${sdkActions[call]}\``));
  expect(unnamed).toEqual([]);
});

it("tells those who keep secrets, in the reference, what they need", async () => {
  const reference = await readFile("docs/reference/secrets.md", "utf8");
  const unnamed = keepers.filter((call) => !reference.includes(`\`${sdkActions[call]}\``));
  expect(unnamed).toEqual([]);
});

it("tells those who restore, merge, drill and lead callers elsewhere, in the reference, what they need", async () => {
  const reference = await readFile("docs/reference/recovery.md", "utf8");
  const unnamed = [...drillers, ...leaders, ...mergers, ...restorers].filter(
    (call) => !reference.includes(`\`${sdkActions[call]}\``),
  );
  expect(unnamed).toEqual([]);
});

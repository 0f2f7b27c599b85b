import { expect, it } from "vitest";
import { builtRelease, manifest } from "../../../test/release-world.ts";
import { planService } from "../../plan/index.ts";
import { plannedRebuildText } from "./rebuild-text.ts";

const { release } = builtRelease("one");
const plan = planService(manifest, "prod");
const at = "2026-11-27T09:00:00.000Z";
const sources = [
  { kind: "replica", region: "eu-west-1", bytes: 2_000_000 },
  { kind: "backup", arn: "arn", name: "lambdakit-1", at, bytes: 500 },
  { kind: "empty" },
] as const;
const tables = sources.map((source) => ({
  key: source.kind,
  name: `products-${source.kind}`,
  source,
}));

it.each([80, 40])("a rebuild is told as steps that fit into %i columns", (columns) => {
  const brought = { replica: { at, items: 3, bytes: 2_000_000 } };
  const started = {
    at,
    by: "ada",
    release: release.id,
    from: "eu-west-1",
    tables,
    confirmation: null,
    reason: null,
  };
  const planned = { release, plan, tables, isDone: false, begun: { started, brought } };
  const text = plannedRebuildText(planned, "eu-west-1", columns);
  expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
  const words = text.replace(/\s+/g, " ");
  for (const said of [
    "1 done: prepare 093646564004 in eu-west-1, then af-south-1",
    "3 done: copy products-replica from its replica in eu-west-1",
    "4 restore products-backup from the backup lambdakit-1 of 2026-11-27 09:00 UTC: what was written after is lost",
    "5 make products-empty without an item",
    "To be copied: products-replica 1.9 MB, products-backup 500 bytes",
  ]) {
    expect(words).toContain(said);
  }
});

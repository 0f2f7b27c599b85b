import type { ItemCount, SampleComparison, TableComparison } from "../../recover/index.ts";
import { foldBehind } from "../layout/fold.ts";

/** How many items two tables have, and what a sample of each has shown of the other one. */
export function comparisonText({ counts, samples }: TableComparison, columns: number): string {
  const lines = [...counts.map(countedText), ...samples.map(sampleText)];
  return lines.flatMap((line) => foldBehind("", line, columns)).join("\n");
}

/** `products-prod has 1,204 items.` */
export function countedText({ table, items, isWhole }: ItemCount): string {
  const more = isWhole ? "" : ", and more that were not counted";
  return `${table} has ${countText(items)} items${more}.`;
}

function sampleText(sample: SampleComparison): string {
  const { sampled, isAll, changed, missing, atMostPercent, confidencePercent } = sample;
  const seen = `${countText(missing)} are missing in ${sample.in}, ${countText(changed)} are not the same there`;
  if (isAll) return `Of all ${countText(sampled)} items of ${sample.of}, ${seen}.`;
  return `Of ${countText(sampled)} items of ${sample.of}, picked at random, ${seen}: with ${confidencePercent} % confidence, at most ${percentText(atMostPercent)} of its items differ.`;
}

/** To the last one: whoever compares looks for single items. */
function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** Rounded up: what is said is a bound. */
function percentText(percent: number): string {
  return `${Math.ceil(percent * 100) / 100} %`;
}

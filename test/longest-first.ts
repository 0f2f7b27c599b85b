import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/**
 * The folders whose files take longest, the longest first. Vitest knows how long a file has taken from the last run,
 * and in CI there was none: a file that takes minutes would begin last, with the other workers idle.
 */
const longest = [
  "test/integration/terraform/",
  "test/integration/",
  "src/cli/commands/",
  "src/dev/",
];

/** Each worker takes the next file when it has ended one. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = longest.findIndex((folder) => moduleId.includes(`/${folder}`));
  return rank === -1 ? longest.length : rank;
}

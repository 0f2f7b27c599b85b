import { readdirSync, rmSync } from "node:fs";
import { expect, it } from "vitest";
import { answers } from "../../src/answers/index.ts";
import { cloudLacks } from "../cloud.ts";
import { formsOf } from "../held-answers.ts";

const folder = process.env.LAMBDAKIT_ANSWERS_MET ?? "";

it.skipIf(cloudLacks().length > 0)(
  "met each form of each answer at least once, printed by the command itself",
  () => {
    const met = new Set(readdirSync(folder).map(decodeURIComponent));
    rmSync(folder, { recursive: true });
    const all = Object.keys(answers).flatMap((command) =>
      formsOf(command).map(({ title }) => `${command}: ${title}`),
    );
    expect(all.filter((form) => !met.has(form))).toEqual([]);
  },
);

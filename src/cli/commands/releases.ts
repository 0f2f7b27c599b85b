import type { ReleasesAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { differences, openEnvironment, type ReleaseEnvironment } from "../../release/index.ts";
import { answerJson, type Frozen } from "../answer-json.ts";
import type { Command } from "../command.ts";
import {
  differencesText,
  historyText,
  releaseListText,
  releaseText,
} from "../deployment/releases-text.ts";
import { targetOptions } from "../deployment/target.ts";
import { openPlace, placeOptions } from "../recovery/open-place.ts";

export const releases: Command = {
  name: "releases",
  summary: "what was released, and what was done with it",
  description:
    "Without arguments lists the releases that an environment has, the newest first, and which of them is live and proven. show ID tells who built one, when, and of what. diff A B tells what the second has otherwise, apart for code, configuration, permissions and infrastructure. history lists what was done in the environment: by whom, when, from where, why, and how it ended. An id may be cut short. Changes nothing.",
  examples: [
    "lambdakit releases",
    "lambdakit releases --env prod --json",
    "lambdakit releases show 3f9c2a1b7d4e",
    "lambdakit releases diff 3f9c 8ab0",
    "lambdakit releases history --env sit",
    "lambdakit releases history --env prod --standby",
  ],
  options: { ...targetOptions, ...placeOptions },
  arguments: ["ACTION", "ID", "OTHER_ID"],

  async run(input, world) {
    const [action = "list", ...ids] = input.arguments;
    const answerTo = answers.get(action);
    if (answerTo === undefined || ids.length !== answerTo.ids) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `releases ${input.arguments.join(" ")} is nothing that can be answered.`,
        fix: "lambdakit releases, or with: show ID, diff ID OTHER_ID, history",
        at: "ACTION",
      });
    }
    const { plan, caller } = await openPlace(input, world);
    const { json, text } = await answerTo.answer(openEnvironment(plan, caller), ids);
    world.terminal.out(input.flag("json") ? answerJson<ReleasesAnswer>(json) : text);
    return exitCodes.ok;
  },
};

interface Answer {
  readonly json: Frozen<ReleasesAnswer>;
  readonly text: string;
}

interface Action {
  /** How many it takes. */
  readonly ids: number;
  answer(environment: ReleaseEnvironment, ids: readonly string[]): Promise<Answer>;
}

const answers = new Map<string, Action>([
  ["list", { ids: 0, answer: list }],
  ["history", { ids: 0, answer: tellHistory }],
  ["show", { ids: 1, answer: (environment, [id = ""]) => show(environment, id) }],
  [
    "diff",
    { ids: 2, answer: (environment, [one = "", other = ""]) => diff(environment, one, other) },
  ],
]);

async function list({ environment, releases, history }: ReleaseEnvironment): Promise<Answer> {
  const [all, operations] = await Promise.all([releases.list(), history.read()]);
  const newest = [...all].sort((one, other) => (one.built.at < other.built.at ? 1 : -1));
  return {
    json: { environment, releases: newest },
    text: releaseListText(environment, newest, operations),
  };
}

async function tellHistory({ environment, history }: ReleaseEnvironment): Promise<Answer> {
  const operations = await history.read();
  return { json: { environment, operations }, text: historyText(environment, operations) };
}

async function show({ environment, releases }: ReleaseEnvironment, id: string): Promise<Answer> {
  const release = await releases.find(id);
  return { json: { environment, release }, text: releaseText(release) };
}

async function diff(
  { releases, environment }: ReleaseEnvironment,
  one: string,
  other: string,
): Promise<Answer> {
  const view = async (start: string) => {
    const { id } = await releases.find(start);
    return releases.view(id, environment);
  };
  const found = differences(await view(one), await view(other));
  return { json: { environment, differences: found }, text: differencesText(found) };
}

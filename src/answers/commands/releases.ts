import * as z from "zod";
import { difference } from "../parts/difference.ts";
import { operation } from "../parts/operation.ts";
import { release } from "../parts/release.ts";
import { environmentName } from "../parts/values.ts";

const environment = environmentName.describe("Where that is.");

const list = z
  .strictObject({ environment, releases: z.array(release).describe("The newest first.") })
  .meta({ title: "releases", description: "The releases that an environment has." });

const history = z
  .strictObject({ environment, operations: z.array(operation).describe("The newest first.") })
  .meta({ title: "releases history", description: "What was done in an environment." });

const show = z
  .strictObject({ environment, release: release.describe("What is recorded of it.") })
  .meta({ title: "releases show", description: "One release." });

const diff = z
  .strictObject({
    environment,
    differences: z.array(difference).describe("What the second has otherwise."),
  })
  .meta({ title: "releases diff", description: "What two releases have otherwise." });

export const releasesAnswer = z
  .union([list, history, show, diff])
  .meta({ title: "releases", description: "What was released, and what was done with it." });

export type ReleasesAnswer = z.infer<typeof releasesAnswer>;

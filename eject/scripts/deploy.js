/**
 * npm run deploy -- dev: builds, uploads the zips that are new, applies with Terraform, moves callers to it, asks the API
 * whether it answers, and moves them back where it does not.
 *
 * Other environments build nothing: npm run deploy -- sit --confirm sit takes the zips in build/, which the environment before
 * must have proven (build/proven.json says so). Without a terminal, nothing is asked: it is --confirm, or a refusal.
 */
import { execFileSync } from "node:child_process";
import { before, smokeChecks } from "./settings.js";
import { digestsOf, readArtifacts } from "./steps/artifacts.js";
import { askToConfirm, requireConfirmation } from "./steps/confirmation.js";
import { readEnvironment } from "./steps/environment.js";
import { recordProof, requireProof } from "./steps/proof.js";
import { Refusal, run } from "./steps/run.js";
import { checkAnswers } from "./steps/smoke-checks.js";
import { Terraform } from "./steps/terraform.js";
import { openTraffic } from "./steps/traffic.js";
import { uploadArtifacts } from "./steps/upload.js";

const options = {
  confirm: { type: "string" },
  plan: { type: "string" },
  "allow-data-loss": { type: "boolean" },
  url: { type: "string" },
};

await run(options, async (given, [name]) => {
  const environment = readEnvironment(name);
  requireConfirmation(environment, given.confirm);
  if (before[environment.stage] === undefined) {
    execFileSync(process.execPath, ["scripts/build.js"], { stdio: "inherit" });
  }
  const artifacts = await readArtifacts();
  const digests = digestsOf(artifacts);
  await requireProof(environment, digests);

  const terraform = new Terraform(environment);
  await terraform.init();
  const hasChanges = (await terraform.plan(digests)) === 2;
  await requirePlan(terraform, given.plan);
  await requireData(terraform, given["allow-data-loss"]);
  await askToConfirm(environment, given.confirm);

  await uploadArtifacts(environment, artifacts);
  const traffic = openTraffic(environment);
  const former = await traffic.read();
  if (hasChanges) await terraform.apply();
  const { functions, url } = await terraform.outputs();
  await traffic.move(versionsOf(functions), former);

  const failures = await checkAnswers(given.url ?? process.env.SERVICE_URL ?? url, smokeChecks);
  if (failures.length > 0) {
    await traffic.moveBack(former);
    throw new Refusal(
      `${failures.join("\n")}\nCallers are led to the version of before again.`,
      "read the functions' logs, correct it, and deploy again",
    );
  }
  await recordProof(environment, digests);
  process.stdout.write(`${environment.name} is live: ${url ?? "no API"}\n`);
});

/** The version that the last apply has published, by the function's name. */
function versionsOf(functions) {
  return new Map(Object.values(functions).map(({ name, version }) => [name, version]));
}

/** What somebody has approved is what is applied. */
async function requirePlan(terraform, approved) {
  if (approved === undefined) return;
  const digest = await terraform.planDigest();
  if (digest === approved) return;
  throw new Refusal(
    `What would change now is not what was approved: ${digest}, and not ${approved}.`,
    "plan again, and have that approved",
  );
}

/** A table that is deleted or replaced is lost with all that is in it. */
async function requireData(terraform, isAllowed) {
  const lost = (await terraform.deleted()).filter(({ type }) => type === "aws_dynamodb_table");
  if (lost.length === 0 || isAllowed) return;
  throw new Refusal(
    `All data would be lost of ${lost.map(({ address }) => address).join(", ")}. Nothing was changed.`,
    "correct terraform/environments; where the data may go: --allow-data-loss",
  );
}

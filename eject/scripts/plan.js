/**
 * npm run plan -- dev: what Terraform would change there, with the code that is deployed. With --built, with the code
 * in build/. Changes nothing; the digest at its end is for npm run deploy -- ... --plan, which then applies that or nothing. Ends with 0 where nothing would change, and with 2 where something would.
 */
import { digestsOf, readArtifacts } from "./steps/artifacts.js";
import { readEnvironment } from "./steps/environment.js";
import { Refusal, run } from "./steps/run.js";
import { Terraform } from "./steps/terraform.js";

await run({ built: { type: "boolean" } }, async ({ built }, [name]) => {
  const environment = readEnvironment(name);
  const terraform = new Terraform(environment);
  await terraform.init();
  const digests = built ? digestsOf(await readArtifacts()) : await deployed(terraform, environment);
  const status = await terraform.plan(digests);
  process.stdout.write(`Digest of this plan: ${await terraform.planDigest()}\n`);
  return status;
});

/** The digests that the last apply was given. */
async function deployed(terraform, { name, variables }) {
  const { functions = {} } = await terraform.outputs();
  const missing = Object.keys(variables.functions).filter((key) => functions[key] === undefined);
  if (missing.length > 0) {
    throw new Refusal(
      `Not deployed to ${name} yet: ${missing.join(", ")}.`,
      `npm run build && npm run plan -- ${name} --built`,
    );
  }
  return digestsOf(functions);
}

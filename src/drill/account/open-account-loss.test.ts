/** An account of the emulator is emptied: both of its regions, by what the states in their buckets know. */
import { expect, it, onTestFinished } from "vitest";
import { plantBucket } from "../../../test/deployed/planted/plant-bucket.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { withVariables } from "../../../test/variables.ts";
import {
  type Account,
  credentialVariables,
  enterAccount,
} from "../../emulator/deployed/account.ts";
import { findMoto, startMoto } from "../../emulator/start-moto.ts";
import { KeptRecords } from "../kept-records.ts";
import { openAccountLoss } from "./open-account-loss.ts";

const lacks = findMoto();
if (lacks.length > 0) process.stderr.write(`No account is emptied: ${lacks.join("; ")}.\n`);

const nowhere = {
  read: async () => undefined,
  keys: async () => [],
  putOnce: async () => true,
  clear: async () => {},
};

/** Of a state that knows what Terraform has made in a region of the emulator. */
function stateOf(...names: readonly string[]): string {
  return JSON.stringify({
    resources: names.map((name) => ({
      mode: "managed",
      type: "aws_cloudwatch_log_group",
      instances: [{ attributes: { name } }],
    })),
  });
}

it.skipIf(lacks.length > 0)(
  "an account that is lost is empty in the region that would take over, too, and only it is",
  async () => {
    const plan = productPlan("prod");
    const standby = plan.recovery.standby?.region ?? "";
    const moto = await startMoto(plan.region, undefined, false);
    onTestFinished(() => moto.stop());
    const enter = (accountId: string, region: string) => enterAccount(moto, accountId, region);
    const places = await Promise.all(
      [plan.region, standby].map((region) => enter(plan.accountId, region)),
    );
    const other = await enter("111122223333", plan.region);
    const logs = async (account: Account, operation: string, input: object) => {
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `Logs_20140328.${operation}`,
      };
      const init = { method: "POST", headers, body: JSON.stringify(input) };
      return (await account.ask("logs", "/", init)).text();
    };
    for (const account of [...places, other]) {
      await logs(account, "CreateLogGroup", { logGroupName: "/made" });
    }
    for (const account of places) {
      for (const kind of ["artifacts", "terraform-state"]) {
        const bucket = `bbws-${kind}-${plan.accountId}-${account.region}`;
        await plantBucket(account, bucket);
        const file = `/${bucket}/${kind === "artifacts" ? "a.zip" : "services/product.tfstate"}`;
        await account.ask("s3", file, { method: "PUT", body: stateOf("/made") });
      }
    }
    const [first] = places;
    if (first === undefined) throw new Error("There is no account.");
    onTestFinished(
      withVariables({
        ...moto.env,
        ...credentialVariables(first.credentials),
        AWS_PROFILE: undefined,
      }),
    );
    const loss = openAccountLoss({
      plan,
      access: { endpoint: moto.url },
      url: moto.url,
      records: new KeptRecords(nowhere, async () => false, nowhere),
    });

    await loss.lose();
    const left = await Promise.all(
      [...places, other].map((account) => logs(account, "DescribeLogGroups", {})),
    );
    expect(left.map((text) => text.includes('"/made"'))).toEqual([false, false, true]);
    expect(await (await first.ask("s3", "/")).text()).not.toContain("<Bucket>");
    // A drill that was cut off does it once more.
    await loss.lose();
  },
  60_000,
);

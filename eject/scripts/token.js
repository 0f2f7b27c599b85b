/** npm run --silent token: a token that the service on this machine believes, for the routes that ask for one. */
import { localToken, runningPort, usualPort } from "lambdakit/dev";
import { loadService } from "lambdakit/package";
import { planService } from "lambdakit/plan";
import { run } from "./steps/run.js";

const options = { scope: { type: "string" }, port: { type: "string" } };

await run(options, async (given) => {
  const { manifest } = await loadService(".");
  // A token names the port that it is for. One that keeps no data cannot be found.
  const port = Number(given.port ?? (await runningPort(".lambdakit")) ?? usualPort);
  const scopes = given.scope?.split(" ");
  const { token } = await localToken(".lambdakit", port, planService(manifest, "dev").api, {
    scopes,
  });
  process.stdout.write(`${token}\n`);
});

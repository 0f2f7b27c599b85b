import { startSimulator } from "../../src/drill/index.ts";
import { type Account, enterAccount } from "../../src/emulator/deployed/account.ts";
import type { Target } from "./three-accounts.ts";

/** Meanwhile, commands find AWS in the simulator that a drill has, which knows how a table was before; no minutes behind. */
export async function inSimulator(
  target: Target,
  task: (account: Account) => Promise<void>,
): Promise<void> {
  const { accountId, region, endpoint } = target.account;
  const before = target.endpoint;
  const simulator = await startSimulator({ emulator: endpoint, behindSeconds: 0 });
  target.endpoint = simulator.url;
  try {
    await task(await enterAccount(simulator, accountId, region));
  } finally {
    target.endpoint = before;
    await simulator.stop();
  }
}

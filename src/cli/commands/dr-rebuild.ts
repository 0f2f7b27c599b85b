import type { DrRebuildAnswer } from "../../answers/index.ts";
import { Bucket } from "../../aws/index.ts";
import { exitCodes } from "../../errors/index.ts";
import {
  openRebuildGateways,
  planRebuild,
  RebuildRecords,
  type RebuiltEnvironment,
  type ReleaseSource,
  rebuildService,
} from "../../recover/index.ts";
import { openEnvironment, openStore } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { prepareAccount } from "../deployment/prepare-account.ts";
import type { DeployedStack } from "../deployment/release-stack.ts";
import { takingOver } from "../deployment/taking-over.ts";
import { openAccount, type Target, targetOptions } from "../deployment/target.ts";
import { verifierOf, verifyOptions } from "../deployment/verifier.ts";
import { openSource } from "../recovery/rebuild-source.ts";
import { plannedRebuildText } from "../recovery/rebuild-text.ts";
import { lookForSecrets, requireSecrets } from "../secrets/require-secrets.ts";
import { statedUrl } from "../verification/service-url.ts";

const { confirm, reason } = consentOptions;

export const drRebuild: Command = {
  name: "dr rebuild",
  summary: "make a service again in an account that has nothing of it",
  description:
    "For an account whose infrastructure is lost: prepares the account as bootstrap does, takes the release that was live from where its bytes still are, each zip held against its digest, brings the tables back from the replica in the region that stands by, else from their newest backup, applies the release and verifies it. Run it with an administrator's credentials. Refused where the account has anything of the service, and where a table would come back empty, unless --accept-empty-tables says so. Cut off anywhere, the same command goes on. --dry-run shows the steps.",
  examples: [
    "lambdakit dr rebuild --env prod --dry-run",
    "lambdakit dr rebuild --env prod",
    "lambdakit dr rebuild --env sit --from dev --confirm deploy",
    "lambdakit dr rebuild --env prod --from ./artifacts-prod --release 3f9c2a1b7d4e",
  ],
  options: {
    ...targetOptions,
    from: {
      type: "text",
      placeholder: "WHERE",
      description:
        "standby, the environment before, or a folder with a copy of the artifact bucket; default: standby, else the one before",
    },
    release: {
      type: "text",
      placeholder: "ID",
      description: "which; default: what was live, or is in the environment before",
    },
    "accept-empty-tables": {
      type: "flag",
      description: "make tables without items where there is no copy",
    },
    "dry-run": { type: "flag", description: "show the steps, and change nothing" },
    confirm,
    reason,
    ...verifyOptions,
  },
  arguments: [],

  async run(input, world) {
    const { terminal, interrupted } = world;
    // What is mistyped is said before anybody is asked.
    statedUrl(input);
    const { findTerraform } = await import("../../terraform/index.ts");
    const terraform = await findTerraform();
    const target = await openAccount(input, world);
    const { service, steps, done } = target;
    const source = await openSource(input.text("from"), target);
    const { rebuilt, planned } = await planIt(input, target, source);
    done("looked what there is");
    const { plan, release } = planned;
    const { environment } = plan;
    const isJson = input.flag("json");
    const described = {
      environment,
      release: release.id,
      from: source.name,
      tables: planned.tables,
      goesOn: planned.begun !== undefined,
    };
    if (planned.isDone || input.flag("dry-run")) {
      const outcome = planned.isDone ? "already-live" : "planned";
      const text = planned.isDone
        ? `${environment}: release ${release.id} was rebuilt already, and is live`
        : plannedRebuildText(planned, source.name, terminal.columns);
      terminal.out(isJson ? answerJson<DrRebuildAnswer>({ ...described, outcome, steps }) : text);
      return exitCodes.ok;
    }
    terminal.err(plannedRebuildText(planned, source.name, terminal.columns));
    const { stack, ...result } = await rebuildService<DeployedStack>(rebuilt, planned, {
      source,
      consent: { ...consentOf(input), allowDataLoss: false },
      async prepareAccount() {
        await prepareAccount(target, world, terraform);
      },
      async openStack({ release: { artifacts } }, tables) {
        requireSecrets(await lookForSecrets(plan, world), plan);
        return takingOver(
          {
            terraform,
            directory: service.directory,
            plan,
            artifacts,
            tables: new Map(Object.entries(tables)),
            onStep: done,
          },
          world,
        );
      },
      verifierOf: ({ url }) => verifierOf(input, { plan, deployedUrl: url, interrupted }),
      interrupted,
      onWait: (what, seconds) => terminal.err(`waiting for ${what}, ${seconds} s so far`),
      onStep: done,
    });
    const url = await stack.url();
    terminal.out(
      isJson
        ? answerJson<DrRebuildAnswer>({
            ...described,
            outcome: "live",
            url,
            brought: result.brought,
            verification: result.verification ?? null,
            steps,
          })
        : [`${environment}: release ${release.id} is live again`, url].filter(Boolean).join("\n"),
    );
    if (plan.recovery.standby !== null) {
      terminal.err(`Next: lambdakit dr standby --env ${environment}`);
    }
    return exitCodes.ok;
  },
};

/** Looks what there is, and what is to be done. */
async function planIt(input: Input, { plan, caller }: Target, source: ReleaseSource) {
  const { service, environment, region, deployment, recovery } = plan;
  const opened = openEnvironment(plan, caller);
  const rebuilt: RebuiltEnvironment = {
    environment: opened,
    records: new RebuildRecords(openStore(plan), service, environment),
    gateways: openRebuildGateways(region, recovery.standby?.region ?? null),
  };
  const planned = await planRebuild(rebuilt, plan, {
    source,
    release: input.text("release"),
    acceptsEmptyTables: input.flag("accept-empty-tables"),
    isPrepared: await new Bucket(deployment.artifactBucket, region).exists(),
  });
  return { rebuilt, planned };
}

import path from "node:path";
import {
  type Account,
  credentialVariables,
  enterAccount,
  findDeployedUrl,
  keepProviders,
  type LiveDeployment,
  serveLive,
  startIssuer,
  startMoto,
  startPercentileProxy,
  type Traffic,
  trafficMetrics,
  versionHeader,
} from "../../emulator/index.ts";
import { ownProgram } from "../../package/index.ts";
import type { EnvironmentName, ServicePlan } from "../../plan/index.ts";
import type { CommandAct } from "../../rehearsal/index.ts";
import { findProviderProgram } from "../../terraform/index.ts";
import { type Callers, readPaths, startCallers } from "./callers.ts";
import { commandVariables } from "./command-variables.ts";

/** An emulator of AWS that is the accounts of a service. */
export interface EmulatedAccounts {
  /** What a command finds in its environment. */
  variables(act: CommandAct): Promise<NodeJS.ProcessEnv>;
  /** Serves what is deployed there, from now on. */
  serve(environment: EnvironmentName): Promise<void>;
  /** Starts callers, of whom CloudWatch hears; undefined where there is nothing that they may ask for. */
  call(environment: EnvironmentName): Callers | undefined;
  stop(): Promise<void>;
}

interface Place {
  readonly plan: ServicePlan;
  readonly account: Account;
  served?: LiveDeployment;
  /** Hears of what callers meet, while there are any. */
  observe: (traffic: Traffic) => void;
}

/**
 * @param folder where what it needs may be written
 * @param service the folder of `service.ts`, of the copy
 */
export async function openEmulatedAccounts(
  plans: readonly ServicePlan[],
  { folder, service }: { readonly folder: string; readonly service: string },
): Promise<EmulatedAccounts> {
  const endings: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end().catch(() => {});
  };
  try {
    const opened = await open(plans, { folder, service, atEnd: (end) => endings.push(end) });
    return { ...opened, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Opening {
  readonly folder: string;
  readonly service: string;
  readonly atEnd: (end: () => Promise<unknown>) => void;
}

async function open(
  plans: readonly ServicePlan[],
  { folder, service, atEnd }: Opening,
): Promise<Omit<EmulatedAccounts, "stop">> {
  const bootstrap = await ownProgram("dev/host/process/bootstrap", folder);
  const moto = await startMoto(plans[0]?.region ?? "");
  atEnd(() => moto.stop());
  const percentiles = await startPercentileProxy(moto.url);
  atEnd(async () => percentiles.stop());
  const issuer = await startIssuer(folder);
  atEnd(() => issuer.stop());
  const providers = keepProviders();
  atEnd(() => providers.stop());
  const places = new Map<EnvironmentName, Place>();
  for (const plan of plans) {
    const account = await enterAccount(moto, plan.accountId, plan.region);
    places.set(plan.environment, { plan, account, observe() {} });
  }
  const placeOf = (name: EnvironmentName) => places.get(name) as Place;
  const noFile = path.join(folder, "no-such-file");
  const own = (place: Place) =>
    commandVariables(
      process.env,
      { ...moto.env, ...credentialVariables(place.account.credentials) },
      noFile,
    );
  return {
    async variables(act) {
      const place = placeOf(act.environment);
      const program = await findProviderProgram(service);
      const served = act.isLocal ? undefined : place.served;
      return {
        ...own(place),
        ...(program !== undefined && (await providers.attach(program, own(place)))),
        ...(act.asksForPercentiles && { AWS_ENDPOINT_URL: percentiles.url }),
        ...(served && { LAMBDAKIT_URL: served.url, LAMBDAKIT_TOKEN: issuer.token(place.plan) }),
      };
    },
    async serve(name) {
      const place = placeOf(name);
      const { account, plan } = place;
      const served = await serveLive({
        account,
        url: await findDeployedUrl(account, plan.api),
        artifactBucket: plan.deployment.artifactBucket,
        bootstrap,
        jwksUri: issuer.jwksUri,
        aliasAgeMilliseconds: 100,
        onTraffic: (traffic) => place.observe(traffic),
      });
      atEnd(() => served.stop());
      place.served = served;
    },
    call(name) {
      const place = placeOf(name);
      const paths = readPaths(place.plan);
      if (place.served === undefined || paths.length === 0) return undefined;
      const metrics = trafficMetrics(place.account);
      place.observe = metrics.observe;
      const token = issuer.token(place.plan);
      const callers = startCallers(place.served.url, paths, { token, versionHeader });
      return {
        async stop() {
          const calls = await callers.stop();
          place.observe = () => {};
          await metrics.stop();
          return calls;
        },
      };
    },
  };
}

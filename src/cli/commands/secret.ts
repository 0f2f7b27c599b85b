import type { SecretAnswer } from "../../answers/index.ts";
import { LocalSecrets } from "../../dev/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import type { EnvironmentName } from "../../manifest/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { secretName } from "../../names.ts";
import {
  openSecretStores,
  readSecretStates,
  type SecretStatus,
  type SecretStores,
} from "../../observe/index.ts";
import { loadService } from "../../package/index.ts";
import { planService, type SecretPlan, type ServicePlan } from "../../plan/index.ts";
import { requireConsent } from "../../release/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, World } from "../command.ts";
import { consentOf, consentOptions } from "../deployment/consent-options.ts";
import { openObserved } from "../observation/access/observed.ts";
import { profileOptions } from "../observation/access/profiles.ts";
import { localStates, localStores } from "../secrets/local-stores.ts";
import { isWrong, secretListText } from "../secrets/secret-list.ts";
import { readSecretValue } from "../secrets/secret-value.ts";
import { createStyle } from "../style.ts";

export const secret: Command = {
  name: "secret",
  summary: "give secrets values, and see which have none",
  description:
    "set NAME gives a secret of service.ts its value in one environment: typed without being shown, or from stdin; never from an argument, which the shell keeps. list tells which have a value, since when, and which functions read them; it reads no value, and ends with 2 where a function would find none. rm NAME deletes a value that no function reads: from Parameter Store for good, from Secrets Manager so that it can be had back for 30 days. SIT and PROD want the words that deploying wants. With --env local, the values are in .lambdakit/secrets.json, for lambdakit dev.",
  examples: [
    "lambdakit secret set paymentKey",
    "lambdakit secret set paymentKey --env local",
    "lambdakit secret set paymentKey --env sit --confirm deploy < key.txt",
    "lambdakit secret list --env prod",
    "lambdakit secret rm paymentKey --allow-data-loss",
  ],
  options: {
    env: {
      type: "choice",
      choices: [...environmentNames, "local"],
      description: "the environment, or this machine",
      default: "dev",
    },
    ...profileOptions,
    ...consentOptions,
  },
  arguments: ["ACTION", "NAME"],

  async run(input, world) {
    const [action = "list", ...names] = input.arguments;
    const act = actions.get(action);
    if (act === undefined || names.length !== act.names) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `secret ${input.arguments.join(" ")} is nothing that can be done.`,
        fix: "lambdakit secret list, or with: set NAME, rm NAME",
        at: "ACTION",
      });
    }
    return act.run(await openSecrets(input), names[0] ?? "", input, world);
  },
};

/** Where secrets are, and what is known of them. */
interface Opened {
  /** What stands behind `--env`. */
  readonly environment: EnvironmentName | "local";
  readonly plan: ServicePlan;
  readonly stores: SecretStores;
  /** What a store calls it: on this machine by its key. */
  readonly nameOf: (secret: Pick<SecretPlan, "key" | "name">) => string;
  states(): Promise<SecretStatus[]>;
}

interface Action {
  /** How many it takes. */
  readonly names: number;
  run(opened: Opened, name: string, input: Input, world: World): Promise<number>;
}

const actions = new Map<string, Action>([
  ["list", { names: 0, run: list }],
  ["set", { names: 1, run: set }],
  ["rm", { names: 1, run: remove }],
]);

async function openSecrets(input: Input): Promise<Opened> {
  const environment = input.text("env") as Opened["environment"];
  if (environment === "local") {
    const service = await loadService(input.text("service") ?? ".");
    const plan = planService(service.manifest, "dev");
    const local = new LocalSecrets(service.directory);
    const stores = localStores(local);
    return {
      environment,
      plan,
      stores,
      nameOf: ({ key }) => key,
      states: async () => localStates(plan, await local.read()),
    };
  }
  const { plan, access } = await openObserved(input);
  const stores = openSecretStores(plan, access);
  return {
    environment,
    plan,
    stores,
    nameOf: ({ name }) => name,
    states: () => readSecretStates(plan, stores),
  };
}

async function list(
  { environment, states }: Opened,
  _: string,
  input: Input,
  { terminal }: World,
): Promise<number> {
  const secrets = await states();
  const { columns } = terminal;
  terminal.out(
    input.flag("json")
      ? answerJson<SecretAnswer>({ environment, secrets })
      : secretListText(secrets, environment, {
          now: Date.now(),
          columns,
          style: createStyle(terminal.color),
        }),
  );
  return secrets.some(isWrong) ? exitCodes.differences : exitCodes.ok;
}

async function set(opened: Opened, key: string, input: Input, world: World): Promise<number> {
  const { environment, plan, stores, nameOf } = opened;
  const { terminal } = world;
  const one = declared(plan, key);
  if (environment !== "local") {
    requireConsent(consentOf(input), plan, `lambdakit secret set ${key} --env ${environment}`);
  }
  const value = await readSecretValue(one, world);
  const name = nameOf(one);
  await stores[one.store].set(name, value, one.description);
  const { store } = one;
  terminal.out(
    input.flag("json")
      ? answerJson<SecretAnswer>({ environment, secret: key, name, store, outcome: "set" })
      : `${environment}: ${key} is set.`,
  );
  if (environment !== "local") {
    terminal.err("Functions that have read the value before read the new one within 5 minutes.");
  }
  return exitCodes.ok;
}

async function remove(opened: Opened, key: string, input: Input, { terminal }: World) {
  const { environment, plan, stores, nameOf } = opened;
  const one = plan.secrets.find((known) => known.key === key);
  requireUnread(one, environment);
  const { deployment, service } = plan;
  const name = nameOf(
    one ?? { key, name: secretName(deployment.prefix, service, plan.environment, key) },
  );
  const states = await opened.states();
  const found = states.filter(
    (state) => state.state !== "missing" && [key, name].includes(state.name),
  );
  if (environment !== "local") {
    const losses = found.filter(({ store }) => store === "ssm").map((state) => state.name);
    const command = `lambdakit secret rm ${key} --env ${environment}`;
    requireConsent(consentOf(input), plan, command, losses);
  }
  if (found.length === 0) {
    throw new LambdakitError("SECRET_UNKNOWN", {
      message: `${environment} has no value of a secret ${key}.`,
      fix: `lambdakit secret list --env ${environment}`,
      at: "NAME",
    });
  }
  for (const state of found) await stores[state.store].remove(state.name);
  const canComeBack = environment !== "local" && found.every(({ store }) => store !== "ssm");
  terminal.out(
    input.flag("json")
      ? answerJson<SecretAnswer>({ environment, secret: key, name, outcome: "deleted" })
      : `${environment}: ${key} is deleted${canComeBack ? "; for 30 days secret set brings it back, with a new value" : ""}.`,
  );
  return exitCodes.ok;
}

/** @throws {LambdakitError} SECRET_UNKNOWN */
function declared({ secrets }: ServicePlan, key: string): SecretPlan {
  const one = secrets.find((known) => known.key === key);
  if (one !== undefined) return one;
  const near = nearest(
    key,
    secrets.map((known) => known.key),
  );
  throw new LambdakitError("SECRET_UNKNOWN", {
    message: `service.ts declares no secret "${key}".`,
    fix:
      near === undefined
        ? `add ${key} to secrets in service.ts, and to the secrets of the functions that read it`
        : `lambdakit secret set ${near}`,
    at: "NAME",
  });
}

/** @throws {LambdakitError} SECRET_IN_USE */
function requireUnread(one: SecretPlan | undefined, environment: string): void {
  if (one === undefined || one.readers.length === 0 || environment === "local") return;
  throw new LambdakitError("SECRET_IN_USE", {
    message: `${one.key} is read by ${one.readers.join(", ")}. Nothing was changed.`,
    fix: `take it out of their secrets in service.ts, and deploy that to ${environment} first; or give it another value: lambdakit secret set ${one.key} --env ${environment}`,
    at: "NAME",
  });
}

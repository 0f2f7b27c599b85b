import { environmentVariables, secretVariable } from "../names.ts";
import { hideValue } from "./hidden-values.ts";

export interface SecretsOptions {
  /**
   * Asks the store for the value of a name, such as `/bbws/product/dev/payment-key`: one call of the AWS SDK, which
   * the function brings itself. Undefined where there is no value.
   */
  readonly read: (name: string) => Promise<string | undefined>;
  /** Seconds after which the store is asked again. @default 300 */
  readonly expiresAfterSeconds?: number;
  /** Seconds for which an expired value goes on to serve while the store cannot be asked. @default 3600 */
  readonly staleSeconds?: number;
}

/** The secrets of a function, kept for a while in the memory of its execution environment. */
export interface Secrets {
  /**
   * The value of a secret that the function declares. All who ask at once cause one call to the store.
   * @throws {Error} where it has no value or cannot be read, and none that was read before may still serve
   */
  get(key: string): Promise<string>;
  /**
   * Asks the store now: for whoever was refused with the value that is kept, because it was rotated. One that was
   * read in the last {@link secondsBetweenRefreshes} is given as it is, so that a value that is wrong in the store
   * does not become a call with each request.
   * @throws {Error} as `get`
   */
  refresh(key: string): Promise<string>;
}

/** Parameter Store answers 40 calls in a second, for the whole account. @see https://docs.aws.amazon.com/general/latest/gr/ssm.html (2026-11-27) */
export const secondsBetweenRefreshes = 10;

interface Kept {
  readonly value: string;
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/**
 * Reads secrets when they are first asked for, and keeps them. A value is hidden in all log lines from then on; it
 * is nowhere else: not in variables, which everybody sees who may look at a function.
 *
 * @example
 * const ssm = new SSMClient();
 * const secrets = createSecrets({
 *   async read(name) {
 *     const command = new GetParameterCommand({ Name: name, WithDecryption: true });
 *     return (await ssm.send(command)).Parameter?.Value;
 *   },
 * });
 * const key = await secrets.get("paymentKey");
 */
export function createSecrets(options: SecretsOptions): Secrets {
  const { read, expiresAfterSeconds = 300, staleSeconds = 3600 } = options;
  const kept = new Map<string, Kept>();
  const failedAt = new Map<string, number>();
  const underWay = new Map<string, Promise<string>>();

  const ask = async (key: string): Promise<string> => {
    const value = await readValue(key, read);
    hideValue(key, value);
    kept.set(key, { value, readAt: Date.now() });
    failedAt.delete(key);
    return value;
  };
  const askOnce = (key: string): Promise<string> => {
    const asked = underWay.get(key);
    if (asked !== undefined) return asked;
    const asking = ask(key)
      .catch((error: unknown) => {
        failedAt.set(key, Date.now());
        throw error;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, asking);
    return asking;
  };
  const mayServe = ({ readAt }: Kept) => isWithin(readAt, expiresAfterSeconds + staleSeconds);
  const askOrServe = async (key: string): Promise<string> => {
    try {
      return await askOnce(key);
    } catch (error) {
      const old = kept.get(key);
      if (old !== undefined && mayServe(old)) return old.value;
      throw error;
    }
  };

  return {
    async get(key) {
      const one = kept.get(key);
      if (one === undefined) return askOnce(key);
      if (isWithin(one.readAt, expiresAfterSeconds)) return one.value;
      // A store that is down is not asked by each request, which would wait for it each time.
      const hasJustFailed = isWithin(failedAt.get(key) ?? 0, secondsBetweenRefreshes);
      return hasJustFailed && mayServe(one) ? one.value : askOrServe(key);
    },
    async refresh(key) {
      const one = kept.get(key);
      const last = Math.max(one?.readAt ?? 0, failedAt.get(key) ?? 0);
      return one !== undefined && isWithin(last, secondsBetweenRefreshes) && mayServe(one)
        ? one.value
        : askOrServe(key);
    },
  };
}

function isWithin(moment: number, seconds: number): boolean {
  return Date.now() - moment < seconds * 1000;
}

/** @throws {Error} that says what to do, and has no value in it */
async function readValue(key: string, read: SecretsOptions["read"]): Promise<string> {
  const name = process.env[secretVariable(key)];
  if (name === undefined) {
    throw new Error(`${key} is no secret of this function: add it to its secrets in service.ts.`);
  }
  let value: string | undefined;
  try {
    value = await read(name);
  } catch (cause) {
    throw new Error(`The secret ${key} cannot be read.`, { cause });
  }
  if (value !== undefined && value !== "") return value;
  const environment = process.env[environmentVariables.environment] ?? "dev";
  throw new Error(
    `The secret ${key} has no value: lambdakit secret set ${key} --env ${environment}`,
  );
}

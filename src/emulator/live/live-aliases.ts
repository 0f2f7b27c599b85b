import { setTimeout } from "node:timers/promises";
import { type Account, CallFailed } from "../deployed/account.ts";
import { type DeployedAlias, readAlias } from "../deployed/deployed-alias.ts";

type Read = Promise<DeployedAlias | undefined>;

/** One alias: what is known of it and since when, the read that is under way, and the one that follows. */
interface Followed {
  known?: DeployedAlias | undefined;
  since: number;
  underWay?: Read | undefined;
  next?: Read | undefined;
}

/**
 * After this time the way is that of the last time: AWS has no such delay, and no caller is to pay for an
 * emulator that has too much to do.
 */
const patienceMilliseconds = 150;

/**
 * Where the aliases lead at this moment. Each invocation asks the emulator, so that one which begins after
 * an alias was moved goes the new way. Those that come while one asks share the next answer, so that the
 * emulator has one question of each alias at a time, however busy it is.
 */
export class LiveAliases {
  readonly #account: Account;
  readonly #ageMilliseconds: number;
  readonly #followed = new Map<string, Followed>();

  /** @param ageMilliseconds for which an answer counts; 0 where each invocation is to ask */
  constructor(account: Account, ageMilliseconds: number) {
    this.#account = account;
    this.#ageMilliseconds = ageMilliseconds;
  }

  /** Undefined where there is no such alias. */
  async current(aliasArn: string): Read {
    const followed = this.#followed.get(aliasArn) ?? { since: 0 };
    this.#followed.set(aliasArn, followed);
    const { known, since } = followed;
    if (known !== undefined && performance.now() - since < this.#ageMilliseconds) return known;
    const read = this.#ask(aliasArn, followed);
    if (known === undefined) return read;
    const ending = new AbortController();
    const patience = setTimeout(patienceMilliseconds, undefined, ending).then(
      () => followed.known,
      () => undefined,
    );
    return Promise.race([read, patience]).finally(() => ending.abort());
  }

  /** A read that begins now, or as soon as the one has ended that is under way. */
  #ask(aliasArn: string, followed: Followed): Read {
    if (followed.underWay !== undefined) {
      followed.next ??= followed.underWay.then(() => {
        followed.next = undefined;
        return this.#ask(aliasArn, followed);
      });
      return followed.next;
    }
    const read = this.#read(aliasArn, followed).finally(() => {
      followed.underWay = undefined;
    });
    followed.underWay = read;
    return read;
  }

  async #read(aliasArn: string, followed: Followed): Read {
    const since = performance.now();
    try {
      followed.known = await readAlias(this.#account, aliasArn);
      followed.since = since;
    } catch (error) {
      // The emulator could not answer: what was known is likely to be so still.
      if (!(error instanceof CallFailed && error.status === 404)) return followed.known;
      followed.known = undefined;
    }
    return followed.known;
  }
}

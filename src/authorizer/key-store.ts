import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { warmUp } from "./warm-up.ts";

/** Keys that an issuer has taken back are believed for this long at most while it can be reached. */
const freshMs = 10 * 60_000;

/**
 * While it cannot: as long as access tokens commonly live. Behind that, whoever had one when the issuer went
 * away has it no more, and old keys would serve nobody but who stole one.
 */
const keptMs = 60 * 60_000;

/** Between two fetches, whatever callers send: unknown key ids are free to make up. */
const pauseMs = 30_000;

export interface KeyStoreOptions {
  /** Gives the issuer's key set, as JSON. */
  readonly fetch: () => Promise<unknown>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Hears of a fetch that failed while old keys still serve. */
  readonly onStale: (error: unknown) => void;
}

export interface KeyStore {
  /** The key that a token's header names. Throws what `jose` throws where the issuer has none such. */
  readonly keyFor: JWTVerifyGetKey;
  /** Fetches the keys, and makes them ready, before anybody asks. */
  prepare(): Promise<void>;
}

interface Held {
  readonly keys: JSONWebKeySet["keys"];
  readonly keyFor: JWTVerifyGetKey;
  readonly since: number;
}

/**
 * The issuer's public keys: fetched once in 10 minutes, and when a token names one that is not among them, but
 * never twice within 30 seconds. When the issuer does not answer, the old ones serve for an hour.
 */
export function createKeyStore({ fetch, now, onStale }: KeyStoreOptions): KeyStore {
  let held: Held | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let underWay: Promise<void> | undefined;

  const fetchOnce = async () => {
    triedAt = now();
    try {
      const set = usable(await fetch());
      held = { keys: set.keys, keyFor: createLocalJWKSet(set), since: now() };
      failure = undefined;
    } catch (error) {
      failure = error;
    }
  };
  /** All who ask at the same time wait for the same fetch; who comes within the pause after it does not ask. */
  const refresh = async () => {
    if (underWay === undefined && now() - triedAt < pauseMs) return;
    underWay ??= fetchOnce().finally(() => {
      underWay = undefined;
    });
    await underWay;
  };
  const current = async (): Promise<Held> => {
    if (held === undefined || now() - held.since >= freshMs) await refresh();
    if (held === undefined || now() - held.since >= keptMs) {
      throw new Error("the issuer's keys are not known", { cause: failure });
    }
    if (failure !== undefined) onStale(failure);
    return held;
  };
  return {
    async keyFor(header, token) {
      const before = await current();
      try {
        return await before.keyFor(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refresh();
        const after = await current();
        if (after === before) throw error;
        return after.keyFor(header, token);
      }
    },
    async prepare() {
      await refresh();
      if (held !== undefined) await warmUp(held.keys, held.keyFor);
    },
  };
}

/**
 * The public keys for signatures of a set, and nothing else of it: a shared secret in a set that everybody can
 * read would let everybody sign.
 */
function usable(value: unknown): JSONWebKeySet {
  const { keys } = Object(value) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error("the issuer's answer is no set of keys");
  const kept = (keys as JSONWebKeySet["keys"]).filter(
    ({ kty }) => kty === "RSA" || kty === "EC" || kty === "OKP",
  );
  if (kept.length === 0) throw new Error("the issuer's set has no public key");
  return { keys: kept };
}

import type { AliasState } from "../../aws/index.ts";

/** Where callers are led: an alias of each function. */
export interface Traffic {
  /** Nothing where there is no such function. */
  read(functionName: string): Promise<AliasState | undefined>;
  move(functionName: string, state: AliasState): Promise<void>;
  /** SHA-256 of a version's zip; nothing where there is no such version. */
  sha256Of(functionName: string, version: string): Promise<string | undefined>;
}

/** One function's way from a version to another. */
export interface Move {
  readonly functionName: string;
  readonly from: string;
  readonly to: string;
}

export type AliasStates = ReadonlyMap<string, AliasState>;

/** Where the aliases of these functions lead; those that are not there are left out. */
export async function readAliases(
  traffic: Traffic,
  functionNames: readonly string[],
): Promise<AliasStates> {
  const states = await Promise.all(functionNames.map((name) => traffic.read(name)));
  return new Map(
    functionNames.flatMap((name, index) => {
      const state = states[index];
      return state === undefined ? [] : [[name, state] as const];
    }),
  );
}

/** Moves all of them at the same moment, or, where one cannot be moved, none. */
export async function moveTogether(
  traffic: Traffic,
  moves: readonly Move[],
  state: (move: Move) => AliasState,
  back: (move: Move) => AliasState,
): Promise<void> {
  const moved = await Promise.allSettled(
    moves.map((move) => traffic.move(move.functionName, state(move))),
  );
  const failed = moved.find((one) => one.status === "rejected");
  if (failed === undefined) return;
  // Whoever did not answer may have done it all the same.
  await Promise.allSettled(moves.map((move) => traffic.move(move.functionName, back(move))));
  throw failed.reason;
}

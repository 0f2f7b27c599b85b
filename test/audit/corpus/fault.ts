import type { AdvisoryFacts, WholeAccount } from "../../../src/audit/index.ts";
import type { ServicePlan } from "../../../src/plan/index.ts";
import type { GitHubAnswers } from "./github.ts";

/** One thing that is wrong, what finds it, and what is otherwise because of it. */
export interface Fault {
  readonly id: string;
  readonly what: string;
  /** A file's text after the edit; undefined takes the file away. */
  readonly file?: readonly [path: string, edit: (text: string) => string | undefined];
  readonly plan?: (plan: ServicePlan) => ServicePlan;
  readonly gitHub?: (answers: GitHubAnswers) => GitHubAnswers;
  readonly account?: (account: WholeAccount) => WholeAccount;
  /** Whose account. @default prod's: nothing may be lost there */
  readonly environment?: "sit";
  readonly advisories?: AdvisoryFacts;
}

/** The text with one part of it replaced, which has to be there. */
export function replacing(from: string | RegExp, to: string) {
  return (text: string): string => {
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`Nothing here says ${from}`);
    return changed;
  };
}

export function adding(more: string) {
  return (text: string): string => text + more;
}

/** A file that was not there. */
export function made(text: string) {
  return (): string => text;
}

export function gone(): undefined {
  return undefined;
}

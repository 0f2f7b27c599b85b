import { setTimeout as sleep } from "node:timers/promises";
import type { RoutePlan } from "../../plan/index.ts";
import { type Answer, jsonOf } from "../http/answer.ts";
import type { Ask } from "../http/ask.ts";
import { unexpected } from "../observation.ts";
import { exampleRequest } from "../probes/example-request.ts";

/** A list may be long, and nothing says where in it a new item stands. */
const mostPages = 20;

export interface Listing {
  readonly isListed: boolean;
  /** There are more pages than were looked at. */
  readonly isCutOff: boolean;
  /** How many entries were looked at. */
  readonly entries: number;
  /** The answer that was not a page; null where all were. */
  readonly failure: Answer | null;
}

/** How long an index may take to follow its table. Mostly it is less than a second. */
const indexSeconds = 5;

/** What is wrong with a list that has to have an item, or not to have it. It is often read from an index, which follows its table after a moment. */
export async function listingFaults(
  list: RoutePlan,
  parameter: string,
  id: string,
  isWanted: boolean,
  { ask, interrupted }: { readonly ask: Ask; readonly interrupted: AbortSignal | undefined },
): Promise<string[]> {
  const giveUpAt = performance.now() + indexSeconds * 1_000;
  for (;;) {
    const listing = await findInList(list, parameter, id, ask);
    if (listing.failure !== null) return [unexpected(listing.failure)];
    // In a list that was not read to its end, an item may stand where nobody has looked.
    if (listing.isListed === isWanted || listing.isCutOff) return [];
    if (performance.now() > giveUpAt || interrupted?.aborted) {
      const place = `among its ${listing.entries} entries, ${indexSeconds} s later`;
      return [`${id} is ${isWanted ? "not" : "still"} ${place}`];
    }
    await sleep(250);
  }
}

/**
 * Looks for an item in a list, page by page. What tells where the next page is has one name in the
 * answer and in the query, such as `nextToken`.
 */
export async function findInList(
  list: RoutePlan,
  parameter: string,
  id: string,
  ask: Ask,
): Promise<Listing> {
  let query: Readonly<Record<string, string>> = {};
  let entries = 0;
  for (let page = 0; page < mostPages; page++) {
    const answer = await ask(exampleRequest(list, { query }));
    if (answer.status !== 200) return { ...found(false, entries), failure: answer };
    const body = jsonOf(answer);
    const onPage = entriesOf(body);
    entries += onPage.length;
    if (onPage.some((one) => one[parameter] === id || one.id === id)) return found(true, entries);
    query = nextPage(list, body);
    if (Object.keys(query).length === 0) return found(false, entries);
  }
  return { ...found(false, entries), isCutOff: true };
}

function found(isListed: boolean, entries: number): Listing {
  return { isListed, isCutOff: false, entries, failure: null };
}

function entriesOf(body: unknown): Readonly<Record<string, unknown>>[] {
  const lists = Array.isArray(body) ? [body] : Object.values(Object(body)).filter(Array.isArray);
  return lists.flat().map((one) => Object(one));
}

function nextPage({ parameters }: RoutePlan, body: unknown): Record<string, string> {
  const fields = Object(body) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    parameters
      .filter(({ in: place }) => place === "query")
      .flatMap(({ name }): [string, string][] => {
        const value = fields[name];
        return typeof value === "string" && value !== "" ? [[name, value]] : [];
      }),
  );
}

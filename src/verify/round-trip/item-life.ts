import type { RoutePlan } from "../../plan/index.ts";
import type { Contract } from "../contract.ts";
import { type Answer, NoAnswer } from "../http/answer.ts";
import type { Ask } from "../http/ask.ts";
import { unexpected } from "../observation.ts";
import { exampleRequest } from "../probes/example-request.ts";
import type { RoundTrip } from "./derive-round-trips.ts";
import { type Item, isGone, locationFaults, madeItem, readRequest, removeRequest } from "./item.ts";
import { listingFaults } from "./listing.ts";
import { afterUpdate, sentFaults, visible } from "./sent-faults.ts";

export interface LifeOptions {
  readonly trip: RoundTrip;
  readonly url: string;
  readonly ask: Ask;
  readonly contract: Contract;
  readonly interrupted: AbortSignal | undefined;
}

export type Step = readonly [
  slug: string,
  what: string,
  route: RoutePlan,
  look: () => Promise<readonly string[]>,
];

/** Follows one item from POST to DELETE, and remembers what is known of it. */
export class ItemLife {
  readonly #trip: RoundTrip;
  readonly #options: LifeOptions;
  #item: Item | undefined;
  /** As it was read last. */
  #text: string | null = null;
  #isGone = false;
  /** Something was made, and nobody knows what. */
  #isUnknown = false;
  /** There was no answer, or not the one that the next step needs. */
  isLost = false;

  constructor(options: LifeOptions) {
    this.#trip = options.trip;
    this.#options = options;
  }

  /** The steps, in their order. */
  way(): Step[] {
    const { create, read, update, list, remove } = this.#trip;
    const created = visible(create);
    return [
      ["create", "makes the example", create, () => this.#create()],
      ["read", "reads what was made", read, () => this.#read(created)],
      ...(list === undefined ? [] : [this.#listed(list, true)]),
      ...(update === undefined
        ? []
        : ([
            ["update", "changes it as its example does", update, () => this.#update(update)],
            [
              "read-update",
              "reads the change, and what was not changed",
              read,
              () => this.#read(afterUpdate(created, update)),
            ],
          ] satisfies Step[])),
      ["delete", "deletes it", remove, () => this.#remove()],
      ["gone", "reads that it is gone, or is marked", read, () => this.#gone()],
      ...(list === undefined ? [] : [this.#listed(list, false)]),
    ];
  }

  async #create(): Promise<readonly string[]> {
    const { create } = this.#trip;
    const { ask, url } = this.#options;
    this.#isUnknown = true;
    const answer = await ask(exampleRequest(create)).catch((error) => {
      this.isLost = true;
      throw error;
    });
    this.#item = answer.status < 300 ? madeItem(this.#trip, answer) : undefined;
    this.#isUnknown = answer.status >= 500 || (answer.status < 300 && this.#item === undefined);
    const faults = this.#faults(create, answer);
    if (this.#item === undefined) {
      this.isLost = true;
      return answer.status < 300
        ? [...faults, `neither Location nor ${this.#trip.parameter} says what was made`]
        : faults;
    }
    return [
      ...faults,
      ...locationFaults(answer, this.#item, url),
      ...sentFaults(visible(create), answer),
    ];
  }

  async #read(wanted: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
    const { read } = this.#trip;
    const answer = await this.#options.ask(readRequest(this.#trip, this.#known()));
    const faults = this.#faults(read, answer, [200]);
    if (answer.status !== 200) return faults;
    this.#text = answer.text;
    return [...faults, ...sentFaults(wanted, answer)];
  }

  async #update(update: RoutePlan): Promise<readonly string[]> {
    const { parameter } = this.#trip;
    const { id } = this.#known();
    const answer = await this.#options.ask(
      exampleRequest(update, { pathParameters: { [parameter]: id } }),
    );
    return this.#faults(update, answer);
  }

  async #remove(): Promise<readonly string[]> {
    const answer = await this.#options.ask(removeRequest(this.#trip, this.#known()));
    return this.#faults(this.#trip.remove, answer);
  }

  async #gone(): Promise<readonly string[]> {
    const answer = await this.#options.ask(readRequest(this.#trip, this.#known()));
    this.#isGone = isGone(answer, this.#text);
    return this.#isGone ? [] : [`after DELETE it ${unexpected(answer)}, as before`];
  }

  #listed(list: RoutePlan, isWanted: boolean): Step {
    const slug = isWanted ? "listed" : "not-listed";
    const what = isWanted ? "lists it" : "does not list it any more";
    const look = () =>
      listingFaults(list, this.#trip.parameter, this.#known().id, isWanted, this.#options);
    return [slug, what, list, look];
  }

  /** Makes sure that nothing is left, and says what is, where something is. */
  async cleanUp(): Promise<string | null> {
    if (this.#isUnknown) return "POST may have made something, and has not said what";
    if (this.#item === undefined || this.#isGone) return null;
    const { ask } = this.#options;
    const { id } = this.#item;
    try {
      const before = this.#text ?? (await ask(readRequest(this.#trip, this.#item))).text;
      const removed = await ask(removeRequest(this.#trip, this.#item));
      const now = await ask(readRequest(this.#trip, this.#item));
      if (isGone(now, before)) return null;
      if (now.status !== 200) return `${id} may be left behind: GET of it ${unexpected(now)}`;
      return `${id} is left behind: DELETE ${unexpected(removed)}`;
    } catch (error) {
      if (error instanceof NoAnswer) return `${id} is left behind: ${error.message}`;
      throw error;
    }
  }

  /** Steps after `create` are taken only where it has made something. */
  #known(): Item {
    return this.#item as Item;
  }

  /** What is wrong with an answer; where it is another one than it should be, the trip is at its end. */
  #faults(route: RoutePlan, answer: Answer, wanted = successes(route)): readonly string[] {
    if (!wanted.includes(answer.status)) {
      this.isLost = true;
      return [unexpected(answer)];
    }
    const { cors, correlation, content } = this.#options.contract.faults(route, answer);
    return [...cors, ...correlation, ...content];
  }
}

function successes({ responses }: RoutePlan): readonly number[] {
  const stated = responses.map(({ status }) => status).filter((status) => status < 300);
  return stated.length === 0 ? [200, 201, 202, 204] : stated;
}

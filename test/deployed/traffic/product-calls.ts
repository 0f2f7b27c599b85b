import { sampleProduct } from "../../product-copy.ts";

/** A request to the Product service. */
export interface ProductCall {
  /** Such as `GET /v1.0/products/{productId}`. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
  readonly productId: string | undefined;
}

const products = "/v1.0/products";
const one = `${products}/{productId}`;

/** Three reads for each write, in an order that is always the same, with each route in it. */
const order = [
  `GET ${one}`,
  `GET ${products}?limit=10`,
  `POST ${products}`,
  `GET ${one}`,
  `GET ${products}?limit=10`,
  `GET ${one}`,
  `PUT ${one}`,
  `GET ${products}?limit=10`,
  `GET ${one}`,
  `GET ${products}?limit=10`,
  `GET ${one}`,
  `DELETE ${one}`,
];

/** How many calls there are until each route was asked. */
export const callsOfEveryRoute = order.length;

/** What callers of the Product service ask for, on products that they have made themselves. */
export class ProductCalls {
  readonly #productIds: string[] = [];
  #number = 0;

  next(): ProductCall {
    // Before anything is there, it is made. The last one stays, so that there is always one to ask for.
    const isEmpty = this.#productIds.length === 0;
    const planned = isEmpty ? `POST ${products}` : (order[this.#number++ % order.length] as string);
    const isLast = this.#productIds.length === 1 && planned.startsWith("DELETE");
    return this.#call(isLast ? `GET ${one}` : planned);
  }

  /** Remembers a product that was made. */
  answered({ method }: ProductCall, status: number | undefined, body: string): void {
    if (method === "POST" && status === 201) this.#productIds.push(JSON.parse(body).productId);
  }

  #call(planned: string): ProductCall {
    const [method, template] = planned.split(" ") as [string, string];
    const route = `${method} ${template.replace(/\?.*/, "")}`;
    const needs = template.includes("{");
    const productId = needs ? this.#productIdFor(method) : undefined;
    const path = template.replace("{productId}", productId ?? "");
    return { route, method, path, body: bodies[method], productId };
  }

  /** What is deleted is asked for no more: that it is gone is no failure. */
  #productIdFor(method: string): string | undefined {
    if (method === "DELETE") return this.#productIds.shift();
    return this.#productIds[this.#number % this.#productIds.length];
  }
}

const bodies: Readonly<Record<string, object>> = {
  POST: sampleProduct,
  PUT: { price: "149.99" },
};

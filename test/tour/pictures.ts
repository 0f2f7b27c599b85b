import { productCopy, replaced } from "../product-copy.ts";

/** What the tour shows, by the names of the pictures in `docs/tour/`. */
export interface TourPicture {
  readonly name: string;
  /** As it is typed in the folder of the Product service, without `lambdakit`. */
  readonly command: string;
  /** Of what it says, no more than so many lines. @default all */
  readonly lines?: number;
  /** Another folder of `service.ts`. @default the Product service */
  readonly service?: () => Promise<string>;
}

export const tourPictures: readonly TourPicture[] = [
  { name: "explain", command: "explain --env prod", lines: 22 },
  { name: "mistakes", command: "explain --env prod", service: withMistakes },
  { name: "permissions", command: "audit iam", lines: 24 },
  { name: "cost", command: "cost --env prod --price-region eu-west-1", lines: 24 },
  { name: "runbook", command: "runbook show disaster-recovery table-lost --env prod" },
  { name: "drills", command: "dr drill" },
];

/** A word that is none, and a route that two functions have. */
function withMistakes(): Promise<string> {
  return productCopy({
    "service.ts": (text) =>
      replaced(
        replaced(text, 'allow: ["GetItem"]', 'allow: ["GetItems"]'),
        'routes: ["PUT /v1.0/products/{productId}"]',
        'routes: ["POST /v1.0/products"]',
      ),
  });
}

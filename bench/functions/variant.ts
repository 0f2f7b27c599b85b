/** One way to make a function that creates a product, as a folder that can be started. */
export interface Variant {
  readonly name: string;
  /** The Node.js or the Python that runs it, with its flags. */
  readonly program: readonly [string, ...string[]];
  readonly language: "node" | "python";
  /** What Lambda would unpack: `index.mjs`, or the Python module of the handler. */
  readonly taskRoot: string;
  /** What Lambda would call `_HANDLER`. */
  readonly handler: string;
  /** What it has to answer: a status, or the effect of an authorizer's policy. @default 201 */
  readonly answer?: number | "Allow";
  /** Whether it writes an item. */
  readonly writes: boolean;
  /** Whether it reads an item while it loads, as the Product service does. @default true */
  readonly primed?: boolean;
}

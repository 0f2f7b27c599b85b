/** `errors` of `get` → `bbws-product-get-errors-prod`, as the reference names them. */
export type Named = (key: string, what: string) => string;

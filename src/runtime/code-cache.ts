import { codeCacheRejected } from "../names.ts";

const mark = Symbol.for(codeCacheRejected);

/** Says, once, that the function's packages had to be compiled at this cold start. */
export function codeCacheFields(): { readonly code_cache_rejected?: true } {
  if (!Object.hasOwn(globalThis, mark)) return {};
  Reflect.deleteProperty(globalThis, mark);
  return { code_cache_rejected: true };
}

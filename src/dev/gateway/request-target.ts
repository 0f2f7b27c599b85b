/** What a request asks for: the second word of its first line, in parts. */
export interface RequestTarget {
  /** Without the query, still percent-encoded. */
  readonly path: string;
  /** Without the `?`. */
  readonly query: string;
}

/** Reads both forms: `/items?a=1`, and `http://localhost:3000/items?a=1` as proxies send it. */
export function requestTarget(url: string): RequestTarget {
  const target = url.startsWith("/") ? url : url.replace(/^https?:\/\/[^/?]*/i, "");
  const query = target.indexOf("?");
  return query < 0
    ? { path: target || "/", query: "" }
    : { path: target.slice(0, query) || "/", query: target.slice(query + 1) };
}

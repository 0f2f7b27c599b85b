/** Texts by their paths from the service's folder, with `/`. */
export type Texts = ReadonlyMap<string, string>;

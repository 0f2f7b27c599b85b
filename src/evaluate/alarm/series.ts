/** A figure for each period, the oldest first; undefined where there is none. */
export type Series = readonly (number | undefined)[];

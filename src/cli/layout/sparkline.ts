import type { Series } from "../../observe/index.ts";

const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/** From low to high, by how much ink they have. */
const plainBars = ["_", ".", "-", "=", "+", "*", "#"];

/**
 * Figures over time as one line: from 0 to the highest of them, the oldest first. Where nothing was reported stands
 * a dot, or in ASCII a space.
 *
 * @param columns as many at most: where there are more figures, each place has the highest of its own
 */
export function sparkline(series: Series, columns: number, unicode: boolean): string {
  const places = fitted(series, columns);
  const highest = Math.max(0, ...places.map((value) => value ?? 0));
  const levels = unicode ? bars : plainBars;
  return places
    .map((value) => {
      if (value === null) return unicode ? "·" : " ";
      const level = highest === 0 ? 0 : Math.ceil((value / highest) * (levels.length - 1));
      return levels[Math.max(0, level)];
    })
    .join("");
}

function fitted(series: Series, columns: number): Series {
  if (series.length <= columns) return series;
  return Array.from({ length: columns }, (_, place) => {
    const start = Math.floor((place * series.length) / columns);
    const end = Math.floor(((place + 1) * series.length) / columns);
    const own = series.slice(start, end).filter((value) => value !== null);
    return own.length === 0 ? null : Math.max(...own);
  });
}

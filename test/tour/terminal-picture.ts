/** A terminal as a picture: what a command has said, in its colours, as SVG that any page can show. */

import { escaped } from "../../src/rehearsal/escaped.ts";

/** One colour and weight of text. */
interface Look {
  readonly color: string | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

const plain: Look = { color: null, isBold: false, isDim: false };

/** What `src/cli/style.ts` writes, by the numbers of its escape sequences. */
const changes: Readonly<Record<string, Partial<Look>>> = {
  "0": plain,
  "1": { isBold: true },
  "2": { isDim: true },
  "22": { isBold: false, isDim: false },
  "31": { color: "#ff7b72" },
  "32": { color: "#7ee787" },
  "33": { color: "#e3b341" },
  "39": { color: null },
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what such a sequence begins with
const change = /\u001b\[(\d*)m/;

const columnWidth = 8.4;
const lineHeight = 19;
const margin = 16;

/**
 * @param title for whoever does not see it
 * @param text with escape sequences of colours, and of nothing else; what is too long goes on below, as on a terminal
 */
export function terminalPicture(title: string, text: string, columns = 80): string {
  const rows = text
    .replace(/\n+$/, "")
    .split("\n")
    .flatMap((line) => wrapped(cellsOf(line), columns));
  const width = Math.ceil(columns * columnWidth + 2 * margin);
  const height = rows.length * lineHeight + 2 * margin;
  const lines = rows.map((row, at) => {
    const spans = wordsOf(row).map(span).join("");
    return spans === "" ? "" : `  <text y="${margin + at * lineHeight + 14}">${spans}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">
  <title>${escaped(title)}</title>
  <rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${lines.join("")}</svg>
`;
}

interface Cell {
  readonly character: string;
  readonly look: Look;
}

function cellsOf(line: string): Cell[] {
  let look = plain;
  return line.split(change).flatMap((part, index) => {
    if (index % 2 === 0) return [...part].map((character) => ({ character, look }));
    look = { ...look, ...changes[part || "0"] };
    return [];
  });
}

function wrapped(cells: readonly Cell[], columns: number): Cell[][] {
  const rows: Cell[][] = [];
  for (let at = 0; at === 0 || at < cells.length; at += columns) {
    rows.push(cells.slice(at, at + columns));
  }
  return rows;
}

interface Word {
  readonly column: number;
  readonly text: string;
  readonly look: Look;
}

/** What looks alike and has single spaces only: SVG makes one of several. */
function wordsOf(row: readonly Cell[]): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < row.length; ) {
    const { look } = row[at] as Cell;
    let end = at;
    while (end < row.length && row[end]?.look === look) end += 1;
    const text = row.slice(at, end).map(({ character }) => character);
    for (const { 0: word, index } of text.join("").matchAll(/\S+(?: \S+)*/g)) {
      words.push({ column: at + [...text.join("").slice(0, index)].length, text: word, look });
    }
    at = end;
  }
  return words;
}

function span({ column, text, look: { color, isBold, isDim } }: Word): string {
  const attributes = [
    `x="${(margin + column * columnWidth).toFixed(1)}"`,
    // Every font has another width: the columns stay where they are.
    `textLength="${([...text].length * columnWidth).toFixed(1)}"`,
    ...(color === null ? [] : [`fill="${color}"`]),
    ...(isBold ? ['font-weight="bold"'] : []),
    ...(isDim ? ['opacity="0.65"'] : []),
  ];
  return `<tspan ${attributes.join(" ")}>${escaped(text)}</tspan>`;
}

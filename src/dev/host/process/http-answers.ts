/** An answer of {@link RuntimeApi}. */
export interface HttpAnswer {
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const headEnd = "\r\n\r\n";

/**
 * Makes answers of the bytes of a connection, however these are cut into pieces. Knows what the local
 * Runtime API sends, which gives the length of every body ahead of it.
 */
export function httpAnswers(onAnswer: (answer: HttpAnswer) => void): (bytes: Buffer) => void {
  let pieces: Buffer[] = [];
  let bytes = 0;
  /** How much has to be there before it makes sense to look again. */
  let needed = 0;

  return (piece) => {
    pieces.push(piece);
    bytes += piece.length;
    while (bytes > 0 && bytes >= needed) {
      const all = Buffer.concat(pieces, bytes);
      pieces = [all];
      const bodyStart = all.indexOf(headEnd) + headEnd.length;
      if (bodyStart < headEnd.length) return;
      const headers = headersOf(all.toString("latin1", 0, bodyStart));
      needed = bodyStart + Number(headers.get("content-length"));
      if (bytes < needed) return;
      pieces = [all.subarray(needed)];
      bytes -= needed;
      const body = all.toString("utf8", bodyStart, needed);
      needed = 0;
      onAnswer({ headers, body });
    }
  };
}

function headersOf(head: string): Map<string, string> {
  const lines = head.trimEnd().split("\r\n").slice(1);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

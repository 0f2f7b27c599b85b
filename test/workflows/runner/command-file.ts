/** What a step wrote into `$GITHUB_OUTPUT` or `$GITHUB_ENV`: `name=value`, or `name<<END` and lines up to `END`. */
export function readCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const [, block, end] = /^([\w-]+)<<(.+)$/.exec(line) ?? [];
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
    if (block !== undefined && end !== undefined) {
      const last = lines.indexOf(end, at + 1);
      if (last < 0) throw new Error(`${block} has no end ${end}`);
      values[block] = lines.slice(at + 1, last).join("\n");
      at = last;
    } else if (name !== undefined && value !== undefined) {
      values[name] = value;
    } else {
      throw new Error(`GitHub would not understand this line: ${line}`);
    }
  }
  return values;
}

/** A path in the folder of the file, without the way that it is written; undefined where it leaves it. */
export function insideFolder(file: string): string | undefined {
  if (/^(?:[/~\\]|[A-Za-z]:)/.test(file)) return undefined;
  const parts: string[] = [];
  for (const part of file.split(/[/\\]/)) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

/**
 * Turns the answer of `lambdakit plan` or `promote --dry-run` into Markdown: a line for each change, and below
 * it what becomes of which attribute.
 *
 * @param heading an expression of jq for the first line
 * @returns a script without its input and its output
 */
export function changesMarkdown(heading: string): string {
  return `jq --raw-output '
  def attribute: "  - \\(.name): \\(.before // "nothing") becomes \\(.after // "nothing")";
  def change: "- \\(.action) \`\\(.address)\`" + if .losesData then " **loses data**" else "" end;
  ${heading}, "",
  if .changes == [] then "Nothing changes." else .changes[] | change, (.attributes[]? | attribute) end
'`;
}

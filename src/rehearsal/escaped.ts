const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** A text that is nothing but a text in HTML and SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (found) => entities[found] ?? found);
}

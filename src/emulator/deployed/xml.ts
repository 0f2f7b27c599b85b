/** What stands in the XML of IAM and STS, whose elements of interest hold text and nothing else. */

/** The text of every such element, in order. */
export function valuesIn(xml: string, element: string): string[] {
  const found = xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"));
  return [...found].map(([, text = ""]) => unescaped(text));
}

/** @throws {Error} where there is none, or more than one */
export function valueIn(xml: string, element: string): string {
  const [value, ...more] = valuesIn(xml, element);
  if (value === undefined || more.length > 0) {
    throw new Error(
      `There are ${more.length + (value === undefined ? 0 : 1)} ${element} in ${xml}`,
    );
  }
  return value;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

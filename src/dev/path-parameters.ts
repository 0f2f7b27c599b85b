/**
 * Values for the parameters of a path template, percent-encoded as they stand in a path. A greedy
 * parameter, `{proxy+}`, keeps its slashes.
 */
export function encodePathParameters(
  template: string,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      template.includes(`{${name}+}`)
        ? value.split("/").map(encodeURIComponent).join("/")
        : encodeURIComponent(value),
    ]),
  );
}

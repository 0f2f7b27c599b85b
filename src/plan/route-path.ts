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

/** A path template with its parameters filled in, as it stands in a URL. */
export function routePath(template: string, values: Readonly<Record<string, string>>): string {
  const encoded = encodePathParameters(template, values);
  return template.replace(/\{(\w+)\+?\}/g, (_, name) => encoded[name] ?? name);
}

/** What a function finds in `process.env` that is of its environment, beside what is of the function. */
export function variablesWithin(
  variables: Readonly<Record<string, string>>,
  environment: { readonly name: string; readonly temporaryDirectory: string },
): Record<string, string> {
  return {
    ...variables,
    AWS_LAMBDA_LOG_STREAM_NAME: environment.name,
    TMPDIR: environment.temporaryDirectory,
  };
}

/**
 * What a stack needs beyond its own files to be applied to an emulator of AWS, which `AWS_ENDPOINT_URL`
 * names. What an emulator lacks it answers with an error of the server's, and the provider would ask 25
 * times, for a quarter of an hour.
 */
export function emulatorOverride(): Readonly<Record<string, string>> {
  if (process.env.AWS_ENDPOINT_URL === undefined) return {};
  return { "emulator_override.tf": 'provider "aws" {\n  max_retries = 1\n}\n' };
}

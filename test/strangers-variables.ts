/**
 * What is in the environment of somebody's own shell: nothing of the npm and the Vitest that run these tests, which would say
 * where this repository is, and not the engine that all tests share, which has tables of the usual names.
 */
export const strangersVariables = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_|^VITEST|^NODE_|^DYNAMODB_ENDPOINT$/i.test(name),
  ),
);

/**
 * AWS's runtime client exists in two lines that behave differently: 3 up to Node.js 22, with
 * callbacks and the wait for an empty event loop, and 4 from Node.js 24 on, without them.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export type Generation = 3 | 4;

/** @param runtime `nodejs22.x`, or `AWS_Lambda_nodejs22.x` as it stands in `AWS_EXECUTION_ENV` */
export function generationOf(runtime: string): Generation {
  const major = Number(/nodejs(\d+)/.exec(runtime)?.[1]);
  return major >= 24 ? 4 : 3;
}

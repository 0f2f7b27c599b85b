import { LambdakitError } from "../errors/index.ts";

/**
 * What an error of an artifact bucket means in an account that nobody has prepared; for `catch`.
 *
 * @throws {LambdakitError} TERRAFORM_NOT_BOOTSTRAPPED where there is no such bucket; else what was thrown
 */
export function notBootstrapped(environment: string, bucket: string): (error: unknown) => never {
  return (error) => {
    if (Object(Object(error).cause).name !== "NoSuchBucket") throw error;
    throw new LambdakitError("TERRAFORM_NOT_BOOTSTRAPPED", {
      message: `The account of ${environment} has no bucket ${bucket} for artifacts yet.`,
      fix: `lambdakit bootstrap --env ${environment}`,
      cause: error,
    });
  };
}

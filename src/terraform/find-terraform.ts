import { LambdakitError } from "../errors/index.ts";
import { runProgram } from "../system/index.ts";

/**
 * The first that locks a state in S3 without a table beside it, as more than a trial.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking (2026-11-26)
 */
const oldest = [1, 11] as const;
const install = `install Terraform ${oldest.join(".")} or newer: https://developer.hashicorp.com/terraform/install`;

/** The Terraform that is on this machine. */
export interface TerraformProgram {
  readonly program: string;
  /** Such as `1.11.4`. */
  readonly version: string;
}

/**
 * @throws {LambdakitError} TERRAFORM_NOT_FOUND, TERRAFORM_VERSION
 */
export async function findTerraform(program = "terraform"): Promise<TerraformProgram> {
  const variables = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const run = await runProgram(program, ["version", "-json"], { directory: ".", variables }).catch(
    (cause: NodeJS.ErrnoException) => {
      const message =
        cause.code === "ENOENT"
          ? "There is no terraform on this machine's PATH."
          : `terraform cannot be started: ${cause.message}`;
      throw new LambdakitError("TERRAFORM_NOT_FOUND", { message, fix: install, cause });
    },
  );
  const version = /"terraform_version":\s*"([^"]+)"/.exec(run.output)?.[1];
  if (version === undefined) {
    throw new LambdakitError("TERRAFORM_NOT_FOUND", {
      message: `terraform does not say its version:\n${run.output}${run.complaint}`.trim(),
      fix: install,
    });
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return { program, version };
  throw new LambdakitError("TERRAFORM_VERSION", {
    message: `This is Terraform ${version}, and ${oldest.join(".")} is the oldest that locks a state in S3 alone.`,
    fix: install,
  });
}

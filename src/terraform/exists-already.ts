import path from "node:path";
import type { Cause } from "../errors/index.ts";
import { quoted } from "../system/index.ts";
import { diagnosticText } from "./diagnostic-text.ts";
import type { FailedRun } from "./failure.ts";
import type { Diagnostic } from "./message.ts";

/**
 * AWS's words for a name that is taken. BucketAlreadyExists is not among them: that one is somebody else's,
 * and nobody can take it over.
 */
export const existsAlready =
  /EntityAlreadyExists|(Resource)?AlreadyExistsException|BucketAlreadyOwnedByYou|ResourceInUseException: Table already exists|ResourceConflictException: [^\n]*already exist/;

/** Whatever has a name, Terraform imports by it; a policy, for one, by its ARN. */
const importedByName = [
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_iam_role",
  "aws_kms_alias",
  "aws_lambda_function",
  "aws_s3_bucket",
];

/** What is to be made, and is there: made by hand, or by another state. */
export function existsAlreadyText(run: FailedRun): Pick<Cause, "message" | "fix"> {
  const errors = run.diagnostics.filter(({ severity }) => severity === "error");
  const isTaken = (one: Diagnostic) => existsAlready.test(`${one.summary}\n${one.detail}`);
  const taken = errors.filter(isTaken).map(takenOne);
  const others = errors.filter((one) => !isTaken(one)).map(diagnosticText);
  const lines = taken.map(({ address, name }) =>
    name === undefined ? address : `${address}: ${name}`,
  );
  const imports = taken.map((one) => `\n    ${importCommand(one, run)}`).join("");
  const hasTable = taken.some(({ type }) => type === "aws_dynamodb_table");
  return {
    message: [
      `What Terraform is to make is there already, and not in its state of ${run.environment}:`,
      ...lines,
      ...others,
    ].join("\n"),
    fix: `${hasTable ? "write existing: true at the table in service.ts; or " : ""}let Terraform take over what is there, and deploy again:${imports}`,
  };
}

interface Taken {
  readonly address: string;
  readonly type: string | undefined;
  readonly name: string | undefined;
}

/** The provider says `creating IAM Role (NAME): ...`. */
function takenOne({ summary, address = "ADDRESS" }: Diagnostic): Taken {
  const type = /(?:^|\.)(aws_\w+)\.\w+(?:\[.*\])?$/.exec(address)?.[1];
  const name = /^creating [^(:]*\(([^)]+)\)/.exec(summary)?.[1];
  return { address, type, name };
}

function importCommand({ address, type, name }: Taken, run: FailedRun): string {
  const { directory, variableFiles } = run;
  const files = variableFiles.map((file) => `-var-file=${path.relative(directory, file)}`);
  const isNamed = type !== undefined && importedByName.includes(type);
  const id = isNamed && name !== undefined ? quoted(name) : "ID";
  const where = path.relative(".", directory) || ".";
  return ["terraform", `-chdir=${where}`, "import", ...files, quoted(address), id].join(" ");
}

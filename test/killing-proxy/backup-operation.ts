/** By what a path is of, whatever it names. */
const operations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "backup/plans": { PUT: "CreateBackupPlan", GET: "ListBackupPlans" },
  "backup/plans/*": {
    GET: "GetBackupPlan",
    POST: "UpdateBackupPlan",
    DELETE: "DeleteBackupPlan",
  },
  "tags/*": { GET: "ListTags", POST: "TagResource" },
  "untag/*": { POST: "UntagResource" },
};

/**
 * What a request to AWS Backup asks for; undefined where it is not known here.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Operations.html (2026-11-27)
 */
export function backupOperation(method: string, path: string): string | undefined {
  const [, first = "", second = "", ...rest] = path.replace(/\/$/, "").split("/");
  const kind =
    first === "backup" ? [first, second, ...rest.map(() => "*")].join("/") : `${first}/*`;
  return operations[kind]?.[method];
}

/** By what comes behind the function's name in the path; a `*` stands for one more name. */
const operations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "": { GET: "GetFunction", DELETE: "DeleteFunction" },
  aliases: { GET: "ListAliases", POST: "CreateAlias" },
  "aliases/*": { GET: "GetAlias", PUT: "UpdateAlias", DELETE: "DeleteAlias" },
  code: { PUT: "UpdateFunctionCode" },
  concurrency: {
    GET: "GetFunctionConcurrency",
    PUT: "PutFunctionConcurrency",
    DELETE: "DeleteFunctionConcurrency",
  },
  configuration: { GET: "GetFunctionConfiguration", PUT: "UpdateFunctionConfiguration" },
  invocations: { POST: "Invoke" },
  policy: { GET: "GetPolicy", POST: "AddPermission" },
  "policy/*": { DELETE: "RemovePermission" },
  versions: { GET: "ListVersionsByFunction", POST: "PublishVersion" },
};

/**
 * What a request to Lambda asks for, and of which function. Undefined where it is not known here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
export function lambdaOperation(method: string, path: string): string | undefined {
  const [, , functions, name, ...rest] = path.replace(/\/$/, "").split("/");
  if (functions !== "functions") return undefined;
  if (name === undefined) return { GET: "ListFunctions", POST: "CreateFunction" }[method];
  const [part = "", ...more] = rest;
  const operation = operations[[part, ...more.map(() => "*")].join("/")]?.[method];
  return operation && `${operation} ${name.split(":").at(-1)}`;
}

/**
 * What does a decision cost? Local functions are asked for one at every call to a table, so the policies
 * are those of the Product service's functions, and the requests are calls that they make.
 */
import product from "../services/product/service.ts";
import { type AccessRequest, preparePolicies } from "../src/evaluate/index.ts";
import { validateManifest } from "../src/manifest/index.ts";
import { planService, policyDocument } from "../src/plan/index.ts";
import { median, table } from "./print.ts";

const decisions = 100_000;
const rounds = 9;

export async function evaluation(): Promise<void> {
  const validation = validateManifest(product);
  if (!validation.ok) throw new Error("The Product service's manifest has problems.");
  const plan = planService(validation.manifest, "dev");
  const resource = plan.tables[0]?.arn ?? "";
  const create = plan.functions.find(({ key }) => key === "create");
  const document = policyDocument(create?.role.statements ?? []);
  const context = { "dynamodb:LeadingKeys": ["PRODUCT#PROD-000001"] };
  const put: AccessRequest = { action: "dynamodb:PutItem", resource, context };

  const decide = preparePolicies([document]);
  const wildcards = preparePolicies([
    {
      Statement: {
        Effect: "Allow",
        Action: "dynamodb:*Item",
        Resource: "arn:aws:dynamodb:*:*:table/*-dev",
      },
    },
  ]);
  table(
    ["statements", "request", "decision", "µs each, median"],
    [
      row(document.Statement.length, "PutItem, with a key", decide, put),
      row(document.Statement.length, "DeleteTable", decide, {
        ...put,
        action: "dynamodb:DeleteTable",
      }),
      row(1, "PutItem, wildcards inside", wildcards, put),
    ],
  );
}

type Decide = ReturnType<typeof preparePolicies>;

function row(statements: number, name: string, decide: Decide, request: AccessRequest) {
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    for (let count = 0; count < decisions; count++) decide(request);
    return Number(process.hrtime.bigint() - start) / decisions / 1000;
  });
  return [statements, name, decide(request).effect, median(times).toFixed(2)];
}

import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../test/policy-cases.ts";

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const products = "arn:aws:dynamodb:eu-west-1:111122223333:table/products";
const object = (key: string) => ({ resource: `arn:aws:s3:::amzn-s3-demo-bucket/${key}` });

describe("Resource", () => {
  checkCases(`${guide}/reference_policies_elements_resource.html`, [
    applies("names one resource", { Resource: products }, { resource: products }),
    ignores("is of no other", { Resource: products }, { resource: `${products}-old` }),
    ignores(
      "of a table is not of its indexes",
      { Resource: products },
      { resource: `${products}/index/byName` },
    ),
    applies(
      "of a table's indexes is of each",
      { Resource: `${products}/index/*` },
      { resource: `${products}/index/byName` },
    ),
    ignores(
      "of a table's indexes is not of the table",
      { Resource: `${products}/index/*` },
      { resource: products },
    ),
    ignores("minds the case", { Resource: products }, { resource: products.replace("p", "P") }),
    ignores(
      "minds the case beside a wildcard",
      { Resource: "arn:aws:iam::111122223333:user/B*" },
      { resource: "arn:aws:iam::111122223333:user/bob" },
    ),
    applies(
      "may be a list, of which one matches",
      { Resource: [`${products}-old`, products] },
      { resource: products },
    ),
    applies("can be everything", { Resource: "*" }, { resource: products }),
    applies(
      "can be everything, for an action without resources",
      { Resource: "*" },
      { resource: "*" },
    ),
    ignores(
      "with an ARN is not of an action without resources",
      { Resource: "arn:aws:s3:::*" },
      { resource: "*" },
    ),
    ignores(
      "of another account is not of this one",
      { Resource: "arn:aws:dynamodb:eu-west-1:999999999999:table/products" },
      { resource: products },
    ),
    ignores(
      "of another partition is not of this one",
      { Resource: products.replace("arn:aws:", "arn:aws-cn:") },
      { resource: products },
    ),
    applies(
      "can be of every partition",
      { Resource: products.replace("arn:aws:", "arn:*:") },
      { resource: products },
    ),
  ]);
});

describe("Wildcards of Resource", () => {
  const tests = { Resource: "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*" };
  checkCases(
    `${guide}/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards`,
    [
      applies("match a path", tests, object("1/test/object.jpg")),
      applies("match slashes", tests, object("1/2/test/object.jpg")),
      applies("match slashes on both sides", tests, object("1/2/test/3/object.jpg")),
      applies("find a later place that fits", tests, object("1/2/3/test/4/object.jpg")),
      applies("match empty parts of a path", tests, object("1///test///object.jpg")),
      applies("match a name that starts with a dot", tests, object("1/test/.jpg")),
      applies("match nothing at the start", tests, object("/test/object.jpg")),
      applies("match nothing at the end", tests, object("1/test/")),
      ignores("leave what is between them as it is", tests, object("1-test/object.jpg")),
      ignores("need the slash before", tests, object("test/object.jpg")),
      ignores("need the slash behind", tests, object("1/2/test.jpg")),
      applies(
        "match a colon behind the fifth",
        { Resource: "arn:aws:s3:::amzn-s3-demo-bucket/20*.json" },
        object("2026-01-31T12:00:00Z.json"),
      ),
      applies(
        "match the streams of a log group",
        { Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/get:*" },
        {
          resource:
            "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/get:log-stream:2026/x",
        },
      ),
      applies(
        "stand for a region and an account",
        { Resource: "arn:aws:dynamodb:*:*:table/products" },
        { resource: products },
      ),
      applies(
        "match an empty region",
        { Resource: "arn:aws:s3:*:*:bucket" },
        { resource: "arn:aws:s3:::bucket" },
      ),
      applies(
        "inside a segment match a part of it",
        { Resource: "arn:aws:dynamodb:eu-*-1:111122223333:table/products" },
        { resource: products },
      ),
      ignores(
        "inside a segment match no colon",
        { Resource: "arn:aws:dynamodb:eu-*t:111122223333:table/products" },
        { resource: "arn:aws:dynamodb:eu-west-1:99:t:111122223333:table/products" },
      ),
      applies(
        "at the end of a segment match colons",
        { Resource: "arn:aws:dynamodb:eu-*:table/products" },
        { resource: products },
      ),
      applies(
        "? is one character",
        { Resource: `${products.slice(0, -1)}?` },
        { resource: products },
      ),
      applies(
        "? is one character of a region",
        { Resource: products.replace("west-1", "west-?") },
        { resource: products },
      ),
      ignores(
        "? is no colon before the fifth",
        { Resource: "arn:aws:dynamodb:eu-west-1?111122223333:table:x:table/products" },
        { resource: "arn:aws:dynamodb:eu-west-1:111122223333:table:x:table/products" },
      ),
      ignores("? is not nothing", { Resource: `${products}?` }, { resource: products }),
      applies(
        "? is one character of any plane",
        { Resource: "arn:aws:s3:::b/?" },
        { resource: "arn:aws:s3:::b/😀" },
      ),
      applies(
        "are understood where the ARN ends early",
        { Resource: "arn:aws:dynamodb:eu-west-1:*" },
        { resource: products },
      ),
      applies(
        "stand for the parts that an ARN does not have",
        { Resource: "arn:aws:dynamodb:eu-west-1" },
        { resource: products },
      ),
      ignores(
        "stand for no other region than an ARN has",
        { Resource: "arn:aws:dynamodb:eu-west-2" },
        { resource: products },
      ),
    ],
  );
});

describe("NotResource", () => {
  const payroll = {
    NotResource: ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"],
  };
  checkCases(`${guide}/reference_policies_elements_notresource.html`, [
    applies("is of every other resource", payroll, { resource: "arn:aws:s3:::HRBucket/Plans" }),
    ignores("is not of the first it names", payroll, { resource: "arn:aws:s3:::HRBucket/Payroll" }),
    ignores("is not of the second it names", payroll, {
      resource: "arn:aws:s3:::HRBucket/Payroll/1",
    }),
    applies("minds the case", payroll, { resource: "arn:aws:s3:::hrbucket/Payroll" }),
    ignores("with * is of nothing", { NotResource: "*" }, { resource: products }),
    applies("is of actions without resources", payroll, { resource: "*" }),
  ]);
});

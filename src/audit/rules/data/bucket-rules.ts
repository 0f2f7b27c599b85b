import type { AccountBucket } from "../../account-facts.ts";
import type { Found } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import type { Block } from "../../terraform/blocks.ts";
import {
  addressOf,
  isOff,
  ownTerraform,
  resources,
  withAttribute,
} from "../../terraform/own-terraform.ts";
import { unlessUnread } from "../../unread.ts";

const controls = "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html";
const closings = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
] as const;

export const bucketPublic: Rule = {
  id: "bucket-public",
  severity: "critical",
  means: "a bucket is public, or can be made so",
  why: "What is in it, Terraform's state with all it knows too, is read by whoever guesses its name.",
  source: `${controls}#s3-8`,
  checks: {
    files: (facts, subject) => {
      const blocks = ownTerraform(facts, subject);
      const acls = ["aws_s3_bucket_acl", "aws_s3_bucket"]
        .flatMap((type) => resources(blocks, type))
        .filter(({ attributes }) => /^"public-/.test(attributes.get("acl")?.text ?? ""))
        .map((block) =>
          inTerraform(
            block,
            `has acl = ${block.attributes.get("acl")?.text}`,
            'write acl = "private"',
          ),
        );
      const closed = resources(blocks, "aws_s3_bucket_public_access_block");
      const opened = closed.flatMap((block) =>
        closings
          .filter((name) => isOff(block, name))
          .map((name) => ({
            ...inTerraform(block, `leaves ${name} open`, `write ${name} = true`),
            edits: withAttribute(block, name, "true"),
          })),
      );
      const bare = resources(blocks, "aws_s3_bucket")
        .filter((block) => !closed.some((one) => isOf(one, block)))
        .map((block) =>
          inTerraform(
            block,
            "has no aws_s3_bucket_public_access_block",
            "add one, with all four of its attributes true",
          ),
        );
      return [...acls, ...opened, ...bare];
    },
    account: ({ buckets: all }, { environment }) =>
      unlessUnread(all, (buckets) =>
        buckets
          .filter(({ blocksPublicAccess }) => !blocksPublicAccess)
          .map((bucket) =>
            inAccount(bucket, "does not close all four ways to be public", environment),
          ),
      ),
  },
};

export const bucketWithoutVersions: Rule = {
  id: "bucket-without-versions",
  severity: "high",
  means: "the bucket of state or releases keeps no versions",
  why: "A state that was overwritten is gone, and with it what Terraform knows of the environment.",
  source: `${controls}#s3-14`,
  checks: {
    account: ({ buckets: all }, { environment }) =>
      unlessUnread(all, (buckets) =>
        buckets
          .filter(({ hasVersions }) => !hasVersions)
          .map((bucket) => inAccount(bucket, "keeps no versions", environment)),
      ),
  },
};

export const bucketUnencrypted: Rule = {
  id: "bucket-unencrypted",
  severity: "medium",
  means: "the bucket of state or releases has no encryption that its account chose",
  why: "Who may read the bucket may read all in it: there is no key that could be refused, and no log of its use.",
  source: `${controls}#s3-17`,
  checks: {
    account: ({ buckets: all }, { environment }) =>
      unlessUnread(all, (buckets) =>
        buckets
          .filter(({ isEncrypted }) => !isEncrypted)
          .map((bucket) =>
            inAccount(bucket, "has no default encryption with a key of KMS", environment),
          ),
      ),
  },
};

/** The access block of a bucket names it: `aws_s3_bucket.this.id`. */
function isOf(closing: Block, bucket: Block): boolean {
  const named = closing.attributes.get("bucket")?.text ?? "";
  const isSame = named === bucket.attributes.get("bucket")?.text;
  return (
    closing.file.startsWith(folderOf(bucket)) &&
    (isSame || named.includes(`${addressOf(bucket)}.`) || named.includes(`${addressOf(bucket)}[`))
  );
}

function folderOf({ file }: Block): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

function inTerraform(block: Block, what: string, fix: string): Found {
  return {
    place: { file: block.file, line: block.line },
    evidence: `${addressOf(block)} ${what}`,
    fix,
  };
}

function inAccount({ name, purpose }: AccountBucket, what: string, environment: string): Found {
  return {
    place: { resource: `arn:aws:s3:::${name}` },
    evidence: `${name}, with ${purpose === "state" ? "Terraform's state" : "releases"}, ${what}`,
    fix: `lambdakit bootstrap --env ${environment}`,
  };
}

import type { TablePlan } from "../../../plan/index.ts";
import type { AccountTable } from "../../account-facts.ts";
import type { Found } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import type { Block } from "../../terraform/blocks.ts";
import {
  addressOf,
  inner,
  isOff,
  ownTerraform,
  resources,
  withAttribute,
  withBlock,
} from "../../terraform/own-terraform.ts";
import { unlessUnread } from "../../unread.ts";

const controls = "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html";

export const tableWithoutRecovery: Rule = {
  id: "table-without-recovery",
  severity: "high",
  means: "a table has no point-in-time recovery",
  why: "What a bug or a person deletes is gone since the last copy, and where there is none, for ever.",
  source: `${controls}#dynamodb-2`,
  checks: {
    files: (facts, subject) =>
      tables(ownTerraform(facts, subject)).flatMap((block) => {
        const recovery = inner(block, "point_in_time_recovery");
        if (recovery?.kind === "dynamic" || !isOff(recovery, "enabled")) return [];
        return [
          inTerraform(block, "has no point_in_time_recovery", {
            fix: "write point_in_time_recovery { enabled = true }",
            edits: withBlock(block, "point_in_time_recovery", "enabled", "true"),
          }),
        ];
      }),
    account: ({ tables: read }, { environment }) =>
      unlessUnread(read, (all) =>
        all
          .filter(({ hasPointInTimeRecovery }) => !hasPointInTimeRecovery)
          .map((table) => inAccount(table, "has no point-in-time recovery", environment)),
      ),
  },
};

export const tableUnprotected: Rule = {
  id: "table-unprotected",
  severity: "high",
  means: "a table can be deleted with one call",
  why: "A wrong plan, or a wrong command, takes it away with all that is in it.",
  source: `${controls}#dynamodb-6`,
  checks: {
    files: (facts, subject) => {
      const blocks = tables(ownTerraform(facts, subject));
      const isProtected = (block: Block) => !isOff(block, "deletion_protection_enabled");
      return (
        blocks
          .filter((block) => !isProtected(block))
          // One of two that are the same table by turns: where nothing may be lost, it is the other one.
          .filter((block) => !blocks.some((one) => isProtected(one) && areTurns(one, block)))
          .map((block) =>
            inTerraform(block, "has no deletion protection", {
              fix: "write deletion_protection_enabled = true",
              edits: withAttribute(block, "deletion_protection_enabled", "true"),
            }),
          )
      );
    },
    account: ({ tables: read }, { environment, tables: planned }) =>
      unlessUnread(read, (all) =>
        all
          // As it is made: what dev has may be lost.
          .filter(({ name, isProtected }) => !isProtected && isKept(name, environment, planned))
          .map((table) => inAccount(table, "has no deletion protection", environment)),
      ),
  },
};

export const tableWithoutKey: Rule = {
  id: "table-without-key",
  severity: "medium",
  means: "a table is encrypted with a key whose use nobody can see",
  why: "Who has read it is in no log, and the key cannot be taken away from anybody.",
  source:
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html",
  checks: {
    files: (facts, subject) =>
      tables(ownTerraform(facts, subject)).flatMap((block) => {
        const encryption = inner(block, "server_side_encryption");
        if (encryption?.kind === "dynamic" || !isOff(encryption, "enabled")) return [];
        return [
          inTerraform(block, "has no server_side_encryption", {
            fix: "write server_side_encryption { enabled = true }",
            edits: withBlock(block, "server_side_encryption", "enabled", "true"),
          }),
        ];
      }),
    account: ({ tables: read }, { environment }) =>
      unlessUnread(read, (all) =>
        all
          .filter(({ hasKey }) => !hasKey)
          .map((table) => inAccount(table, "is encrypted with DynamoDB's own key", environment)),
      ),
  },
};

/** AWS says minutes; beyond that, something is wrong with it. Our number. */
const staleHours = 24;

export const backupStale: Rule = {
  id: "backup-stale",
  severity: "high",
  means: "the newest moment that a table can be restored to is long ago",
  why: "All that was written since then is lost with the table.",
  source:
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
  checks: {
    account: ({ tables: read }, { environment, recovery }, { now }) =>
      unlessUnread(read, (all) =>
        all.flatMap((table) => {
          const { restorableTo } = table;
          // That there is none at all is said by another rule, unless copies are what it is restored from.
          if (restorableTo === null) return [];
          const hours = (Date.parse(now) - Date.parse(restorableTo)) / 3_600_000;
          const most = Math.max(staleHours, recovery.rpoMinutes / 60);
          if (hours <= most) return [];
          const what = `can be restored to ${restorableTo} at the latest, ${Math.floor(hours)} hours ago`;
          return [inAccount(table, what, environment)];
        }),
      ),
  },
};

function tables(blocks: readonly Block[]): Block[] {
  return resources(blocks, "aws_dynamodb_table");
}

function areTurns(one: Block, other: Block): boolean {
  return (
    one.file === other.file &&
    one.attributes.has("count") &&
    other.attributes.has("count") &&
    one.attributes.get("name")?.text === other.attributes.get("name")?.text
  );
}

function isKept(name: string, environment: string, planned: readonly TablePlan[]): boolean {
  return environment !== "dev" || planned.some((table) => table.name === name && table.existing);
}

function inTerraform(block: Block, what: string, fixed: Pick<Found, "fix" | "edits">): Found {
  const place = { file: block.file, line: block.line };
  return { place, evidence: `${addressOf(block)} ${what}`, ...fixed };
}

function inAccount({ arn, name }: AccountTable, what: string, environment: string): Found {
  const fix = `lambdakit plan --env ${environment}, and lambdakit deploy --env ${environment}`;
  return { place: { resource: arn }, evidence: `${name} ${what}`, fix };
}

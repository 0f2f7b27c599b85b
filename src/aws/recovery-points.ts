import type {
  BackupClient,
  RecoveryPointByBackupVault,
  RestoreJobsListMember,
} from "@aws-sdk/client-backup";
import { LambdakitError } from "../errors/index.ts";
import type { Access } from "./access.ts";
import type { BackupState } from "./backups.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** A restore that AWS Backup makes. */
export interface RestoreJob {
  readonly id: string;
  readonly state: "running" | "done" | "failed";
  /** What AWS Backup says of it; empty where it says nothing. */
  readonly message: string;
}

/** What AWS Backup makes a table from, and as what. */
export interface PointRestore {
  /** The recovery point's ARN. */
  readonly point: string;
  /** The new table's name. */
  readonly target: string;
  /** When it was decided, ISO 8601: a restore from before that is another one. */
  readonly at: string;
}

/**
 * Backups that AWS Backup keeps in a vault, and DynamoDB does not know of. Every call throws what `awsError` says.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html (2026-11-27)
 */
export class RecoveryPoints {
  readonly #region: string;
  readonly #call: Call<typeof import("@aws-sdk/client-backup"), BackupClient>;

  constructor(region: string, access: Access = {}) {
    this.#region = region;
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-backup"),
      (backup) => new backup.BackupClient({ region, ...access }),
    );
  }

  /**
   * Those of a table, there or lost, the newest first; none where there is no such vault.
   *
   * @param tableArn of the table that was backed up: a copy in another region has that one's, too
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html (2026-11-27)
   */
  async list(vault: string, tableArn: string): Promise<BackupState[]> {
    return this.#call(`list the backups in the vault ${vault}`, async (client, backup) => {
      const found: RecoveryPointByBackupVault[] = [];
      const asked = { BackupVaultName: vault, ByResourceArn: tableArn };
      await unlessMissing(async () => {
        for await (const page of backup.paginateListRecoveryPointsByBackupVault(
          { client },
          asked,
        )) {
          found.push(...(page.RecoveryPoints ?? []));
        }
      });
      return found
        .map((point) => this.#stateOf(vault, tableArn.split("/").at(-1) ?? "", point))
        .sort((one, other) => (one.at < other.at ? 1 : -1));
    });
  }

  /**
   * The newest job of a restore; nothing where it was not started.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetRestoreJobMetadata.html (2026-11-27)
   */
  async find({ point, target, at }: PointRestore): Promise<RestoreJob | undefined> {
    return this.#call(`look for restores of ${point}`, async (client, backup) => {
      const jobs: RestoreJobsListMember[] = [];
      // AWS's clock is not this machine's.
      const ByCreatedAfter = new Date(Date.parse(at) - 60_000);
      const asked = { ByResourceType: "DynamoDB", ByCreatedAfter };
      for await (const page of backup.paginateListRestoreJobs({ client }, asked)) {
        jobs.push(...(page.RestoreJobs ?? []).filter((job) => job.RecoveryPointArn === point));
      }
      for (const job of jobs.sort((one, other) => createdAt(other) - createdAt(one))) {
        const { RestoreJobId = "" } = job;
        const { Metadata = {} } = await client.send(
          new backup.GetRestoreJobMetadataCommand({ RestoreJobId }),
        );
        const table = Object.entries(Metadata).find(([name]) => /^targetTableName$/i.test(name));
        if (table?.[1] === target) return jobOf(job);
      }
      return undefined;
    });
  }

  /**
   * Begins to restore a recovery point to a table with AWS's own key: that is left to whoever gives the other settings back.
   *
   * @param role ARN of the role that AWS Backup takes on
   * @returns the job's id; the same one where it was started within the last hour
   * @throws {LambdakitError} RESTORE_NO_BACKUP, RESTORE_LIMIT
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (2026-11-27)
   */
  async start({ point, target, at }: PointRestore, role: string): Promise<string> {
    return this.#call(`restore ${point} to ${target}`, async (client, backup) => {
      const { RestoreJobId = "" } = await client.send(
        new backup.StartRestoreJobCommand({
          RecoveryPointArn: point,
          IamRoleArn: role,
          ResourceType: "DynamoDB",
          IdempotencyToken: `${target}.${at}`,
          Metadata: { targetTableName: target, encryptionType: "Default" },
        }),
      );
      return RestoreJobId;
    }).catch((error: LambdakitError) => {
      throw refusal(error, this.#region) ?? error;
    });
  }

  /** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRestoreJob.html (2026-11-27) */
  async job(id: string): Promise<RestoreJob> {
    return this.#call(`look at the restore job ${id}`, async (client, backup) =>
      jobOf(await client.send(new backup.DescribeRestoreJobCommand({ RestoreJobId: id }))),
    );
  }

  #stateOf(name: string, table: string, point: RecoveryPointByBackupVault): BackupState {
    const { RecoveryPointArn: arn = "", Status: status = "", CalculatedLifecycle } = point;
    return {
      arn,
      // AWS gives no names, and ids that nobody else has.
      name: arn.split(":").at(-1) ?? arn,
      kind: "aws-backup",
      status: status === "COMPLETED" ? "AVAILABLE" : status,
      at: (point.InitiationDate ?? point.CreationDate ?? new Date(0)).toISOString(),
      bytes: point.BackupSizeInBytes ?? 0,
      expiresAt: CalculatedLifecycle?.DeleteAt?.toISOString() ?? null,
      vault: { name, region: this.#region, table },
    };
  }
}

function createdAt({ CreationDate }: RestoreJobsListMember): number {
  return CreationDate?.getTime() ?? 0;
}

function jobOf(
  job: Pick<RestoreJobsListMember, "RestoreJobId" | "Status" | "StatusMessage">,
): RestoreJob {
  const { RestoreJobId: id = "", Status: status, StatusMessage: message = "" } = job;
  const isOver = status === "FAILED" || status === "ABORTED";
  return { id, state: status === "COMPLETED" ? "done" : isOver ? "failed" : "running", message };
}

/** AWS Backup's refusals that have a better answer than its own. */
function refusal(error: LambdakitError, region: string): LambdakitError | undefined {
  const { message } = error;
  switch (Object(error.cause).name) {
    case "ResourceNotFoundException":
      return new LambdakitError("RESTORE_NO_BACKUP", {
        message: `The backup is not there any more.\n${message}`,
        fix: "lambdakit dr backup list shows those that there are",
      });
    case "LimitExceededException":
      return new LambdakitError("RESTORE_LIMIT", {
        message: `AWS Backup has as many restores in ${region} as it may have.\n${message}`,
        fix: "wait until others have ended; then the same command again",
      });
    default:
      return undefined;
  }
}

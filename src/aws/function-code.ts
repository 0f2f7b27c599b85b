import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** How long Lambda may take with an update. @see https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html (2026-11-27) */
const patienceSeconds = 120;

/** What functions run, past Terraform and releases. Every call throws what `awsError` says. */
export class FunctionCode {
  readonly #call: Call<typeof import("@aws-sdk/client-lambda"), LambdaClient>;

  constructor(region: string, access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-lambda"),
      (lambda) => new lambda.LambdaClient({ region, ...access }),
    );
  }

  /** @returns the version that was published of this zip */
  async publish(functionName: string, zip: Uint8Array): Promise<string> {
    return this.#update(functionName, { ZipFile: zip, Publish: true });
  }

  /** Gives `$LATEST` a zip that lies in a bucket; no version is published. */
  async use(functionName: string, bucket: string, key: string): Promise<void> {
    await this.#update(functionName, { S3Bucket: bucket, S3Key: key, Publish: false });
  }

  /** Removes every published version that has this code. No alias may lead to one. @param sha256 in hexadecimal digits */
  async removeVersions(functionName: string, sha256: string): Promise<void> {
    await this.#call(`remove versions of ${functionName}`, async (client, lambda) => {
      const pages = lambda.paginateListVersionsByFunction(
        { client },
        { FunctionName: functionName },
      );
      for await (const { Versions = [] } of pages) {
        for (const { Version = "", CodeSha256 = "" } of Versions) {
          const is = Buffer.from(CodeSha256, "base64").toString("hex");
          if (Version === "$LATEST" || is !== sha256) continue;
          await client.send(
            new lambda.DeleteFunctionCommand({ FunctionName: functionName, Qualifier: Version }),
          );
        }
      }
    });
  }

  /** What a version, or the one that an alias leads to, gets as a variable; nothing where there is none. */
  async variable(
    functionName: string,
    qualifier: string,
    variable: string,
  ): Promise<string | undefined> {
    return this.#call(`look what ${functionName}:${qualifier} is told`, (client, lambda) =>
      unlessMissing(async () => {
        const { Environment } = await client.send(
          new lambda.GetFunctionConfigurationCommand({
            FunctionName: functionName,
            Qualifier: qualifier,
          }),
        );
        return Environment?.Variables?.[variable];
      }),
    );
  }

  async #update(
    functionName: string,
    code: {
      readonly ZipFile?: Uint8Array;
      readonly S3Bucket?: string;
      readonly S3Key?: string;
      readonly Publish: boolean;
    },
  ): Promise<string> {
    return this.#call(`change the code of ${functionName}`, async (client, lambda) => {
      const { Version = "" } = await client.send(
        new lambda.UpdateFunctionCodeCommand({ FunctionName: functionName, ...code }),
      );
      await lambda.waitUntilFunctionUpdatedV2(
        { client, maxWaitTime: patienceSeconds, minDelay: 1 },
        { FunctionName: functionName },
      );
      return Version;
    });
  }
}

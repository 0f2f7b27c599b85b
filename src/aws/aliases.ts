import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** Where an alias of a function leads. */
export interface AliasState {
  readonly version: string;
  /** A second version that gets a share of the requests, from 0 to 1. */
  readonly canary: { readonly version: string; readonly share: number } | null;
}

/** The same alias of many functions. Every call throws what `awsError` says. */
export class Aliases {
  readonly #alias: string;
  readonly #call: Call<typeof import("@aws-sdk/client-lambda"), LambdaClient>;

  constructor(alias: string, region: string, access: Access = {}) {
    this.#alias = alias;
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-lambda"),
      (lambda) => new lambda.LambdaClient({ region, ...access }),
    );
  }

  /** Nothing where there is no such function, or no alias of it. */
  async read(functionName: string): Promise<AliasState | undefined> {
    return this.#call(`look where ${functionName}:${this.#alias} leads`, (client, lambda) =>
      unlessMissing(async () => {
        const { FunctionVersion = "", RoutingConfig } = await client.send(
          new lambda.GetAliasCommand({ FunctionName: functionName, Name: this.#alias }),
        );
        // At most one: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html (2026-11-26)
        const [second] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
        const canary = second === undefined ? null : { version: second[0], share: second[1] };
        return { version: FunctionVersion, canary };
      }),
    );
  }

  async move(functionName: string, { version, canary }: AliasState): Promise<void> {
    await this.#call(`move ${functionName}:${this.#alias} to ${version}`, (client, lambda) =>
      client.send(
        new lambda.UpdateAliasCommand({
          FunctionName: functionName,
          Name: this.#alias,
          FunctionVersion: version,
          RoutingConfig: {
            AdditionalVersionWeights: canary === null ? {} : { [canary.version]: canary.share },
          },
        }),
      ),
    );
  }

  /** SHA-256 of a version's zip in hexadecimal digits; nothing where there is no such version. */
  async sha256Of(functionName: string, version: string): Promise<string | undefined> {
    return this.#call(`look what ${functionName}:${version} is`, (client, lambda) =>
      unlessMissing(async () => {
        const { CodeSha256 = "" } = await client.send(
          new lambda.GetFunctionConfigurationCommand({
            FunctionName: functionName,
            Qualifier: version,
          }),
        );
        return Buffer.from(CodeSha256, "base64").toString("hex");
      }),
    );
  }
}

/**
 * Which version callers get: where each function's alias leads. Terraform owns that there is an alias, and never moves it
 * (ignore_changes in terraform/modules/function), so that going back takes a second and no apply undoes it.
 */
import { GetAliasCommand, LambdaClient, UpdateAliasCommand } from "@aws-sdk/client-lambda";

export function openTraffic({ variables }) {
  const { alias, region } = variables;
  const client = new LambdaClient({ region });
  const names = Object.values(variables.functions).map(({ name }) => name);

  const lead = (FunctionName, FunctionVersion) =>
    client.send(
      new UpdateAliasCommand({
        FunctionName,
        Name: alias,
        FunctionVersion,
        // No share goes to another version any more.
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );

  const versionOf = async (FunctionName) => {
    try {
      const command = new GetAliasCommand({ FunctionName, Name: alias });
      return (await client.send(command)).FunctionVersion;
    } catch (error) {
      if (error.name === "ResourceNotFoundException") return undefined;
      throw error;
    }
  };

  const moveBack = (former) =>
    Promise.all([...former].map(([name, version]) => lead(name, version)));

  return {
    /** The version that each function's callers get, by its name; without functions that are not there yet. */
    async read() {
      const versions = await Promise.all(names.map(async (name) => [name, await versionOf(name)]));
      return new Map(versions.filter(([, version]) => version !== undefined));
    },

    /** Leads callers of all functions to other versions at once; of none, where one fails. */
    async move(versions, former) {
      const moves = await Promise.allSettled(
        [...versions].map(([name, version]) => lead(name, version)),
      );
      const failed = moves.find(({ status }) => status === "rejected");
      if (failed === undefined) return tell(former, versions, variables);
      await moveBack(former);
      throw failed.reason;
    },

    moveBack,
  };
}

/** What was moved, and how to go back by hand. */
function tell(former, versions, { alias, region }) {
  for (const [name, version] of versions) {
    const back = former.get(name);
    if (back === undefined || back === version) continue;
    process.stdout.write(
      `${name}: ${back} -> ${version}. Back: aws lambda update-alias --region ${region} --function-name ${name} --name ${alias} --function-version ${back}\n`,
    );
  }
}

/** Log lines in the emulator, as functions, Lambda and API Gateway write them. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

export interface PlantedLine {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Becomes JSON where it is no text. */
  readonly message: unknown;
}

/** Makes log groups, and writes these lines. */
export async function plantLogs(
  endpoint: string,
  region: string,
  groups: readonly string[],
  lines: readonly PlantedLine[],
): Promise<void> {
  const client = new CloudWatchLogsClient({ region, endpoint });
  try {
    for (const logGroupName of groups)
      await client.send(new CreateLogGroupCommand({ logGroupName }));
    for (const logGroupName of groups) {
      const ofGroup = lines.filter(({ group }) => group === logGroupName);
      for (const logStreamName of new Set(ofGroup.map(({ stream }) => stream))) {
        const logEvents = ofGroup
          .filter(({ stream }) => stream === logStreamName)
          .map(({ timestamp, message }) => {
            return {
              timestamp,
              message: typeof message === "string" ? message : JSON.stringify(message),
            };
          });
        await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
        await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      }
    }
  } finally {
    client.destroy();
  }
}

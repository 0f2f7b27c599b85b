import { readTextFile } from "../system/index.ts";
import { type Message, readMessages } from "./message.ts";

/** An apply that failed, or that nobody has seen the end of. Each change is such as `create aws_iam_role.this`. */
export interface UnfinishedApply {
  readonly done: readonly string[];
  readonly failed: readonly string[];
  /** It has come to its end all the same, without the command that had begun it. */
  readonly isComplete: boolean;
}

/**
 * What the last apply had done.
 *
 * @param log what Terraform had printed, if it is still there
 */
export async function readUnfinishedApply(log: string): Promise<UnfinishedApply | undefined> {
  const output = await readTextFile(log).catch(() => undefined);
  if (output === undefined) return undefined;
  const messages = readMessages(output);
  return {
    done: changes(messages, "done"),
    failed: changes(messages, "failed"),
    isComplete: messages.some(({ type }) => type === "complete"),
  };
}

function changes(messages: readonly Message[], of: "done" | "failed"): string[] {
  return messages.flatMap((one) => (one.type === of ? [`${one.action} ${one.address}`] : []));
}

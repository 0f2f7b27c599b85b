import type { FileFacts, Subject, TextFile } from "../facts.ts";
import type { Edit } from "../finding.ts";
import { inFolder } from "../packages.ts";
import { type Block, readBlocks } from "./blocks.ts";

/**
 * The blocks of the service's own Terraform: what lies in its folder. What it is deployed with otherwise is lambdakit's,
 * and is tested there.
 */
export function ownTerraform(facts: FileFacts, subject: Subject): readonly Block[] {
  const read = known.get(facts) ?? terraformFiles(facts, subject).flatMap(blocksOf);
  known.set(facts, read);
  return read;
}

/** Read once: every rule about Terraform asks. */
const known = new WeakMap<FileFacts, readonly Block[]>();

function blocksOf({ path, text }: TextFile): Block[] {
  return readBlocks(path, text);
}

/** The files of the service's own Terraform. */
export function terraformFiles({ files }: FileFacts, { folder }: Subject): TextFile[] {
  const start = inFolder(folder, "");
  return files.filter(({ path }) => path.startsWith(start) && path.endsWith(".tf"));
}

/** Resources of a type, such as `aws_dynamodb_table`. */
export function resources(blocks: readonly Block[], type: string): Block[] {
  return blocks.filter(({ kind, labels }) => kind === "resource" && labels[0] === type);
}

/** `aws_dynamodb_table.protected` */
export function addressOf({ labels }: Block): string {
  return labels.join(".");
}

/** Whether an attribute is written as `false`, or not at all. What is computed may be true. */
export function isOff(block: Block | undefined, name: string): boolean {
  const text = block?.attributes.get(name)?.text;
  return text === undefined || text === "false";
}

/** A block in a block, whether or not it is made by `dynamic`. */
export function inner(block: Block, name: string): Block | undefined {
  const dynamic = block.blocks.find(({ kind, labels }) => kind === "dynamic" && labels[0] === name);
  return block.blocks.find(({ kind }) => kind === name) ?? dynamic;
}

/** The edit that gives a block an attribute, or another value for it. None where there is no line of its own for it. */
export function withAttribute(block: Block, name: string, value: string): Edit[] {
  if (block.isOneLine) return [];
  const attribute = block.attributes.get(name);
  const indent = "  ".repeat(depthOf(block));
  const inserted = [`${indent}${name} = ${value}`];
  if (attribute === undefined)
    return [{ file: block.file, line: block.lastLine, removed: 0, inserted }];
  if (attribute.text.includes("\n")) return [];
  return [{ file: block.file, line: attribute.line, removed: 1, inserted }];
}

/** The edit that gives a block another block, or this attribute to the one that it has. */
export function withBlock(block: Block, name: string, attribute: string, value: string): Edit[] {
  const there = block.blocks.find(({ kind }) => kind === name);
  if (there !== undefined) return withAttribute(there, attribute, value);
  if (block.isOneLine || inner(block, name) !== undefined) return [];
  const inserted = ["", `  ${name} {`, `    ${attribute} = ${value}`, "  }"];
  return [{ file: block.file, line: block.lastLine, removed: 0, inserted }];
}

function depthOf({ kind }: Block): number {
  return kind === "resource" || kind === "module" ? 1 : 2;
}

import { execFileSync } from "node:child_process";

interface Process {
  readonly pid: number;
  readonly residentMb: number;
}

/** A process and all that it has started. */
export function processTree(root: number): Process[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree: Process[] = [];
  const collect = (pid: number) => {
    const [, , kilobytes = 0] = table.find(([one]) => one === pid) ?? [];
    tree.push({ pid, residentMb: kilobytes / 1024 });
    for (const [child = 0, parent] of table) if (parent === pid) collect(child);
  };
  collect(root);
  return tree;
}

/** Resident memory, in MB: of the process itself, and with everything that it has started. */
export function residentMb(pid: number): { own: number; tree: number } {
  const tree = processTree(pid);
  const sum = tree.reduce((total, one) => total + one.residentMb, 0);
  return { own: Math.round(tree[0]?.residentMb ?? 0), tree: Math.round(sum) };
}

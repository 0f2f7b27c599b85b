import { HeapKeeper } from "./host/heap-keeper.ts";

/**
 * Keeps this thread's own heap small, whenever it is called: where Node.js runs with `--expose-gc`, as
 * the installed command does, and else not at all.
 */
export function ownHeapKeeper(): () => void {
  const { gc } = globalThis;
  if (gc === undefined) return () => {};
  const usedBytes = () => process.memoryUsage().heapUsed;
  const keeper = new HeapKeeper(
    () => {
      gc();
      return usedBytes();
    },
    () => performance.now(),
  );
  return () => keeper.look(usedBytes());
}

/** How functions are kept apart from this process and from each other. */
export type Isolation = "thread" | "process";

/** The toolkit's module that runs inside each execution environment. */
export const environmentModules: Readonly<Record<Isolation, string>> = {
  thread: "dev/host/environment-thread",
  process: "dev/host/process/bootstrap",
};

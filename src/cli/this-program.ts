/** `lambdakit` as it runs now, built or from source: its program, and what comes before its arguments. */
export function thisProgram(): readonly [program: string, ...args: string[]] {
  const [program = process.execPath, script = ""] = process.argv;
  return [program, ...process.execArgv, script];
}

/** Whether an input that a metafile names is a file, and not what a plugin has put in the place of one. */
export function isFile(input: string): boolean {
  // A plugin's namespace stands before a colon; one letter is a drive of Windows.
  return !/^[\w-]{2,}:/.test(input);
}

/**
 * Files that are derived from a service, for other tools.
 *
 * Takes a service plan and where the service stands in its repository. Gives the files that follow
 * from them, each as a function from what the file says to what it should say. Its one rule: what a
 * person has written in such a file stays.
 */
export type { GeneratedFile, Rendered, Site } from "./generated-file.ts";
export { generatedFiles } from "./generated-files.ts";

/**
 * Files that are derived from a service, for other tools.
 *
 * Takes the plans of a service and where it stands in its repository. Gives the files that follow
 * from them, each as a function from what the file says to what it should say. Its one rule: what a
 * person has written in a file that is not all derived stays.
 */
export { type GeneratedFile, type Rendered, type Site, standInFor } from "./generated-file.ts";
export { generatedFiles } from "./generated-files.ts";

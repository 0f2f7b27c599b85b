/**
 * A service without the toolkit.
 *
 * Takes the plans of a service, its files, and the parts of the toolkit that it goes on using. Gives what is to be written,
 * changed and deleted so that it is built, tested and deployed without lambdakit, and the commands that only a person can replace.
 * Its one rule: it is pure, and no line of the service's own source changes.
 */

export { newScripts } from "./edits/package-json.ts";
export { type EjectedService, type Ejection, ejectService } from "./eject-service.ts";
export { farewellFile } from "./farewell.ts";
export type { LeftOver } from "./left-over.ts";
export { obstacles } from "./obstacles.ts";

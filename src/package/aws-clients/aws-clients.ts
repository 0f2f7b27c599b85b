import type { Plugin } from "esbuild";
import { environmentConfiguration, sharedFiles, whenUsed } from "./environment-configuration.ts";
import { environment, environmentCredentials } from "./environment-credentials.ts";
import { eventStreams } from "./event-streams.ts";
import { streamTag, webStreams } from "./web-streams.ts";

/** AWS's clients as they are where Lambda sets the environment, or `dev` in its place. */
export const awsClients: readonly Plugin[] = [
  environmentCredentials,
  environmentConfiguration,
  webStreams,
];

/** esbuild's names for what stands in the place of a file, whose path comes after it. */
export const standInsOfFiles = [environment, sharedFiles] as const;

/** The same for what stands for no file of a package. */
export const standInsOfNothing = [whenUsed, streamTag, eventStreams] as const;

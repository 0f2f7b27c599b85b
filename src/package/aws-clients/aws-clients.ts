import type { Plugin } from "esbuild";
import {
  environmentConfiguration,
  readersWhenUsed,
  sharedFiles,
} from "./environment-configuration.ts";
import { environment, environmentCredentials } from "./environment-credentials.ts";
import { webStreams } from "./web-streams.ts";

/** AWS's clients as they are where Lambda sets the environment, or `dev` in its place. */
export const awsClients: readonly Plugin[] = [
  environmentCredentials,
  environmentConfiguration,
  readersWhenUsed,
  webStreams,
];

/** esbuild's names for what stands in the place of a file, whose path comes after it. */
export const standInsOfFiles = [environment, sharedFiles] as const;

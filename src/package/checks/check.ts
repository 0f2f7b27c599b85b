import type { Problem } from "../../errors/index.ts";
import type { BuiltArtifact } from "../build-service.ts";

/** Looks at one thing that artifacts must not be, in all artifacts of a service. */
export type Check = (
  artifacts: readonly BuiltArtifact[],
  service: CheckedService,
) => Promise<Problem[]>;

/** What artifacts are held against. */
export interface CheckedService {
  /** The service's folder. */
  readonly directory: string;
  /** By the function's key. */
  readonly maxPackageSizeKb: Readonly<Record<string, number>>;
}

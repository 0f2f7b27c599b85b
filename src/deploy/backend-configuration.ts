import type { ServicePlan } from "../plan/index.ts";

/** What `terraform init -backend-config` needs; lock and encryption are in the stack and cannot be left out. */
export interface BackendConfiguration {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/** Where the state of a service's environment lies. */
export function backendConfiguration({ deployment, region }: ServicePlan): BackendConfiguration {
  return { bucket: deployment.stateBucket, key: deployment.stateKey, region };
}

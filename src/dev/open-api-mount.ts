import { openApiDocument } from "../openapi/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { Mount } from "./gateway/mount.ts";

/** Serves the OpenAPI document of the plan that is served now, at `/_openapi.json`. */
export function openApiMount(plan: () => ServicePlan): Mount {
  return {
    prefix: "/_openapi.json",
    handle(request, response) {
      const origin = `http://${request.headers.host ?? "localhost"}`;
      const document = openApiDocument(plan(), { servers: [{ url: origin }] });
      response.setHeader("Content-Type", "application/json");
      response.end(`${JSON.stringify(document, null, 2)}\n`);
    },
  };
}

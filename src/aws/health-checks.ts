import type { HealthCheckConfig, Route53Client } from "@aws-sdk/client-route-53";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** What decides whether a name leads to its primary record. */
export interface HealthCheckState {
  readonly id: string;
  /**
   * `checking`: what answers decides. `held-down`: it counts as unhealthy whatever answers, and the name leads to the
   * secondary record. `held-up`: nobody asks, and it counts as healthy. `inverted`: healthy counts as unhealthy and the
   * other way round, which nobody means who has a region that may fail.
   */
  readonly is: "checking" | "held-down" | "held-up" | "inverted";
}

/** Route 53 is one for all regions, and its calls are signed for this one. */
const region = "us-east-1";

/** Health checks of Route 53, found by the name that they decide about. Every call throws what `awsError` says. */
export class HealthChecks {
  readonly #call: Call<typeof import("@aws-sdk/client-route-53"), Route53Client>;

  constructor(access: Access = {}) {
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-route-53"),
      (route53) => new route53.Route53Client({ region, ...access }),
    );
  }

  /**
   * The one of a name's primary failover record; nothing where the name has no such record.
   *
   * @param zoneId of the public hosted zone that the name is in
   * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html (2026-11-27)
   */
  async ofName(zoneId: string, name: string): Promise<HealthCheckState | undefined> {
    return this.#call(`look where ${name} leads`, async (client, route53) => {
      const { ResourceRecordSets = [] } = await client.send(
        new route53.ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name }),
      );
      const primary = ResourceRecordSets.find(
        (one) => one.Name === `${name}.` && one.Failover === "PRIMARY" && one.HealthCheckId,
      );
      if (primary?.HealthCheckId === undefined) return undefined;
      const { HealthCheck } = await client.send(
        new route53.GetHealthCheckCommand({ HealthCheckId: primary.HealthCheckId }),
      );
      return { id: primary.HealthCheckId, is: stateOf(HealthCheck?.HealthCheckConfig) };
    });
  }

  /**
   * Lets it count as unhealthy whatever answers. To invert it is not enough: of a region that is lost it is unhealthy
   * already, and would be healthy then. One that is disabled counts as healthy, and inverted as unhealthy.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html (2026-11-27)
   */
  async holdDown(id: string): Promise<void> {
    await this.#update(id, true);
  }

  /** Lets what answers decide again. */
  async letCheck(id: string): Promise<void> {
    await this.#update(id, false);
  }

  async #update(id: string, isHeld: boolean): Promise<void> {
    await this.#call(`change the health check ${id}`, async (client, route53) => {
      const { HealthCheck } = await client.send(
        new route53.GetHealthCheckCommand({ HealthCheckId: id }),
      );
      await client.send(
        new route53.UpdateHealthCheckCommand({
          HealthCheckId: id,
          // Whoever changes it at the same moment is not overwritten.
          HealthCheckVersion: HealthCheck?.HealthCheckVersion,
          Disabled: isHeld,
          Inverted: isHeld,
        }),
      );
    });
  }
}

function stateOf({ Disabled, Inverted }: Partial<HealthCheckConfig> = {}): HealthCheckState["is"] {
  if (Disabled) return Inverted ? "held-down" : "held-up";
  return Inverted ? "inverted" : "checking";
}

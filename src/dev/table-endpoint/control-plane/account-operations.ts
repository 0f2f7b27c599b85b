import type { Operations } from "./operation.ts";

/**
 * What DynamoDB says of an account and of itself: the quotas that every account starts with, and the
 * address that the caller has already.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (2026-11-22)
 */
export function accountOperations(address: () => string): Operations {
  return {
    async DescribeLimits() {
      return {
        AccountMaxReadCapacityUnits: 80_000,
        AccountMaxWriteCapacityUnits: 80_000,
        TableMaxReadCapacityUnits: 40_000,
        TableMaxWriteCapacityUnits: 40_000,
      };
    },
    async DescribeEndpoints() {
      return { Endpoints: [{ Address: address(), CachePeriodInMinutes: 1_440 }] };
    },
  };
}

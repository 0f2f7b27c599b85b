/** What the time depends on that it takes Route 53 to send callers elsewhere. */
export interface FailoverTimes {
  readonly recordTtlSeconds: number;
  readonly healthCheck: { readonly intervalSeconds: number; readonly failureThreshold: number };
}

/**
 * Seconds from the moment when a region stops answering until its callers ask the other one: the checks that have
 * to fail, and then the answers that resolvers still keep.
 *
 * Clients that keep connections open, or names for longer than they are told, add their own.
 */
export function failoverSeconds({ recordTtlSeconds, healthCheck }: FailoverTimes): number {
  return recordTtlSeconds + healthCheck.intervalSeconds * healthCheck.failureThreshold;
}

/**
 * Route 53 checks every 30 seconds, or every 10 for more money; it takes a bad answer three times before it
 * believes it. The slow check is chosen wherever callers are over within the recovery time all the same.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html (2026-11-27)
 */
export function failoverTimes(rtoMinutes: number) {
  const timesWith = (intervalSeconds: 10 | 30) => ({
    // What AWS's own names for load balancers have: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html (2026-11-27)
    recordTtlSeconds: 60,
    healthCheck: { intervalSeconds, failureThreshold: 3 },
  });
  const slow = timesWith(30);
  return failoverSeconds(slow) <= rtoMinutes * 60 ? slow : timesWith(10);
}

/** What a manifest means where it says nothing. The docstrings in `types.ts` state the same numbers. */
export const defaults = {
  runtime: "nodejs22.x",
  architecture: "arm64",
  memoryMb: 256,
  timeoutSeconds: 30,
  ephemeralStorageMb: 512,
  maxPackageSizeKb: 1024,
  codeCache: false,
  stage: "v1",
  cors: {
    allowHeaders: [
      "Content-Type",
      "X-Amz-Date",
      "Authorization",
      "X-Api-Key",
      "X-Amz-Security-Token",
      "If-Match",
      "Idempotency-Key",
      "X-Correlation-Id",
    ] as string[],
    exposeHeaders: ["ETag", "Location", "X-Correlation-Id"] as string[],
    maxAgeSeconds: 600,
  },
  alarms: {
    functionErrors: { ratePercent: 1, minimumCount: 5 },
    functionDuration: { percentOfTimeout: 83 },
    functionThrottles: { count: 5 },
    apiServerErrors: { ratePercent: 1, minimumCount: 10 },
    apiLatency: { p99Milliseconds: 5000 },
  },
  recovery: { rpoMinutes: 60, rtoMinutes: 30 },
} as const;

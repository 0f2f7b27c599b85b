import { flat, type RegionPrices } from "../price-tier.ts";

/** Northern Virginia, which AWS's own pages give their examples in: the sources of `meter.ts` (2026-11-27). */
export const usEast1: RegionPrices = {
  "lambda-requests": flat("0.0000002"),
  "lambda-arm64": [
    { upTo: "7500000000", usd: "0.0000133334" },
    { upTo: "18750000000", usd: "0.0000120001" },
    { upTo: null, usd: "0.0000106667" },
  ],
  "lambda-x86_64": [
    { upTo: "6000000000", usd: "0.0000166667" },
    { upTo: "15000000000", usd: "0.000015" },
    { upTo: null, usd: "0.0000133334" },
  ],
  "lambda-storage": flat("0.0000000309"),
  "api-requests": [
    { upTo: "333000000", usd: "0.0000035" },
    { upTo: "1000000000", usd: "0.0000028" },
    { upTo: "20000000000", usd: "0.00000238" },
    { upTo: null, usd: "0.00000151" },
  ],
  "data-out": [
    { upTo: "10240", usd: "0.09" },
    { upTo: "51200", usd: "0.085" },
    { upTo: "153600", usd: "0.07" },
    { upTo: null, usd: "0.05" },
  ],
  "table-reads": flat("0.000000125"),
  "table-writes": flat("0.000000625"),
  "function-logs": [
    { upTo: "10240", usd: "0.5" },
    { upTo: "30720", usd: "0.25" },
    { upTo: "51200", usd: "0.1" },
    { upTo: null, usd: "0.05" },
  ],
  "access-logs": flat("0.5"),
  "log-storage": flat("0.03"),
  traces: flat("0.000005"),
  "table-storage": flat("0.25"),
  "table-recovery": flat("0.2"),
  "alarm-metrics": flat("0.1"),
  "composite-alarms": flat("0.5"),
  dashboards: flat("3"),
  "custom-metrics": [{ upTo: "10000", usd: "0.3" }],
  keys: flat("1"),
  secrets: flat("0.4"),
  "secret-reads": flat("0.000005"),
  artifacts: [{ upTo: "51200", usd: "0.023" }],
};

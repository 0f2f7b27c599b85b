import { flat, type RegionPrices } from "../price-tier.ts";

/**
 * Ireland, from the price lists that AWS publishes for programs, of September and October 2026:
 * `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/SERVICE/current/eu-west-1/index.json`
 * with AWSLambda, AmazonApiGateway, AmazonDynamoDB, AmazonCloudWatch, AWSXRay, AWSDataTransfer, awskms, AmazonS3 (2026-11-27).
 */
export const euWest1: RegionPrices = {
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
  "lambda-storage": flat("0.000000034"),
  "api-requests": [
    { upTo: "333000000", usd: "0.0000035" },
    { upTo: "1000000000", usd: "0.00000319" },
    { upTo: "20000000000", usd: "0.00000271" },
    { upTo: null, usd: "0.00000172" },
  ],
  "data-out": [{ upTo: "10240", usd: "0.09" }],
  "table-reads": flat("0.0000001415"),
  "table-writes": flat("0.000000705"),
  "function-logs": [
    { upTo: "10240", usd: "0.57" },
    { upTo: "30720", usd: "0.285" },
    { upTo: "51200", usd: "0.114" },
    { upTo: null, usd: "0.057" },
  ],
  "access-logs": flat("0.57"),
  "log-storage": flat("0.03"),
  traces: flat("0.000005"),
  "table-storage": flat("0.283"),
  "table-recovery": flat("0.22"),
  "alarm-metrics": flat("0.1"),
  "composite-alarms": flat("0.5"),
  dashboards: flat("3"),
  "custom-metrics": [{ upTo: "10000", usd: "0.3" }],
  keys: flat("1"),
  secrets: flat("0.4"),
  "secret-reads": flat("0.000005"),
  artifacts: [{ upTo: "51200", usd: "0.023" }],
};

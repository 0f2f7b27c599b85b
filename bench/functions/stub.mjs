/**
 * DynamoDB, as far as a client can see, that does nothing: constant answers over HTTP and HTTPS, from a
 * process of its own. What it takes is the same for everybody who asks.
 *
 * node stub.mjs KEY_FILE CERTIFICATE_FILE
 *
 * A query is answered with as many products as it asks for, or with those that fill a page of 1 MB.
 */
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";

/** Of 487 bytes each, as DynamoDB counts them, so that a page holds 2,153. */
const productsInPage = 2153;
const products = Array.from({ length: productsInPage }, (_, number) => product(number));
const pages = new Map();

const [keyFile, certificateFile] = process.argv.slice(2);
const http = createHttpServer(answer);
const https = createHttpsServer(
  { key: readFileSync(keyFile), cert: readFileSync(certificateFile) },
  answer,
);
// A client that waits for its turn keeps its connection.
for (const server of [http, https]) server.keepAliveTimeout = 600_000;
http.listen(0, "127.0.0.1", () => {
  https.listen(0, "127.0.0.1", () => {
    process.stdout.write(`${JSON.stringify([http.address().port, https.address().port])}\n`);
  });
});

function answer(request, response) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = bodyFor(request.headers["x-amz-target"], Buffer.concat(chunks));
    response.writeHead(200, {
      "Content-Type": "application/x-amz-json-1.0",
      "Content-Length": body.length,
      "x-amzn-RequestId": "STUB",
    });
    response.end(body);
  });
}

const nothing = Buffer.from("{}");
/** The Product service signs page tokens with it. */
const tokenKey = Buffer.from(
  JSON.stringify({ Item: { key: { B: Buffer.alloc(32, 7).toString("base64") } } }),
);

function bodyFor(target = "", sent) {
  if (target.endsWith(".Query")) return page(JSON.parse(sent.toString()).Limit ?? productsInPage);
  if (target.endsWith(".GetItem") && sent.includes("PAGE_TOKEN_KEY")) return tokenKey;
  return nothing;
}

function page(limit) {
  const count = Math.min(limit, productsInPage);
  if (!pages.has(count)) {
    const { PK, SK, active, createdAt } = products[count - 1];
    const LastEvaluatedKey = { PK, SK, active, createdAt };
    const Items = products.slice(0, count);
    pages.set(
      count,
      Buffer.from(
        JSON.stringify({ Count: count, Items, LastEvaluatedKey, ScannedCount: Items.length }),
      ),
    );
  }
  return pages.get(count);
}

function product(number) {
  const productId = `PROD-${number.toString(36).toUpperCase().padStart(6, "0")}`;
  const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();
  const texts = {
    PK: `PRODUCT#${productId}`,
    SK: "METADATA",
    productId,
    name: `Product ${String(number).padStart(4, "0")}`,
    description: "d".repeat(222),
    price: "99.99",
    currency: "ZAR",
    period: "monthly",
    active: "true",
    createdAt,
    updatedAt: createdAt,
  };
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
    features: { L: [{ S: "Feature 1" }, { S: "Feature 2" }] },
    version: { N: "1" },
  };
}

/**
 * The least that a function can be that writes an item: one POST, unsigned, by Node.js alone. Whoever
 * talks to DynamoDB pays this, whatever the client.
 */
const { URL } = process.getBuiltinModule("node:url");
const endpoint = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
const client = process.getBuiltinModule(
  endpoint.protocol === "https:" ? "node:https" : "node:http",
);
const agent = new client.Agent({ keepAlive: true });
const headers = {
  "Content-Type": "application/x-amz-json-1.0",
  "X-Amz-Target": "DynamoDB_20120810.PutItem",
  // The local engines look at its form. Nothing is computed for it.
  Authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local",
  "X-Amz-Date": "20260101T000000Z",
};

export const handler = async (event) => {
  const { name } = JSON.parse(event.body);
  const key = { PK: { S: `PRODUCT#${name}` }, SK: { S: "METADATA" } };
  const input = { TableName: process.env.DYNAMODB_TABLE, Item: { ...key, name: { S: name } } };
  const answer = await post(JSON.stringify(input));
  return { statusCode: 201, body: JSON.stringify(answer) };
};

function post(body) {
  return new Promise((resolve, reject) => {
    const length = { "Content-Length": Buffer.byteLength(body) };
    const request = client.request(
      endpoint,
      { method: "POST", agent, headers: { ...headers, ...length } },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () =>
          response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text)),
        );
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

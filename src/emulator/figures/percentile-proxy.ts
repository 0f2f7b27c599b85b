/**
 * Stands before the emulator, which fails where it is asked for percentiles: a median is answered with its average,
 * every other one with its maximum. Everything else goes through.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * @param target the emulator's URL
 * @returns its own URL, and what ends it
 */
export async function startPercentileProxy(
  target: string,
): Promise<{ readonly url: string; stop(): void }> {
  const server = createServer(async (request, response) => {
    const asked = await buffer(request);
    const { host: _, "content-length": __, connection: ___, ...headers } = request.headers;
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(asked.length > 0 && { body: withoutPercentiles(asked) }),
    });
    const {
      "content-encoding": ____,
      "transfer-encoding": _____,
      ...own
    } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, own).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => void server.close(),
  };
}

function withoutPercentiles(body: Buffer): Buffer {
  if (!body.includes('"MetricDataQueries"')) return body;
  const text = body.toString();
  return Buffer.from(
    text.replace(/"Stat":"p(50)?[\d.]*"/g, (_, median) =>
      median === undefined ? '"Stat":"Maximum"' : '"Stat":"Average"',
    ),
  );
}

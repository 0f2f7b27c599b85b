import { describe, expect, it } from "vitest";
import { type HttpAnswer, httpAnswers } from "./http-answers.ts";

const bytes = Buffer.from(
  [
    "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: one:two\r\nContent-Length: 6\r\n\r\n",
    '"žž"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n',
  ].join(""),
);

describe("HTTP answers", () => {
  it.each([1, 2, 3, 40, 1000])("are the same, in pieces of %i bytes", (size) => {
    const answers: HttpAnswer[] = [];
    const read = httpAnswers((answer) => answers.push(answer));
    for (let start = 0; start < bytes.length; start += size) {
      read(bytes.subarray(start, start + size));
    }
    expect(answers.map(({ body }) => body)).toEqual(['"žž"', ""]);
    expect(answers[0]?.headers.get("lambda-runtime-aws-request-id")).toBe("one:two");
    expect(answers[1]?.headers.get("content-length")).toBe("0");
  });
});

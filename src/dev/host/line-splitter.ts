/** The largest event that CloudWatch takes. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const maxLineLength = 1_048_576;

/** Makes lines of pieces of text, for one stream. A line that never ends is cut. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = "";

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    lines.forEach((line) => {
      this.#onLine(line);
    });
    if (this.#rest.length >= maxLineLength) this.end();
  }

  /** What has no end so far is a line. */
  end(): void {
    const rest = this.#rest;
    this.#rest = "";
    if (rest !== "") this.#onLine(rest);
  }
}

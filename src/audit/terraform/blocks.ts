/** A block of HCL, such as `resource "aws_s3_bucket" "this" { … }`, as far as rules ask it. */
export interface Block {
  readonly file: string;
  /** Such as `resource`. */
  readonly kind: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
  /** The line of its closing brace. */
  readonly lastLine: number;
  /** Whether it stands on one line: there is no line in it to put anything before. */
  readonly isOneLine: boolean;
}

export interface Attribute {
  /** As it is written, without what is around it. */
  readonly text: string;
  readonly line: number;
}

/**
 * The blocks of a file of Terraform, at its top. What is not understood is passed over: Terraform itself says what
 * is wrong with a file, and rules only look for what is there.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md (2026-11-27)
 */
export function readBlocks(file: string, text: string): Block[] {
  const reader = new Reader(file, text);
  return reader.body().blocks;
}

interface Body {
  readonly attributes: Map<string, Attribute>;
  readonly blocks: Block[];
}

class Reader {
  readonly #file: string;
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  body(): Body {
    const body: Body = { attributes: new Map(), blocks: [] };
    for (;;) {
      this.#space();
      const line = this.#line;
      const name = this.#word();
      if (name === undefined) {
        if (this.#at >= this.#text.length || this.#text[this.#at] === "}") return body;
        this.#step(1);
        continue;
      }
      this.#blanks();
      if (this.#text[this.#at] === "=" && this.#text[this.#at + 1] !== "=") {
        this.#step(1);
        body.attributes.set(name, { text: this.#expression(), line });
        continue;
      }
      const labels = this.#labels();
      if (this.#text[this.#at] !== "{") continue;
      this.#step(1);
      const { attributes, blocks } = this.body();
      const lastLine = this.#line;
      this.#step(1);
      const isOneLine = lastLine === line;
      body.blocks.push({
        file: this.#file,
        kind: name,
        labels,
        line,
        attributes,
        blocks,
        lastLine,
        isOneLine,
      });
    }
  }

  #word(): string | undefined {
    const word = /^[A-Za-z_][\w-]*/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0];
    if (word !== undefined) this.#step(word.length);
    return word;
  }

  #labels(): string[] {
    const labels: string[] = [];
    for (;;) {
      this.#blanks();
      if (this.#text[this.#at] === '"') {
        const from = this.#at;
        this.#string();
        labels.push(this.#text.slice(from + 1, this.#at - 1));
        continue;
      }
      const word = this.#word();
      if (word === undefined) return labels;
      labels.push(word);
    }
  }

  /** To the end of its line, where no bracket is open. */
  #expression(): string {
    this.#blanks();
    const from = this.#at;
    let end = from;
    for (let depth = 0; this.#at < this.#text.length; end = this.#at) {
      const next = this.#text[this.#at] ?? "";
      if (depth === 0 && (next === "\n" || next === "}")) break;
      if (this.#comment()) {
        if (depth === 0) break;
        continue;
      }
      if (next === '"') this.#string();
      else if (this.#heredoc()) continue;
      else {
        if ("([{".includes(next)) depth += 1;
        if (")]}".includes(next)) depth -= 1;
        this.#step(1);
      }
    }
    return this.#text.slice(from, end).trim();
  }

  /** With what is computed in it, where quotes open strings of their own. */
  #string(): void {
    this.#step(1);
    while (this.#at < this.#text.length) {
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next === "\\") this.#step(2);
      else if (/^[$%]\{/.test(this.#text.slice(this.#at, this.#at + 2))) this.#template();
      else this.#step(1);
    }
    this.#step(1);
  }

  #template(): void {
    this.#step(2);
    for (let depth = 1; depth > 0 && this.#at < this.#text.length; ) {
      const next = this.#text[this.#at];
      if (next === '"') this.#string();
      else {
        if (next === "{") depth += 1;
        if (next === "}") depth -= 1;
        this.#step(1);
      }
    }
  }

  #heredoc(): boolean {
    if (this.#text[this.#at] !== "<") return false;
    const start = /^<<-?([A-Za-z_][\w-]*)\r?\n/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (start === null) return false;
    const end = new RegExp(`\\n[ \\t]*${start[1]}(?=\\r?\\n|$)`, "g");
    end.lastIndex = this.#at + start[0].length - 1;
    const match = end.exec(this.#text);
    this.#step((match === null ? this.#text.length : match.index + match[0].length) - this.#at);
    return true;
  }

  #comment(): boolean {
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === "/*") {
      const end = this.#text.indexOf("*/", this.#at + 2);
      this.#step((end === -1 ? this.#text.length : end + 2) - this.#at);
      return true;
    }
    if (two[0] !== "#" && two !== "//") return false;
    const end = this.#text.indexOf("\n", this.#at);
    this.#step((end === -1 ? this.#text.length : end) - this.#at);
    return true;
  }

  #blanks(): void {
    while (/[ \t\r]/.test(this.#text[this.#at] ?? "")) this.#step(1);
  }

  #space(): void {
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? "")) this.#step(1);
      if (!this.#comment()) return;
    }
  }

  #step(count: number): void {
    const end = Math.min(this.#text.length, this.#at + count);
    for (; this.#at < end; this.#at += 1) if (this.#text[this.#at] === "\n") this.#line += 1;
  }
}

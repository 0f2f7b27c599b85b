import type { Invocation } from "./environment.ts";
import { parse, stringify } from "./runtime-client/intrinsics.ts";
import { signalBytes, signals } from "./thread-messages.ts";

/** Only what is used of it takes memory. Larger invocations are few, and go through the port. */
const mailboxBytes = 64 * 1024;
/** In UTF-8, of each of the two halves of those that take four. */
const maxBytesPerCharacter = 3;

/** An invocation is in the port, and not here. */
const inPort = -1;

/**
 * Memory that a thread which stands still is given its invocations in. A message port would copy them
 * twice, and wake the thread's event loop, which is not what it waits in. Without, two threads that are
 * asked all the time take some hundredths more of the processors' time, the main thread's included.
 */
export class Mailbox {
  readonly #signals: Int32Array;
  readonly #text: Buffer;

  /** @param shared the same memory in both threads */
  constructor(shared: SharedArrayBuffer) {
    this.#signals = new Int32Array(shared, 0, signalBytes / Int32Array.BYTES_PER_ELEMENT);
    this.#text = Buffer.from(shared, signalBytes);
  }

  static newMemory(): SharedArrayBuffer {
    return new SharedArrayBuffer(signalBytes + mailboxBytes);
  }

  /**
   * Wakes the thread up.
   * @param post how to send what is too large
   */
  put(invocation: Invocation, post: (invocation: Invocation) => void): void {
    const { payload, requestId, deadline, functionArn, traceId, clientContext } = invocation;
    const facts = { requestId, deadline, functionArn, traceId, clientContext };
    const head = `${stringify(facts satisfies Omit<Invocation, "payload">)}\n`;
    const fits = (head.length + payload.length) * maxBytesPerCharacter <= mailboxBytes;
    if (!fits) post(invocation);
    Atomics.store(this.#signals, signals.invocation, fits ? this.#write(head, payload) : inPort);
    Atomics.notify(this.#signals, signals.invocation);
  }

  /** Wakes the thread up for something that is in the port. */
  wake(): void {
    Atomics.store(this.#signals, signals.invocation, inPort);
    Atomics.notify(this.#signals, signals.invocation);
  }

  /**
   * Waits, and nothing in this thread runs meanwhile: no timer, no promise, no socket.
   * @param receive how to get what is in the port
   */
  take<Message>(receive: () => Message | undefined): Invocation | Message {
    for (;;) {
      Atomics.wait(this.#signals, signals.invocation, 0);
      const length = Atomics.exchange(this.#signals, signals.invocation, 0);
      const invocation = length > 0 ? this.#read(length) : receive();
      if (invocation !== undefined) return invocation;
    }
  }

  /** One after the other: to join two texts copies both. @returns the bytes of both */
  #write(head: string, payload: string): number {
    const start = this.#text.write(head);
    return start + this.#text.write(payload, start);
  }

  #read(length: number): Invocation {
    const text = this.#text.toString("utf8", 0, length);
    const end = text.indexOf("\n");
    return { ...parse(text.slice(0, end)), payload: text.slice(end + 1) };
  }
}

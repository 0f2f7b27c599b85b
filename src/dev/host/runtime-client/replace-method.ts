export type Method = (...parameters: unknown[]) => unknown;
export type Methods = Record<string, Method | undefined>;

/** What hangs on a method, such as how it is made a promise, hangs on the new one too. */
export function replaceMethod(
  methods: Methods,
  name: string,
  make: (method: Method) => Method,
): void {
  const method = methods[name];
  if (method === undefined) return;
  const made = make(method.bind(methods));
  methods[name] = Object.defineProperties(made, Object.getOwnPropertyDescriptors(method));
}

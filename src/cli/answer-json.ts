/** As JSON has it: nobody changes a value on its way there. */
export type Frozen<Value> = Value extends object
  ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
  : Value;

/**
 * An answer for a program. `Answer` is the type of the command's schema (`src/answers/`): what differs from it is an error
 * here.
 */
export function answerJson<Answer = never>(answer: NoInfer<Frozen<Answer>>): string {
  return JSON.stringify(answer, null, 2);
}

/** The same on one line, for an answer that is one of several. */
export function answerLine<Answer = never>(answer: NoInfer<Frozen<Answer>>): string {
  return JSON.stringify(answer);
}

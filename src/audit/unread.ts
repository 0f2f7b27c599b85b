/** What could not be looked at, and why. It is never taken for right. */
export interface Unread {
  readonly unread: string;
}

export function isUnread(facts: object): facts is Unread {
  return "unread" in facts;
}

/** What a check says of facts that may be unread. */
export function unlessUnread<Facts extends object, Found>(
  facts: Facts | Unread,
  check: (facts: Facts) => readonly Found[],
): readonly Found[] | Unread {
  return isUnread(facts) ? facts : check(facts);
}

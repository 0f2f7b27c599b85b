/** What could not be looked at, and why. It is never taken for right. */
export interface Unread {
  readonly unread: string;
}

export function isUnread(facts: object): facts is Unread {
  return "unread" in facts;
}

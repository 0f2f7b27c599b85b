import type { EnvironmentStatus } from "../../../observe/index.ts";
import { fold } from "../../layout/fold.ts";
import type { Style } from "../../style.ts";

/**
 * What is wrong, what is not known, and what to type next. Commands are not broken: they are to be copied.
 *
 * @param environment whose it is, where several are shown
 */
export function findingLines(
  { findings, unread }: EnvironmentStatus,
  columns: number,
  style: Style,
  environment?: string,
): string[] {
  const of = environment === undefined ? "" : `${environment} `;
  const below = (text: string) => fold(text, columns - 2).map((line) => `  ${line}`);
  return [
    ...findings.flatMap(({ id, subject, message, next }) => [
      "",
      ...fold(`! ${of}${id}: ${subject}`, columns).map(style.red),
      ...below(message),
      `  ${style.green(next)}`,
    ]),
    ...unread.flatMap(({ part, message, fix }) => [
      "",
      ...fold(`? ${of}${part === "environment" ? "" : `${part} `}unknown`, columns).map(
        style.yellow,
      ),
      ...message.split("\n").flatMap(below),
      ...below(`fix: ${fix}`),
    ]),
  ];
}

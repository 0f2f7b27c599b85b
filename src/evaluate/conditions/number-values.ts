import { PolicyError } from "../policy-error.ts";
import type { ValueComparison } from "./comparison.ts";

type Compare = (asked: number, stated: number) => boolean;

/** `Numeric...`: integers and decimals. What is no number compares with nothing. */
export function compareNumbers(compare: Compare): ValueComparison {
  return (value, { at }) => {
    const stated = parseNumber(value);
    if (stated === undefined) {
      throw new PolicyError(at, `"${value}" is no number.`, 'write a number, such as "10"');
    }
    return (text) => {
      const asked = parseNumber(text);
      return asked !== undefined && compare(asked, stated);
    };
  };
}

/**
 * `Date...`: ISO 8601 as the W3C profiles it, or seconds since 1970. What is no date compares with nothing.
 *
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function compareDates(compare: Compare): ValueComparison {
  return (value, { at }) => {
    const stated = parseDate(value);
    if (stated === undefined) {
      const fix = 'write a date, such as "2026-01-31T12:00:00Z", or seconds since 1970';
      throw new PolicyError(at, `"${value}" is no date.`, fix);
    }
    return (text) => {
      const asked = parseDate(text);
      return asked !== undefined && compare(asked, stated);
    };
  };
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function parseDate(text: string): number | undefined {
  // IAM reads a bare number as seconds, so a year needs its month: 2026-01.
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const [, day, time = "", zone = "Z"] =
    /^(\d{4}-\d{2}(?:-\d{2})?)(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/i.exec(
      text,
    ) ?? [];
  if (day === undefined) return undefined;
  // Without a zone, Date.parse would take the zone of this machine.
  const milliseconds = Date.parse(time === "" ? day : `${day}${time}${zone}`.toUpperCase());
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

import { PolicyError } from "../policy-error.ts";
import type { ValueComparison } from "./comparison.ts";

/**
 * `IpAddress`: an address, or a range such as `203.0.113.0/24` or `2001:db8::/32`. An address alone is
 * the range of itself. Addresses of the two versions never match each other.
 */
export const inAddressRange: ValueComparison = (value, { at }) => {
  const range = parseRange(value);
  if (range === undefined) {
    const fix = 'write an address or a range, such as "203.0.113.0/24" or "2001:db8::/32"';
    throw new PolicyError(at, `"${value}" is no IP address and no range of them.`, fix);
  }
  const network = range.address.bits >> range.hostBits;
  return (text) => {
    const asked = parseAddress(text);
    return asked?.size === range.address.size && asked.bits >> range.hostBits === network;
  };
};

interface Address {
  readonly bits: bigint;
  /** How many bits: 32 or 128. */
  readonly size: number;
}

function parseRange(text: string): { address: Address; hostBits: bigint } | undefined {
  const [, written = "", prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(written);
  if (address === undefined) return undefined;
  const hostBits = address.size - Number(prefix ?? address.size);
  return hostBits < 0 ? undefined : { address, hostBits: BigInt(hostBits) };
}

function parseAddress(text: string): Address | undefined {
  const [size, groupBits, groups] = text.includes(":")
    ? ([128, 16n, ipv6Groups(text)] as const)
    : ([32, 8n, ipv4Groups(text)] as const);
  if (groups === undefined) return undefined;
  return { size, bits: groups.reduce((bits, group) => (bits << groupBits) | BigInt(group), 0n) };
}

function ipv4Groups(text: string): number[] | undefined {
  const groups = text.split(".").map((group) => (/^\d{1,3}$/.test(group) ? Number(group) : 256));
  return groups.length === 4 && groups.every((group) => group < 256) ? groups : undefined;
}

/** Eight groups of 16 bits. `::` stands for as many zeros as are missing, once. */
function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [left = [], right] = halves;
  const missing = 8 - left.length - (right ?? []).length;
  if (halves.length > 2 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...left, ...Array<string>(missing).fill("0"), ...(right ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

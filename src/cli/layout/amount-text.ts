/** What stands where a figure is not known: it is not 0. */
export const nothing = "-";

/** `1,204`; `12.3k` and `4.56M` above ten thousand. */
export function countText(value: number | null): string {
  if (value === null) return nothing;
  if (Math.abs(value) >= 1_000_000) return `${digits(value / 1_000_000)}M`;
  if (Math.abs(value) >= 10_000) return `${digits(value / 1_000)}k`;
  return (Math.round(value * 100) / 100).toLocaleString("en-US");
}

/** `12 ms`, `1.2 s` */
export function millisecondsText(value: number | null): string {
  if (value === null) return nothing;
  if (value >= 1_000) return `${digits(value / 1_000)} s`;
  return `${digits(value)} ms`;
}

export function percentText(value: number | null): string {
  return value === null ? nothing : `${digits(value)} %`;
}

/** Three digits are as many as anybody compares. */
function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `now`, `5 min`, `3 h`, `2 d` */
export function ageText(minutes: number): string {
  if (minutes < 1) return "now";
  if (minutes < 60) return `${Math.floor(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 60 / 24)} d`;
}

/** `just now`, `5 min ago` */
export function agoText(minutes: number): string {
  const age = ageText(minutes);
  return age === "now" ? "just now" : `${age} ago`;
}

/** `5 min`, `1 h`, `5 h 15 min`, `1 d`: a length of time in the units that need the fewest digits. */
export function lengthText(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 !== 0) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3_600), (seconds % 3_600) / 60];
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes} min`;
}

/** `2026-11-27 14:02`, in UTC. */
export function minuteText(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}

/** `1.5 MB` */
export function bytesText(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${units[power]}`;
}

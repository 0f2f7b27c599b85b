const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Many requests fall into one second. */
let last = { second: Number.NaN, text: "" };

/** `22/Nov/2026:18:24:01 +0000`: the time of the common log format, in UTC. */
export function commonLogTime(epochMilliseconds: number): string {
  const second = Math.floor(epochMilliseconds / 1000);
  if (last.second !== second) last = { second, text: written(new Date(epochMilliseconds)) };
  return last.text;
}

function written(date: Date): string {
  const day = String(date.getUTCDate()).padStart(2, "0");
  const time = date.toISOString().slice(11, 19);
  return `${day}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`;
}

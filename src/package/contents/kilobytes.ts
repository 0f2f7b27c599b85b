/** `187.9 KB`, of 1,024 bytes as AWS counts them. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

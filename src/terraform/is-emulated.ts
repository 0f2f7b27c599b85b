/** Whether `AWS_ENDPOINT_URL` leads to an emulator of AWS: AWS itself does not talk plain HTTP. */
export function isEmulated(): boolean {
  return process.env.AWS_ENDPOINT_URL?.startsWith("http:") ?? false;
}

import { LambdakitError } from "../../errors/index.ts";

/** An alarm, an expression or a rule that CloudWatch would refuse, or that is not evaluated here. */
export class AlarmError extends LambdakitError {
  constructor(at: string, message: string, fix: string) {
    super("ALARM_INVALID", { message, fix, at });
  }
}

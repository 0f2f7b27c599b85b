# An operation that the emulator lacks answers 500. The provider would try 25 times, for ten minutes.
# Once would be too few: a call may fail because another changes, at the same moment, what the emulator
# is looking through, such as the policies of the account.
provider "aws" {
  max_retries = 3
}

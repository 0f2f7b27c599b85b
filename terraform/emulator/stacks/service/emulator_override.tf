# An operation that the emulator lacks answers 500. The provider would try 25 times, for ten minutes.
provider "aws" {
  max_retries = 1
}

# moto has no composite alarms: PutCompositeAlarm is unknown to it.
resource "aws_cloudwatch_composite_alarm" "this" {
  count = 0
}

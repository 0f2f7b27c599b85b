import { attributeOf, tokenize } from "./expression.ts";
import { type Input, keyText, objectOf, textOf } from "./input.ts";

/**
 * The partition key's value that a query asks for: from `KeyConditionExpression`, or from the older
 * `KeyConditions`. Undefined where there is none to find; DynamoDB refuses such a query.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 */
export function queriedKey(input: Input, partitionKey: string): string | undefined {
  const expression = textOf(input.KeyConditionExpression);
  if (expression !== undefined) return keyInExpression(expression, partitionKey, input);
  const condition = objectOf(objectOf(input.KeyConditions)[partitionKey]);
  if (condition.ComparisonOperator !== "EQ" || !Array.isArray(condition.AttributeValueList)) {
    return undefined;
  }
  return keyText(condition.AttributeValueList[0]);
}

/** Looks for `name = :value`, wherever it stands: a key condition has neither OR nor NOT. */
function keyInExpression(expression: string, partitionKey: string, input: Input) {
  const words = tokenize(expression);
  const names = objectOf(input.ExpressionAttributeNames);
  const values = objectOf(input.ExpressionAttributeValues);
  for (const [position, word] of words.entries()) {
    if (word !== "=" || attributeOf(words[position - 1], names) !== partitionKey) continue;
    return keyText(values[words[position + 1] ?? ""]);
  }
  return undefined;
}

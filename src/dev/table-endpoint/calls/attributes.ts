import { attributeOf, tokenize } from "./expression.ts";
import { type Input, objectOf, objectsOf, textOf } from "./input.ts";

/**
 * The top-level attributes that a request names, in its keys, its item and its expressions: what the
 * condition key `dynamodb:Attributes` holds.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function attributesOf(input: Input): string[] {
  const names = objectOf(input.ExpressionAttributeNames);
  const { AttributesToGet: listed } = input;
  const objects = [...objectsOf(input.Keys), ...objectParts.map((part) => objectOf(input[part]))];
  const expressions = expressionParts.flatMap((part) => textOf(input[part]) ?? []);
  return [
    ...new Set([
      ...objects.flatMap(Object.keys),
      ...(Array.isArray(listed) ? listed.map(String) : []),
      ...expressions.flatMap((expression) => namesIn(expression, names)),
    ]),
  ];
}

const objectParts = [
  "Key",
  "Item",
  "Expected",
  "AttributeUpdates",
  "KeyConditions",
  "QueryFilter",
  "ScanFilter",
];

const expressionParts = [
  "KeyConditionExpression",
  "FilterExpression",
  "ProjectionExpression",
  "ConditionExpression",
  "UpdateExpression",
];

const keywords = new Set(["SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN"]);

function namesIn(expression: string, names: Input): string[] {
  const words = tokenize(expression);
  return words.flatMap((word, position) => {
    // What stands behind a dot is inside of an attribute, in brackets a place in a list.
    const isNested = words[position - 1] === "." || words[position - 1] === "[";
    const isFunction = words[position + 1] === "(" && !word.startsWith("#");
    if (isNested || isFunction || keywords.has(word.toUpperCase())) return [];
    return attributeOf(word, names) ?? [];
  });
}

import type { FunctionPlan, Statement, TablePlan } from "../../plan/index.ts";
import { Rational } from "./rational.ts";

/** Request units that one request takes of a table. */
export interface TableUnits {
  readonly reads: Rational;
  readonly writes: Rational;
}

/** What items are like. */
export interface ItemFigures {
  readonly itemBytes: Rational;
  /** How many a Query, a Scan or a batch has in it. */
  readonly pageItems: Rational;
}

/**
 * What a request to a function takes of a table, read off its grants, because nothing else in a plan says what the
 * code does: each granted operation once, and once for each pattern of partition keys with a star. Single items with keys
 * that are written out whole are left out: such an item is the same for all requests, and is kept between them.
 *
 * Reads are strongly consistent but for those of indexes, which cannot be; a write is written to each index
 * again. That a write belongs to a transaction, which doubles it, no grant says.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode-on-demand.html (2026-11-27)
 */
export function tableUnits(
  { role }: FunctionPlan,
  table: TablePlan,
  items: ItemFigures,
): TableUnits {
  const grants = role.statements.flatMap(({ actions, resources, conditions }) =>
    resources.some((arn) => arn === table.arn || arn.startsWith(`${table.arn}/index/`))
      ? actions.map((action) => ({
          operation: action.slice(action.indexOf(":") + 1),
          isIndex: resources.some((arn) => arn !== table.arn),
          keys: keysOf(conditions),
        }))
      : [],
  );
  const copies = Rational.of(1 + table.indexes.length);
  return {
    reads: Rational.sum(
      grants.map(({ operation, isIndex, keys }) => {
        const { single, page } = readsOf(items);
        if (operation === "GetItem") return single.times(itemCalls(keys));
        if (operation === "BatchGetItem") return single.times(items.pageItems);
        if (operation === "Query" || operation === "Scan") {
          return isIndex ? page.dividedBy(Rational.of(2)) : page;
        }
        return Rational.zero;
      }),
    ),
    writes: Rational.sum(
      grants.map(({ operation, keys }) => {
        const single = unitsOf(items.itemBytes, 1).times(copies);
        if (["PutItem", "UpdateItem", "DeleteItem"].includes(operation)) {
          return single.times(itemCalls(keys));
        }
        if (operation === "BatchWriteItem") return single.times(items.pageItems);
        // Exists in transactions only, and writes nothing, so no index has it again.
        if (operation === "ConditionCheckItem") {
          return unitsOf(items.itemBytes, 1).times(Rational.of(2));
        }
        return Rational.zero;
      }),
    ),
  };
}

/** A page is rounded up once, a single item on its own. */
function readsOf({ itemBytes, pageItems }: ItemFigures) {
  return { single: unitsOf(itemBytes, 4), page: unitsOf(itemBytes.times(pageItems), 4) };
}

function unitsOf(bytes: Rational, unitKb: number): Rational {
  return bytes
    .dividedBy(Rational.of(unitKb * 1024))
    .ceiling()
    .atLeast(Rational.one);
}

function keysOf(conditions: Statement["conditions"]): readonly string[] | undefined {
  return Object.values(conditions).find((one) => Object.hasOwn(one, leadingKeys))?.[leadingKeys];
}

const leadingKeys = "dynamodb:LeadingKeys";

function itemCalls(keys: readonly string[] | undefined): Rational {
  return keys === undefined
    ? Rational.one
    : Rational.of(keys.filter((key) => key.includes("*")).length);
}

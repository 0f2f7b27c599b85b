/** A metric's figure in a period; undefined where there is none. */
export type Figure = number | undefined;

type Figures = Readonly<Record<string, Figure>>;
type Term = (figures: Figures) => Figure;

/**
 * The part of CloudWatch's metric maths that our alarms are written in: sums, products, comparisons, `IF`
 * and `FILL` with a number. What has no figure makes none, `FILL` excepted, and so does a division by 0.
 *
 * @throws {Error} at anything else
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function metricMaths(expression: string): Term {
  const tokens = expression.match(/\d+(\.\d+)?|\w+|>=|<=|==|!=|\S/g) ?? [];
  let place = 0;
  const refuse = (): never => {
    throw new Error(`This is not evaluated here: ${expression} (at ${tokens[place] ?? "its end"})`);
  };
  const take = (token: string) => {
    if (tokens[place] !== token) refuse();
    place += 1;
  };

  const comparison = (): Term => chain(comparisons, () => chain(sums, () => chain(products, term)));
  const chain = (operators: Operators, operand: () => Term): Term => {
    let left = operand();
    for (let work = operators[tokens[place] ?? ""]; work; work = operators[tokens[place] ?? ""]) {
      place += 1;
      left = both(work, left, operand());
    }
    return left;
  };
  const list = (length: number): Term[] => {
    take("(");
    const items = [comparison()];
    while (tokens[place] === "," && items.length < length) {
      place += 1;
      items.push(comparison());
    }
    take(")");
    return items.length === length ? items : refuse();
  };
  const term = (): Term => {
    const token = tokens[place] ?? refuse();
    if (token === "(") return list(1)[0] as Term;
    if (!/^\w/.test(token)) return refuse();
    place += 1;
    if (/^\d/.test(token)) return () => Number(token);
    if (token === "IF") return choice(list(3) as [Term, Term, Term]);
    if (token === "FILL") return filled(list(2) as [Term, Term]);
    // Functions are in capital letters, and metrics begin with a small one.
    if (!/^[a-z]/.test(token) || tokens[place] === "(") return refuse();
    return (figures) => (Object.hasOwn(figures, token) ? figures[token] : refuse());
  };

  const whole = comparison();
  return place === tokens.length ? whole : refuse();
}

type Operators = Readonly<Record<string, ((a: number, b: number) => Figure) | undefined>>;

const comparisons: Operators = {
  ">=": (a, b) => Number(a >= b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  "<": (a, b) => Number(a < b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
};
const sums: Operators = { "+": (a, b) => a + b, "-": (a, b) => a - b };
const products: Operators = {
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? undefined : a / b),
};

function both(work: (a: number, b: number) => Figure, left: Term, right: Term): Term {
  return (figures) => {
    const [a, b] = [left(figures), right(figures)];
    return a === undefined || b === undefined ? undefined : work(a, b);
  };
}

function choice([condition, yes, no]: [Term, Term, Term]): Term {
  return (figures) => {
    const holds = condition(figures);
    return holds === undefined ? undefined : holds === 0 ? no(figures) : yes(figures);
  };
}

function filled([metric, instead]: [Term, Term]): Term {
  return (figures) => metric(figures) ?? instead(figures);
}

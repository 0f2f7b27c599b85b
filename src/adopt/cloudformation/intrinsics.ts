import { childOf, entriesOf, type Piece, piecesOf, type Tree, textOf } from "../source/tree.ts";

/** Stands for dev, sit and prod: what a template's parameter for its stage is. */
const anyEnvironment = "{environment}";

/** Parameters that say which environment a stack is. */
const environmentParameter = /^(?:app|deploy(?:ment)?)?(?:stage|env|environment)(?:name)?$/i;

/** What a template says once, for what refers to it. */
export interface Template {
  readonly parameters: Tree | undefined;
  readonly mappings: Tree | undefined;
}

/**
 * Puts values in the place of CloudFormation's intrinsic functions: a parameter is its default, one for the
 * stage stands for all environments, and what is only known in AWS stays a reference. What depends on a condition,
 * on another stack or on a function that nobody can compute beforehand says so.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html (2026-11-27)
 */
export function resolveIntrinsics(tree: Tree, template: Template): Tree {
  const inner = (one: Tree) => resolveIntrinsics(one, template);
  if (tree.kind === "scalar") return tree;
  if (tree.kind === "list") {
    return { ...tree, items: tree.items.map(inner), origins: [...tree.origins, tree] };
  }
  const [only, second] = tree.entries;
  if (only !== undefined && second === undefined && isIntrinsic(only.key)) {
    return resolved(tree, only.key, only.value, template);
  }
  const entries = tree.entries.map(({ key, value }) => ({ key, value: inner(value) }));
  return { ...tree, entries, origins: [...tree.origins, tree] };
}

function isIntrinsic(key: string): boolean {
  return key === "Ref" || /^Fn::[A-Z]\w*$/.test(key);
}

interface Value {
  readonly pieces: readonly Piece[];
  /** What it was taken from, elsewhere in the template. */
  readonly used: readonly Tree[];
}

function resolved(tree: Tree, name: string, argument: Tree, template: Template): Tree {
  const { pieces, used } = computed(name, argument, template);
  return {
    kind: "scalar",
    text: null,
    pieces,
    place: tree.place,
    path: tree.path,
    origins: [...tree.origins, tree, ...used],
  };
}

function computed(name: string, argument: Tree, template: Template): Value {
  if (name === "Ref") return reference(textOf(argument) ?? "", template);
  if (name === "Fn::GetAtt") return attribute(argument);
  if (name === "Fn::Sub") return substituted(argument, template);
  if (name === "Fn::Join") return joined(argument, template);
  if (name === "Fn::FindInMap") return mapped(argument, template);
  return unknown(`${name.replace("Fn::", "!")} is only known when the stack is made`);
}

function unknown(reason: string): Value {
  return { pieces: [{ unknown: reason }], used: [] };
}

function reference(name: string, { parameters }: Template): Value {
  const parameter = childOf(parameters, name);
  if (parameter === undefined) return { pieces: [{ refers: name, attribute: null }], used: [] };
  if (environmentParameter.test(name))
    return { pieces: [anyEnvironment], used: partsOf(parameter) };
  const fallback = childOf(parameter, "Default");
  const isLookedUp = /^AWS::SSM::/.test(textOf(childOf(parameter, "Type")) ?? "");
  const text = textOf(fallback);
  if (isLookedUp) return unknown(`parameter ${name} is read from Parameter Store`);
  if (text === undefined) return unknown(`parameter ${name} has no default`);
  return { pieces: [text], used: partsOf(parameter) };
}

/**
 * What a parameter says, which is of no use once its value is known.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html (2026-11-27)
 */
function partsOf(parameter: Tree): readonly Tree[] {
  const known =
    /^(?:Type|Default|Description|NoEcho|(?:Min|Max)(?:Length|Value)|Allowed\w+|ConstraintDescription)$/;
  return entriesOf(parameter)
    .filter(({ key }) => known.test(key))
    .map(({ value }) => value);
}

function attribute(argument: Tree): Value {
  const text =
    argument.kind === "list"
      ? argument.items.map((item) => textOf(item) ?? "").join(".")
      : (textOf(argument) ?? "");
  const [refers = "", ...rest] = text.split(".");
  return { pieces: [{ refers, attribute: rest.join(".") }], used: [] };
}

function substituted(argument: Tree, template: Template): Value {
  const [text, names] = argument.kind === "list" ? argument.items : [argument];
  const own = new Map(
    entriesOf(names).map(({ key, value }) => [key, resolveIntrinsics(value, template)]),
  );
  const source = text?.kind === "scalar" ? piecesOf(text) : [];
  const values = source.flatMap((piece): readonly Value[] => {
    if (typeof piece !== "string") return [{ pieces: [piece], used: [] }];
    return piece.split(/(\$\{[^}]*\})/).map((part) => {
      const name = /^\$\{(.*)\}$/s.exec(part)?.[1]?.trim();
      if (name === undefined) return { pieces: part === "" ? [] : [part], used: [] };
      if (name.startsWith("!")) return { pieces: [`\${${name.slice(1)}}`], used: [] };
      const value = own.get(name);
      if (value?.kind === "scalar") return { pieces: piecesOf(value), used: value.origins };
      if (value !== undefined) return unknown(`${name} is no text`);
      if (!name.includes(".")) return reference(name, template);
      const [refers = "", ...rest] = name.split(".");
      return { pieces: [{ refers, attribute: rest.join(".") }], used: [] };
    });
  });
  return together(values);
}

function joined(argument: Tree, template: Template): Value {
  const [delimiter, list] = argument.kind === "list" ? argument.items : [];
  if (list?.kind !== "list") return unknown("!Join of something that is no list");
  const between = textOf(delimiter) ?? "";
  const values = list.items.flatMap((item, position): readonly Value[] => {
    const value = resolveIntrinsics(item, template);
    const one: Value =
      value.kind === "scalar"
        ? { pieces: piecesOf(value), used: value.origins }
        : unknown("!Join of something that is no text");
    return position === 0 || between === "" ? [one] : [{ pieces: [between], used: [] }, one];
  });
  return together(values);
}

function mapped(argument: Tree, template: Template): Value {
  const keys = (argument.kind === "list" ? argument.items : []).map((item) =>
    textOf(resolveIntrinsics(item, template)),
  );
  if (keys.some((key) => key === undefined || key === anyEnvironment)) {
    return unknown("!FindInMap differs from environment to environment");
  }
  const found = childOf(template.mappings, ...keys.map((key) => key ?? ""));
  const text = textOf(found);
  if (text === undefined || found === undefined) return unknown("!FindInMap finds no text");
  return { pieces: [text], used: [found] };
}

function together(values: readonly Value[]): Value {
  return {
    pieces: values.flatMap(({ pieces }) => pieces),
    used: values.flatMap(({ used }) => used),
  };
}

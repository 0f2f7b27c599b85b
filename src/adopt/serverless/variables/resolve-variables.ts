import { insideFolder } from "../../source/inside-folder.ts";
import { endless, maxParts, readYaml } from "../../source/read-yaml.ts";
import {
  childOf,
  type Entry,
  madeOf,
  type Piece,
  piecesOf,
  type Scalar,
  type Tree,
  textOf,
} from "../../source/tree.ts";
import { type Alternative, parseVariables, type Variable } from "./parse-variables.ts";

/** Stands for dev, sit and prod, as in the name of a manifest's table. */
export const anyEnvironment = "{environment}";

/** Of a file and the files that it includes, in each other. Deeper is a circle. */
const maxDepth = 200;

/** Reads a file of the service's folder; undefined where there is none, or it may not be read. */
export type ReadFile = (path: string) => string | undefined;

/**
 * Puts values in the place of Serverless's variables. The stage is no value but {@link anyEnvironment}, so that
 * what depends on it stays the same text for all three; `${env:...}` is whoever deploys, and never read.
 * What has no value here keeps its text, and says why.
 *
 * @throws {LambdakitError} ADOPT_UNREADABLE where variables lead to each other in a circle, or to too much
 */
export class Variables {
  /** Every file that was read, as it is written. */
  readonly sources: Tree[];
  readonly #root: Tree;
  readonly #readFile: ReadFile;
  readonly #files = new Map<string, Tree | string>();
  /** What is being looked up, so that a circle is noticed. */
  readonly #under: string[] = [];
  #parts = 0;

  constructor(root: Tree, readFile: ReadFile) {
    this.#root = root;
    this.#readFile = readFile;
    this.sources = [root];
  }

  /** A part of the file with everything in it resolved. */
  resolve(tree: Tree, depth = 0): Tree {
    this.#count(tree, 1);
    if (depth > maxDepth) {
      throw endless(tree.place, `Its variables lead in a circle: a value has itself in it.`);
    }
    const here = this.#shallow(tree);
    if (here.kind === "list") {
      return derived(
        tree,
        { ...here, items: here.items.map((item) => this.resolve(item, depth + 1)) },
        here,
      );
    }
    if (here.kind === "map") {
      const resolved = ({ key, value }: Entry) => ({
        key,
        value: this.resolve(value, depth + 1),
      });
      return derived(tree, { ...here, entries: here.entries.map(resolved) }, here);
    }
    return here;
  }

  /** The value itself, with what is below it as it is written. */
  #shallow(tree: Tree): Tree {
    if (tree.kind !== "scalar" || tree.text === null || tree.pieces !== undefined) return tree;
    const parts = parseVariables(tree.text);
    if (!parts.some((part) => typeof part !== "string")) return tree;
    const [only] = parts;
    if (parts.length === 1 && typeof only === "object") {
      const value = this.#valueOf(only, tree);
      // It stands where the variable does, and is what its own source says.
      return spread({ ...value, path: tree.path }, tree);
    }
    const values = parts.map((part) =>
      typeof part === "string" ? part : this.#valueOf(part, tree),
    );
    const pieces = values.flatMap((value): readonly Piece[] => {
      if (typeof value === "string") return [value];
      return value.kind === "scalar"
        ? piecesOf(value)
        : [{ unknown: "a map or list within a text" }];
    });
    const length = pieces.reduce((sum, one) => sum + (typeof one === "string" ? one.length : 1), 0);
    this.#count(tree, length / 100);
    const origins = [...tree.origins, tree, ...values.filter((one) => typeof one !== "string")];
    return { ...tree, pieces, origins };
  }

  #count(tree: Tree, parts: number): void {
    this.#parts += parts;
    if (this.#parts <= maxParts) return;
    const most = maxParts.toLocaleString("en");
    throw endless(tree.place, `Its variables come to more than ${most} parts.`);
  }

  #valueOf(variable: Variable, at: Scalar): Tree {
    this.#count(at, 1);
    if (this.#under.includes(variable.raw)) {
      const circle = [...this.#under.slice(this.#under.indexOf(variable.raw)), variable.raw];
      throw endless(at.place, `Its variables lead in a circle: ${circle.join(" to ")}.`);
    }
    this.#under.push(variable.raw);
    try {
      for (const alternative of variable.alternatives) {
        const value = this.#alternative(alternative, at);
        if (value !== undefined) return value;
      }
    } finally {
      this.#under.pop();
    }
    return { ...at, pieces: [{ unknown: reasonFor(variable) }], origins: [at] };
  }

  #alternative(alternative: Alternative, at: Scalar): Tree | undefined {
    if ("literal" in alternative) {
      const text = alternative.literal === "null" ? null : alternative.literal;
      return { kind: "scalar", text, place: at.place, path: at.path, origins: [] };
    }
    const [only] = alternative.address;
    if (alternative.address.length === 1 && typeof only === "object") {
      const value = this.#valueOf(only, at);
      return isUnknown(value) ? undefined : value;
    }
    const used: Tree[] = [];
    let address = "";
    for (const part of alternative.address) {
      const value = typeof part === "string" ? part : this.#valueOf(part, at);
      if (typeof value !== "string") used.push(value);
      const text = typeof value === "string" ? value : textOf(value);
      if (text === undefined) return undefined;
      address += text;
    }
    const found = this.#lookUp(address.trim(), at);
    return found === undefined ? undefined : used.reduce(spread, found);
  }

  #lookUp(address: string, at: Scalar): Tree | undefined {
    const [, source = "", rest = ""] = /^(.*?)(?::(?!.*\):)(.*))?$/s.exec(address) ?? [];
    const file = /^file\((.*?)\)$/.exec(source)?.[1];
    if (file !== undefined) return this.#inFile(file.trim(), rest, at);
    if (/^self$/.test(source)) return this.#inFileItself(rest, at);
    if (source === "sls" && rest === "stage") return this.#stage(at);
    if (source === "opt") return rest === "stage" ? this.#stage(at) : undefined;
    if (source === "aws") return this.#ofAws(rest, at);
    if (source === "param") return this.#parameter(rest);
    const truth = /^strToBool\((.*)\)$/.exec(address)?.[1];
    if (truth === undefined) return undefined;
    return made(/^(?:true|1)$/i.test(truth.trim()) ? "true" : "false", at);
  }

  #inFileItself(rest: string, at: Scalar): Tree | undefined {
    if (rest === "provider.stage") return this.#stage(at);
    return rest === "" ? undefined : this.#below(this.#root, rest.split("."));
  }

  #stage(at: Scalar): Tree {
    const stated = childOf(this.#root, "provider", "stage");
    return made(anyEnvironment, at, stated === undefined ? [] : [stated]);
  }

  #ofAws(name: string, at: Scalar): Tree | undefined {
    if (name === "accountId") return referring("AWS::AccountId", at);
    if (name !== "region") return undefined;
    const region = this.#below(this.#root, ["provider", "region"]);
    return region === undefined || isUnknown(region) ? referring("AWS::Region", at) : region;
  }

  /** A stage's own value differs from that of another, which no manifest can say: the default is taken. */
  #parameter(name: string): Tree | undefined {
    const places = [
      ["params", "default", name],
      ["stages", "default", "params", name],
      ["params", "dev", name],
      ["stages", "dev", "params", name],
    ];
    for (const keys of places) {
      const found = this.#below(this.#root, keys);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inFile(file: string, rest: string, at: Scalar): Tree | undefined {
    const path = insideFolder(file);
    if (path === undefined) return undefined;
    const found = this.#files.get(path) ?? this.#read(path);
    if (found === undefined) return undefined;
    if (typeof found === "string") return rest === "" ? made(found, at) : undefined;
    return this.#below(found, rest === "" ? [] : rest.split("."));
  }

  #read(path: string): Tree | string | undefined {
    if (/\.[cm]?[jt]s$/.test(path)) return undefined;
    const text = this.#readFile(path);
    if (text === undefined) return undefined;
    if (!/\.(?:ya?ml|json)$/i.test(path)) {
      this.#files.set(path, text);
      return text;
    }
    const tree = readYaml(path, text);
    this.#files.set(path, tree);
    this.sources.push(tree);
    return tree;
  }

  /** Step by step: what is on the way may be a variable, too. */
  #below(from: Tree, keys: readonly string[]): Tree | undefined {
    let here = this.#shallow(from);
    for (const key of keys) {
      const next = here.kind === "list" ? here.items[Number(key)] : this.#child(here, key);
      if (next === undefined) return undefined;
      here = this.#shallow(next);
    }
    const isNull = here.kind === "scalar" && here.text === null && here.pieces === undefined;
    return isNull || isUnknown(here) ? undefined : here;
  }

  /** Of what differs by stage, the default stage's: the others are listed, because nothing has used them. */
  #child(tree: Tree, key: string): Tree | undefined {
    if (!key.includes(anyEnvironment)) return childOf(tree, key);
    const stages = ["dev", textOf(childOf(this.#root, "provider", "stage")) ?? "dev", "default"];
    return stages
      .map((stage) => childOf(tree, key.replaceAll(anyEnvironment, stage)))
      .find((one) => one !== undefined);
  }
}

function reasonFor({ raw, alternatives }: Variable): string {
  const [first] = alternatives;
  const address = first !== undefined && "address" in first ? first.address[0] : undefined;
  const source = typeof address === "string" ? (/^[\w-]+/.exec(address)?.[0] ?? "") : "";
  return `${raw} ${reasons[source] ?? "is not in the file"}`;
}

const reasons: Readonly<Record<string, string>> = {
  env: "is a variable of whoever deploys",
  opt: "is an option of whoever deploys",
  ssm: "is in Parameter Store",
  cf: "is an output of another stack",
  s3: "is in a bucket",
  file: "is in a file that is not there, is a program, or is outside of the folder",
};

function isUnknown(tree: Tree): boolean {
  return tree.kind === "scalar" && (tree.pieces ?? []).some((one) => isUnknownPiece(one));
}

function isUnknownPiece(piece: Piece): boolean {
  return typeof piece === "object" && "unknown" in piece;
}

function made(text: string, at: Scalar, origins: readonly Tree[] = []): Scalar {
  return { kind: "scalar", text, place: at.place, path: at.path, origins };
}

function referring(name: string, at: Scalar): Scalar {
  return { ...made("", at), pieces: [{ refers: name, attribute: null }] };
}

function derived(written: Tree, resolved: Tree, from: Tree): Tree {
  return { ...resolved, origins: [...resolved.origins, written, from] };
}

/** Whatever is used of the value, the variable that led to it was of use. */
function spread(tree: Tree, variable: Tree): Tree {
  const linked = madeOf(tree, [variable, tree]);
  if (linked.kind === "list") {
    return { ...linked, items: linked.items.map((item) => spread(item, variable)) };
  }
  if (linked.kind === "map") {
    const entries = linked.entries.map(({ key, value }) => ({
      key,
      value: spread(value, variable),
    }));
    return { ...linked, entries };
  }
  return linked;
}

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { redirectDescriptors } from "./redirect-descriptors.ts";
import { type Methods, replaceMethod } from "./replace-method.ts";

interface Places {
  /** What the function sees as `/tmp`. */
  readonly temporaryDirectory: string;
  /** The function's own code, which may itself lie below `/tmp`, as its packages may. */
  readonly taskRoot: string;
  readonly packages?: string;
}

/**
 * Which parameters are paths: those that are only read (`r`), those that are changed (`w`), and one
 * that is opened as the flags after it say (`o`). Streams open their files by `open`.
 */
const pathParameters: Readonly<Record<string, string>> = {
  access: "r",
  appendFile: "w",
  chmod: "w",
  chown: "w",
  copyFile: "rw",
  cp: "rw",
  exists: "r",
  lchmod: "w",
  lchown: "w",
  link: "rw",
  lstat: "r",
  lutimes: "w",
  mkdir: "w",
  mkdtemp: "w",
  open: "o",
  openAsBlob: "r",
  opendir: "r",
  readFile: "r",
  readdir: "r",
  readlink: "r",
  realpath: "r",
  rename: "ww",
  rm: "w",
  rmdir: "w",
  stat: "r",
  statfs: "r",
  symlink: "-w",
  truncate: "w",
  unlink: "w",
  unwatchFile: "r",
  utimes: "w",
  watch: "r",
  watchFile: "r",
  writeFile: "w",
};
/**
 * Where a relative path is seen from. The process' own folder may itself lie below `/tmp`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, `LAMBDA_TASK_ROOT`
 */
const workingDirectory = "/var/task";

/** These answer with a path, which the function has to see as its own. */
const answersWithPath = new Set(["mkdtemp", "realpath"]);

/**
 * Gives the function a file system as Lambda's is: `/tmp` is a folder of its own, everything else can
 * only be read. What goes past `node:fs`, such as a child process, is not reached.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function redirectFiles({ temporaryDirectory, taskRoot, packages }: Places): void {
  const isCode = (file: string) =>
    isWithin(file, taskRoot) || (packages !== undefined && isWithin(file, packages));
  const place = (value: unknown, access: string, call: string): unknown => {
    const file = asPath(value);
    if (file === undefined) return value;
    const absolute = path.resolve(workingDirectory, file);
    if (isWithin(absolute, temporaryDirectory)) return value;
    if (isWithin(absolute, "/tmp") && !isCode(absolute)) {
      // An ending slash counts: `mkdtemp` takes what comes before it for a folder.
      const slash = file.endsWith("/") ? "/" : "";
      return path.join(temporaryDirectory, path.relative("/tmp", absolute)) + slash;
    }
    if (access === "w" && !isWithin(absolute, "/dev")) throw readOnly(call, file);
    return value;
  };
  const asSeen = (answer: unknown): unknown =>
    typeof answer === "string" && isWithin(answer, temporaryDirectory)
      ? path.join("/tmp", path.relative(temporaryDirectory, answer))
      : answer;
  const placed = (name: string, parameters: unknown[]): unknown[] => {
    const accesses = pathParameters[name] ?? "";
    return parameters.map((value, index) => {
      const access = accesses[index] ?? "-";
      if (access === "-") return value;
      return place(value, access === "o" ? accessOfFlags(parameters[1]) : access, name);
    });
  };

  const promises = fs.promises as unknown as Methods;
  const all = fs as unknown as Methods;
  for (const name of Object.keys(pathParameters)) {
    const answersPath = answersWithPath.has(name);
    const seen = answersPath ? asSeen : (answer: unknown) => answer;
    replaceMethod(promises, name, (method) => async (...parameters) => {
      return seen(await method(...placed(name, parameters)));
    });
    replaceMethod(all, `${name}Sync`, (method) => (...parameters) => {
      return seen(method(...placed(name, parameters)));
    });
    replaceMethod(all, name, (method) => (...parameters) => {
      const callback = parameters.at(-1);
      try {
        const given = placed(name, parameters);
        if (answersPath && typeof callback === "function") {
          given[given.length - 1] = (error: unknown, answer: unknown) =>
            callback(error, seen(answer));
        }
        return method(...given);
      } catch (error) {
        if (typeof callback !== "function" || !isReadOnly(error)) throw error;
        process.nextTick(callback, error);
        return undefined;
      }
    });
  }
  for (const name of ["realpath", "realpathSync"]) {
    Object.assign(Object(all[name]), { native: all[name] });
  }
  redirectDescriptors(all);
  syncBuiltinESMExports();
}

function asPath(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof URL) return value.protocol === "file:" ? fileURLToPath(value) : undefined;
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  return undefined;
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}${path.sep}`);
}

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC } = fs.constants;

function accessOfFlags(flags: unknown): "r" | "w" {
  if (typeof flags === "number") return flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC) ? "w" : "r";
  return typeof flags === "string" && /[wa+]/.test(flags) ? "w" : "r";
}

function readOnly(call: string, file: string): Error {
  const message = `EROFS: read-only file system, ${call} '${file}'`;
  return Object.assign(new Error(message), {
    errno: -30,
    code: "EROFS",
    syscall: call,
    path: file,
  });
}

function isReadOnly(error: unknown): boolean {
  return Object(error).code === "EROFS";
}

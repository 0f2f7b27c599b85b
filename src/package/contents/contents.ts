/** One file that went into a function's bundle. */
export interface BundleInput {
  /** Relative to the service's folder, with `/` between folders. */
  readonly path: string;
  /** What is left of it in the files of the zip. */
  readonly bytes: number;
  /** The package that it belongs to. @default the service's own source */
  readonly package?: PackageId;
  /** What it imports, in the order in which it does. */
  readonly imports: readonly BundleImport[];
}

/** An npm package, as it is installed. */
export interface PackageId {
  readonly name: string;
  readonly version: string;
  /** Relative to the service's folder, with `/` between folders. */
  readonly folder: string;
}

export interface BundleImport {
  readonly path: string;
  /** As it is written in the source: `./product.ts`, or `zod`. */
  readonly specifier: string;
  /** By `import()`: loaded when it is reached, and not before the module itself runs. */
  readonly isDynamic: boolean;
}

/** What a function's bundle is made of. */
export interface Contents {
  /** The function's source file. */
  readonly entry: string;
  /** What its module exports. */
  readonly exports: readonly string[];
  /** All files that the entry reaches, by path; some may have left nothing. Functions may share them. */
  readonly inputs: readonly BundleInput[];
  /** Where its packages are compiled: by which Node.js, on which architecture, as Node.js calls it. */
  readonly codeCache?: { readonly node: string; readonly architecture: string };
}

/** A function, bundled. */
export interface BundledFunction extends Contents {
  readonly key: string;
  /** What the zip holds, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The source maps of these, by name; not part of the zip. */
  readonly sourceMaps: Readonly<Record<string, Uint8Array>>;
}

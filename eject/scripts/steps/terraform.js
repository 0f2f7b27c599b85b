/** Terraform, in terraform/stacks/service, for one environment. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { artifactKey } from "./artifacts.js";
import { Refusal } from "./run.js";

const stack = path.resolve("terraform/stacks/service");

export class Terraform {
  #environment;
  #folder;

  constructor(environment) {
    this.#environment = environment;
    // Of each environment its own: what one has prepared is of no use to another.
    this.#folder = path.join(stack, ".terraform", environment.name);
  }

  async init() {
    const backend = `-backend-config=${this.#environment.backendFile}`;
    await this.#read("init", "-reconfigure", "-input=false", backend);
  }

  /** What the state says by name. Empty where nothing was deployed yet. */
  async outputs() {
    const outputs = JSON.parse(await this.#read("output", "-json"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /**
   * Plans, shows it, and keeps it for {@link apply}.
   *
   * @param digests of the functions' zips, by key
   * @returns 0 where nothing changes, 2 where something does
   */
  async plan(digests) {
    const artifacts = Object.fromEntries(
      Object.entries(digests).map(([key, sha256]) => [key, { key: artifactKey(sha256), sha256 }]),
    );
    await mkdir(this.#folder, { recursive: true });
    const artifactsFile = path.join(this.#folder, "artifacts.tfvars.json");
    await writeFile(artifactsFile, JSON.stringify({ artifacts }, null, 2));
    const { status } = await this.#run(
      "inherit",
      "plan",
      "-input=false",
      "-detailed-exitcode",
      `-var-file=${this.#environment.variablesFile}`,
      `-var-file=${artifactsFile}`,
      `-out=${this.#planFile}`,
    );
    if (status === 1) throw new Refusal("Terraform could not plan.", "see what it says above");
    return status;
  }

  /** What the plan that was kept deletes, or replaces. */
  async deleted() {
    return (await this.#changes()).filter(({ change }) => change.actions.includes("delete"));
  }

  /** The same for plans that change the same in the same way. */
  async planDigest() {
    const changes = (await this.#changes())
      .filter(({ change }) => change.actions.join() !== "no-op")
      .map(({ address, change }) => [address, change.actions, change.before, change.after]);
    return createHash("sha256").update(JSON.stringify(changes)).digest("hex");
  }

  async #changes() {
    return JSON.parse(await this.#read("show", "-json", this.#planFile)).resource_changes ?? [];
  }

  /** Applies the plan that was kept, exactly. */
  async apply() {
    const { status } = await this.#run("inherit", "apply", "-input=false", this.#planFile);
    if (status !== 0) {
      throw new Refusal(
        "Terraform has not applied all of it. No caller was led anywhere else.",
        "correct what it says above, and run the same command again",
      );
    }
  }

  get #planFile() {
    return path.join(this.#folder, "plan.tfplan");
  }

  async #read(...args) {
    const { status, output } = await this.#run("pipe", ...args);
    if (status !== 0) throw new Refusal(`terraform ${args[0]} failed.\n${output}`, "see above");
    return output;
  }

  async #run(stdout, ...args) {
    // Ctrl-C reaches Terraform by itself, which ends what it has begun. Whoever starts it has to wait for that.
    const wait = () => {};
    process.on("SIGINT", wait);
    try {
      const child = spawn("terraform", [`-chdir=${stack}`, ...args], {
        stdio: ["ignore", stdout, "inherit"],
        env: { ...process.env, TF_DATA_DIR: this.#folder, TF_IN_AUTOMATION: "1" },
      });
      const ended = new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
      });
      const [status, output] = await Promise.all([ended, child.stdout ? text(child.stdout) : ""]);
      return { status, output };
    } catch (error) {
      throw new Refusal(
        `Terraform could not be started: ${error.message}`,
        "install Terraform 1.11",
      );
    } finally {
      process.off("SIGINT", wait);
    }
  }
}

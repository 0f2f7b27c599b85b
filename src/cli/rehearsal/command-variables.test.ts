import { expect, it } from "vitest";
import { commandVariables } from "./command-variables.ts";

it("gives commands what programs need, and nothing that leads to an account or to GitHub", () => {
  const own = {
    PATH: "/bin",
    HOME: "/home/me",
    TF_CLI_CONFIG_FILE: "/home/me/terraform.rc",
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "AKIAREAL",
    AWS_ENDPOINT_URL_S3: "https://s3.example.com",
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/real",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/",
    GH_TOKEN: "ghp",
    GITHUB_TOKEN: "ghs",
    LAMBDAKIT_PROFILE_PROD: "production",
    TF_VAR_region: "eu-west-1",
  };
  const emulator = { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", AWS_ACCESS_KEY_ID: "emulated" };
  expect(commandVariables(own, emulator, "/nowhere")).toEqual({
    PATH: "/bin",
    HOME: "/home/me",
    TF_CLI_CONFIG_FILE: "/home/me/terraform.rc",
    CI: "true",
    CHECKPOINT_DISABLE: "1",
    AWS_CONFIG_FILE: "/nowhere",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
    AWS_EC2_METADATA_DISABLED: "true",
    ...emulator,
  });
});

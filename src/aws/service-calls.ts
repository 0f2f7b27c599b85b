import { awsError } from "./aws-error.ts";
import { refusingRegion } from "./refusing-region.ts";

/** Makes one call, and says what it was for if it fails. */
export type Call<Sdk, Client> = <Result>(
  what: string,
  work: (client: Client, sdk: Sdk) => Promise<Result>,
) => Promise<Result>;

/**
 * Calls to one of AWS's services, over one client. The SDK's packages are large and few commands need one:
 * it is loaded with the first call.
 *
 * @returns throws what `awsError` says
 */
export function serviceCalls<Sdk, Client>(
  load: () => Promise<Sdk>,
  open: (sdk: Sdk) => Client,
): Call<Sdk, Client> {
  let opening: Promise<{ sdk: Sdk; client: Client }> | undefined;
  return async (what, work) => {
    opening ??= load().then((sdk) => ({ sdk, client: open(sdk) }));
    const { sdk, client } = await opening;
    try {
      return await work(client, sdk);
    } catch (error) {
      throw awsError(what, error, await refusingRegion(client, error));
    }
  };
}

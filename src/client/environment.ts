import { ConfigurationError } from './errors/configuration-error.js';

/** Names of the servers that `environment` can choose. */
export type EnvironmentName = 'live' | 'staging' | 'mock';

/** Where `npm run mock` serves the document. */
export const LOCAL_MOCK = 'http://127.0.0.1:4010';

/** The base URL of an environment: the mock's is ours, the others come from the document. */
export function environmentUrl(
  name: EnvironmentName,
  servers: readonly { readonly url: string; readonly environment: string }[],
): string {
  const url = name === 'mock' ? LOCAL_MOCK : servers.find((server) => server.environment === name)?.url;
  if (url === undefined)
    throw new ConfigurationError(
      `environment: '${name}' is not a server of the document; use 'live', 'staging' or 'mock', or set baseUrl`,
    );
  return url;
}

/** A variable of the process environment, if the runtime has one. An empty variable counts as absent. */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name]?.trim() || undefined;
}

import { Command } from 'commander';
import { UsageError } from '../exit.js';
import type { Io } from '../io.js';
import { portNumber } from '../values.js';

interface Flags {
  readonly clientId?: string;
  readonly scope?: string;
  readonly redirectPort: number;
  readonly clientCredentials?: true;
  readonly browser: boolean;
}

/** `ev-energy login`: a user signs in in a browser, or an application with its secret. */
export function loginCommand(io: Io): Command {
  return new Command('login')
    .description(
      'Sign in, and keep the tokens in a file that only you can read: in a browser as a user, or with --client-credentials as the application itself.',
    )
    .option('--client-id <id>', "the application's id (default: EV_ENERGY_CLIENT_ID)")
    .option('--scope <scopes>', "scopes to ask for, separated by spaces (default: the server's)")
    .option(
      '--redirect-port <n>',
      'port of the registered redirect URI, http://127.0.0.1:<n>/callback; 0: any free one',
      portNumber,
      0,
    )
    .option('--client-credentials', 'sign in as the application, with its secret')
    .option('--no-browser', 'print the address instead of opening a browser')
    .addHelpText(
      'after',
      `
The application's secret is that of EV_ENERGY_CLIENT_SECRET. Without that,
--client-credentials asks for it, or reads it from standard input.
EV_ENERGY_BASE_URL names another server than the live one, EV_ENERGY_CONFIG
another folder than ~/.config/ev-energy.`,
    )
    .action(async (flags: Flags) => run(io, flags));
}

async function run(io: Io, flags: Flags): Promise<void> {
  const { environment, stderr } = io;
  const clientId = flags.clientId ?? environment.EV_ENERGY_CLIENT_ID;
  if (!clientId) throw new UsageError('Which application? Give --client-id, or set EV_ENERGY_CLIENT_ID.');
  const { chooseBaseUrl } = await import('../../client/url/base-url.js');
  const { scope } = flags;
  const application = {
    version: 1 as const,
    baseUrl: chooseBaseUrl({ baseUrl: environment.EV_ENERGY_BASE_URL || undefined }),
    clientId,
    ...(scope === undefined ? {} : { scope }),
  };
  const { signInAsApplication, signInAsUser } = await import('./sign-in.js');
  const secret = environment.EV_ENERGY_CLIENT_SECRET || undefined;
  if (flags.clientCredentials) {
    const { askSecret } = await import('./ask-secret.js');
    const clientSecret = secret ?? (await askSecret(io));
    if (!clientSecret)
      throw new UsageError('A secret is missing: set EV_ENERGY_CLIENT_SECRET, or type it in.');
    await signInAsApplication(io, { ...application, grant: 'client_credentials', clientSecret });
  } else {
    const login = { ...application, grant: 'authorization_code' as const, clientSecret: secret };
    await signInAsUser(io, login, flags);
  }
  stderr.write(`Signed in at ${application.baseUrl}.\n`);
  if (environment.EV_ENERGY_ACCESS_TOKEN || (environment.EV_ENERGY_CLIENT_ID && secret))
    stderr.write('Note: credentials in the environment are used before those of the login.\n');
}

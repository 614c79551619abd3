import { Command } from 'commander';
import { inert } from '../../text/words.js';
import { CommandError } from '../exit.js';
import type { Io } from '../io.js';

/** `ev-energy status`: who is signed in, and where. Asks no server. */
export function statusCommand(io: Io): Command {
  return new Command('status')
    .description('Say who is signed in, at which server, and until when. Sends nothing.')
    .action(async () => run(io));
}

async function run({ environment, stdout }: Io): Promise<void> {
  const { loadLogin } = await import('./saved.js');
  const { isElsewhere, loadTokens } = await import('./credentials.js');
  const { EV_ENERGY_ACCESS_TOKEN, EV_ENERGY_CLIENT_ID, EV_ENERGY_CLIENT_SECRET } = environment;
  const { chooseBaseUrl } = await import('../../client/url/base-url.js');
  const server = () => chooseBaseUrl({ baseUrl: environment.EV_ENERGY_BASE_URL || undefined });
  if (EV_ENERGY_ACCESS_TOKEN)
    return void stdout.write(`The token of EV_ENERGY_ACCESS_TOKEN,\nat ${server()}\n`);
  if (EV_ENERGY_CLIENT_ID && EV_ENERGY_CLIENT_SECRET)
    return void stdout.write(
      `The application ${inert(EV_ENERGY_CLIENT_ID)}, of EV_ENERGY_CLIENT_ID,\nat ${server()}\n`,
    );
  const login = await loadLogin(environment);
  if (!login) throw new CommandError('Nobody is signed in. Run: ev-energy login');
  const { EV_ENERGY_BASE_URL } = environment;
  if (isElsewhere(login, EV_ENERGY_BASE_URL))
    throw new CommandError(
      `Nobody is signed in at ${EV_ENERGY_BASE_URL}, which EV_ENERGY_BASE_URL names, but at ${login.baseUrl}.`,
    );
  const who = login.grant === 'authorization_code' ? 'A user, through the application' : 'The application';
  const tokens = await loadTokens(environment, login);
  const until = tokens?.expiresAt === undefined ? '' : new Date(tokens.expiresAt).toISOString().slice(0, 19);
  const renewed = tokens?.refreshToken || login.clientSecret ? ', and is then renewed' : '';
  stdout.write(
    `${who} ${inert(login.clientId)}\nat ${login.baseUrl}\n${until ? `The token lasts until ${until}Z${renewed}.\n` : ''}`,
  );
}

import { Command } from 'commander';
import { fold } from '../../text/wrap.js';
import { UsageError } from '../exit.js';
import { type Io, widthOf } from '../io.js';

/** `ev-energy logout`: has the server revoke the tokens, and forgets them. */
export function logoutCommand(io: Io): Command {
  return new Command('logout')
    .description('Have the server revoke the tokens of the login (RFC 7009), and forget them.')
    .action(async () => run(io));
}

async function run({ environment, stderr }: Io): Promise<void> {
  const { forgetLogin, loadLogin } = await import('./saved.js');
  const { applicationOf, loadTokens } = await import('./credentials.js');
  const { revoke } = await import('../../client/auth/authorization-code.js');
  let said = 'Nobody was signed in.';
  try {
    const login = await loadLogin(environment);
    if (login) said = `Signed out of ${login.baseUrl}.`;
    const tokens = login && (await loadTokens(environment, login));
    const token = tokens?.refreshToken ?? tokens?.accessToken;
    if (login && token) await revoke({ ...applicationOf(login), token });
  } catch (error) {
    // We forget a broken login too. A file that can't be read can't be deleted either.
    if (error instanceof UsageError) throw error;
    said = `The login is forgotten here, but the server may still accept its tokens: ${(error as Error).message}`;
  }
  await forgetLogin(environment);
  stderr.write(`${fold(said, widthOf(stderr))}\n`);
}

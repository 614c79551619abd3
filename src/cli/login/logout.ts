import { Command } from 'commander';
import { fold } from '../../contract/text/wrap.js';
import { UsageError } from '../exit.js';
import { type Io, widthOf } from '../io.js';

/** `ev-energy logout`: takes the tokens out of use, and forgets them. */
export function logoutCommand(io: Io): Command {
  return new Command('logout')
    .description('Take the tokens of the login out of use (RFC 7009), and forget them.')
    .action(async () => run(io));
}

async function run({ environment, stderr }: Io): Promise<void> {
  const { forgetLogin, loadLogin } = await import('./saved.js');
  const { applicationOf, storedTokens } = await import('./credentials.js');
  const { revoke } = await import('../../client/auth/authorization-code.js');
  let said = 'Nobody was signed in.';
  try {
    const login = await loadLogin(environment);
    if (login) said = `Signed out of ${login.baseUrl}.`;
    const tokens = login && (await storedTokens(environment, login));
    const token = tokens?.refreshToken ?? tokens?.accessToken;
    if (login && token) await revoke({ ...applicationOf(login), token });
  } catch (error) {
    // What is broken must be forgotten too; what can't be read can't be deleted either.
    if (error instanceof UsageError) throw error;
    said = `The login is forgotten here, but the server may still accept its tokens: ${(error as Error).message}`;
  }
  await forgetLogin(environment);
  stderr.write(`${fold(said, widthOf(stderr))}\n`);
}

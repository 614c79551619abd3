import { Command } from 'commander';
import type { Io } from '../io.js';

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
  const login = await loadLogin(environment);
  const tokens = login && (await storedTokens(environment, login));
  const token = tokens?.refreshToken ?? tokens?.accessToken;
  try {
    if (login && token) await revoke({ ...applicationOf(login), token });
  } catch (error) {
    stderr.write(`The server didn't take the token out of use: ${(error as Error).message}\n`);
  }
  await forgetLogin(environment);
  stderr.write(login ? `Signed out of ${login.baseUrl}.\n` : 'Nobody was signed in.\n');
}

import { spawn } from 'node:child_process';
import { authorizationUrl, exchangeCode } from '../../client/auth/authorization-code.js';
import { clientCredentials } from '../../client/auth/client-credentials.js';
import { storedTokens } from '../../client/auth/through-store.js';
import type { Io } from '../io.js';
import { applicationOf, placeOf } from './credentials.js';
import { listenForCallback } from './loopback.js';
import { forgetLogin, loginStore, type SavedLogin, saveLogin } from './saved.js';

/** Signs a user in: authorization code with PKCE, with a redirect to this machine (RFC 8252, 7.3). */
export async function signInAsUser(
  io: Io,
  login: SavedLogin,
  { redirectPort, browser }: { redirectPort: number; browser: boolean },
): Promise<void> {
  const loopback = await listenForCallback(redirectPort);
  try {
    const { redirectUri } = loopback;
    const application = applicationOf(login);
    const begun = await authorizationUrl({ ...application, redirectUri, scope: login.scope });
    io.stderr.write(`Sign in here, and come back:\n\n${begun.url}\n\n`);
    if (browser && io.stderr.isTTY) open(begun.url);
    const callbackUrl = await loopback.callback(begun.state, io.signal);
    const tokens = await exchangeCode({ ...application, ...begun, redirectUri, callbackUrl });
    // Nothing is kept of whoever was signed in before.
    await forgetLogin(io.environment);
    await loginStore(io.environment).save(placeOf(login), storedTokens(tokens, tokens.refreshToken));
    await saveLogin(io.environment, login);
  } finally {
    await loopback.close();
  }
}

/** Signs the application itself in: asks for a first token, so that a wrong secret shows now. */
export async function signInAsApplication(io: Io, login: SavedLogin): Promise<void> {
  const { scope } = login;
  await clientCredentials({ ...applicationOf(login), ...(scope === undefined ? {} : { scope }) }).token();
  await forgetLogin(io.environment);
  await saveLogin(io.environment, login);
}

/** Opens the user's browser, if there is one; the terminal shows the address in any case. */
function open(url: string): void {
  const [command, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

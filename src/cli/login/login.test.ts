import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { evEnergy } from '../../../scripts/test/cli/ev-energy.js';
import { apiRequests, fakeApi } from '../../../scripts/test/fake.js';
import { scratch } from '../../../scripts/test/files/scratch.js';

/** Signs in as a user does: follows the address that the terminal shows, as the browser would. */
async function signedIn(...args: string[]) {
  const [fake, folder] = [await fakeApi(), await scratch()];
  // The login of a user needs no secret of the application in later commands.
  const environment = { EV_ENERGY_CONFIG: folder, EV_ENERGY_CLIENT_SECRET: undefined };
  let visited: Promise<Response> | undefined;
  const result = await evEnergy(fake, ['login', ...args], {
    environment: { ...environment, EV_ENERGY_CLIENT_SECRET: fake.clientSecret },
    onOutput: (text) => {
      const [url] = /^http\S+$/m.exec(text) ?? [];
      if (url) visited ??= fetch(url);
    },
  });
  return { fake, folder, environment, result, page: await visited };
}

test('A user signs in over a redirect to this machine, and later commands have the token', async () => {
  const { fake, folder, environment, result, page } = await signedIn();
  expect(result.code).toBe(0);
  expect(result.stderr).toContain(`Signed in at ${fake.url}.\n`);
  expect(await page?.text()).toContain('Go back to the terminal');
  const listed = await evEnergy(fake, ['evses', 'list', '--limit', '1'], { environment });
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout)).toHaveLength(1);
  for (const file of ['login.json', 'tokens.json'])
    expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
  const shown = await evEnergy(fake, ['status'], { environment });
  expect(shown.stdout).toMatch(
    /^A user, through the application fake-client\nat http\S+\nThe token lasts until /,
  );
  const elsewhere = { ...environment, EV_ENERGY_BASE_URL: 'https://other.example/v2' };
  const other = await evEnergy(fake, ['status'], { environment: elsewhere });
  expect(other).toMatchObject({ code: 1, stdout: '' });
  expect(other.stderr).toContain('Nobody is signed in at https://other.example/v2');
  const tokens = Object.values(JSON.parse(await readFile(join(folder, 'tokens.json'), 'utf8')).tokens);
  const { accessToken, refreshToken } = tokens[0] as Record<string, string>;
  for (const { stdout, stderr } of [result, listed, shown])
    for (const secret of [accessToken, refreshToken, fake.clientSecret])
      expect(stdout + stderr).not.toContain(secret);
});

test('logout has the server revoke the token, and forgets it', async () => {
  const { fake, folder, environment } = await signedIn();
  const out = await evEnergy(fake, ['logout'], { environment });
  expect(out).toMatchObject({ code: 0, stderr: `Signed out of ${fake.url}.\n` });
  expect(fake.requests.map(({ endpoint }) => endpoint)).toContain('revocation');
  expect((await readdir(folder)).filter((name) => name.endsWith('.json'))).toEqual([]);
  const after = await evEnergy(fake, ['evses', 'list'], { environment });
  expect([after.code, after.stderr]).toEqual([1, expect.stringContaining('ev-energy login')]);
  const status = await evEnergy(fake, ['status'], { environment });
  expect(status).toMatchObject({ code: 1, stderr: 'Nobody is signed in. Run: ev-energy login\n' });
  expect((await evEnergy(fake, ['logout'], { environment })).stderr).toBe('Nobody was signed in.\n');
});

test.each([
  ['login.json', '{"version":1,"grant":"authorization_code","baseUrl":7,"clientId":"a"}'],
  ['login.json', 'null'],
  ['tokens.json', '{"version":1,"tokens":null}'],
])('A login whose %s holds something else is told of, and logout forgets it: %s', async (file, content) => {
  const { fake, folder, environment } = await signedIn();
  await writeFile(join(folder, file), content);
  for (const command of [['status'], ['evses', 'list']]) {
    const { code, stderr } = await evEnergy(fake, command, { environment });
    expect([1, 2]).toContain(code);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /is not of this version of ev-energy|something other than tokens/,
    );
  }
  const out = await evEnergy(fake, ['logout'], { environment });
  expect(out.code).toBe(0);
  expect(out.stderr).toMatch(/^The login is forgotten here/);
  expect((await readdir(folder)).filter((name) => name.endsWith('.json'))).toEqual([]);
});

test('The redirect has the port that is asked for, and one that is taken is named in the error', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const args = ['login', '--redirect-port', String(port)];
  const taken = await evEnergy(await fakeApi(), args, { environment: { EV_ENERGY_CONFIG: await scratch() } });
  expect(taken).toMatchObject({
    code: 1,
    stderr: `Port ${port} is taken. End what listens there, or choose another with\n--redirect-port.\n`,
  });
  await new Promise((resolve) => server.close(resolve));
  const { result } = await signedIn('--redirect-port', String(port));
  expect(decodeURIComponent(result.stderr)).toContain(`redirect_uri=http://127.0.0.1:${port}/callback`);
});

test("Another page's request to the redirect is turned away, and the sign-in waits on", async () => {
  const [fake, stop] = [await fakeApi(), new AbortController()];
  onTestFinished(() => stop.abort());
  let status = 0;
  const { code, stderr } = await evEnergy(fake, ['login'], {
    environment: { EV_ENERGY_CONFIG: await scratch() },
    signal: stop.signal,
    onOutput: async (text) => {
      const [url] = /^http\S+$/m.exec(text) ?? [];
      const back = url && new URL(url).searchParams.get('redirect_uri');
      if (!back || status !== 0) return;
      status = 1;
      status = (await fetch(`${back}?code=stolen&state=other`)).status;
      stop.abort();
    },
  });
  expect([status, code]).toEqual([400, 130]);
  expect(stderr).toMatch(/Interrupted/);
});

test('An application signs in with its secret, and each command gets a token by it', async () => {
  const [fake, folder] = [await fakeApi(), await scratch()];
  const environment = { EV_ENERGY_CONFIG: folder, EV_ENERGY_CLIENT_SECRET: undefined };
  const args = ['login', '--client-credentials'];
  const wrong = await evEnergy(fake, args, { environment, stdin: 'wrong-secret\n' });
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('invalid_client')]);
  expect(wrong.stderr).not.toContain('wrong-secret');
  expect((await evEnergy(fake, args, { environment, stdin: `${fake.clientSecret}\n` })).code).toBe(0);
  for (let count = 0; count < 2; count += 1)
    expect((await evEnergy(fake, ['evses', 'list', '--limit', '1'], { environment })).code).toBe(0);
  expect(apiRequests(fake)).toHaveLength(2);
  // That of the login, and one that both commands share.
  const granted = fake.requests.filter(({ endpoint, status }) => endpoint === 'token' && status === 200);
  expect(granted).toHaveLength(2);
});

test.each([
  [['login'], { EV_ENERGY_CLIENT_ID: undefined }, /Which application\? Give --client-id/],
  [['login', '--client-credentials'], { EV_ENERGY_CLIENT_SECRET: undefined }, /A secret is missing/],
  [['login', '--redirect-port', '70000'], {}, /It has to be a number from 0 to 65535/],
])('%j without what it needs ends with 2', async (args, environment, message) => {
  const { code, stderr } = await evEnergy(undefined, args, {
    environment: { EV_ENERGY_CLIENT_ID: 'a', EV_ENERGY_CLIENT_SECRET: 'b', ...environment },
  });
  expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringMatching(message)]);
});

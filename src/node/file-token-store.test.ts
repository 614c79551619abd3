import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EVSE, fakeApi } from '../../scripts/test/fake.js';
import { EvEnergy } from '../index.js';
import { withFileLock } from './file-lock.js';
import { fileTokenStore } from './index.js';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'tokens-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** What this process writes into a lock. */
function ownerHere(lock: string): Promise<object> {
  return withFileLock(lock, { option: 'lock' }, async () => JSON.parse(await readFile(lock, 'utf8')));
}

function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('A file keeps tokens of several applications for its owner alone, and nothing else stays beside it', async () => {
  const file = join(await folder(), 'deep/tokens.json');
  const store = fileTokenStore(file);
  expect(await store.load('a')).toBeUndefined();
  await Promise.all(['a', 'b', 'c'].map((key) => store.save(key, { accessToken: key, savedAt: 1 })));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await fileTokenStore(file).load('b')).toEqual({ accessToken: 'b', savedAt: 1 });
  expect(Object.keys(JSON.parse(await readFile(file, 'utf8')).tokens).sort()).toEqual(['a', 'b', 'c']);
  expect(await readdir(join(file, '..'))).toEqual(['tokens.json']);
});

test('What a program that was killed has left of its writing goes with the next one', async () => {
  const place = await folder();
  await writeFile(join(place, 'tokens.json.1234.new'), '{"version":1,"tok');
  await fileTokenStore(join(place, 'tokens.json')).save('a', { accessToken: 'x', savedAt: 1 });
  expect(await readdir(place)).toEqual(['tokens.json']);
});

test('A key may have the name of what every object has', async () => {
  const store = fileTokenStore(join(await folder(), 'tokens.json'));
  for (const key of ['constructor', '__proto__']) {
    await store.save('other', { savedAt: 1 });
    expect(await store.load(key)).toBeUndefined();
    await store.save(key, { accessToken: key, savedAt: 1 });
    expect(await store.load(key)).toEqual({ accessToken: key, savedAt: 1 });
  }
});

test('Clients with stores on the same file share one token', async () => {
  const fake = await fakeApi();
  const file = join(await folder(), 'tokens.json');
  const { url: baseUrl, clientId, clientSecret } = fake;
  const client = () => new EvEnergy({ baseUrl, clientId, clientSecret, tokenStore: fileTokenStore(file) });
  const call = () => client().evses.statusLogs.list(EVSE, { page_size: 1 }).then();
  await Promise.all([call(), call(), call()]);
  await call();
  expect(fake.requests.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1);
});

test('A lock lets one in at a time', async () => {
  const lock = join(await folder(), 'a.lock');
  let [inside, most] = [0, 0];
  const enter = () =>
    withFileLock(lock, { option: 'lock' }, async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inside -= 1;
    });
  await Promise.all([enter(), enter(), enter()]);
  expect(most).toBe(1);
});

test('The lock of a program that was killed is taken over by one of those that wait', async () => {
  const lock = join(await folder(), 'a.lock');
  await writeFile(lock, JSON.stringify({ ...(await ownerHere(lock)), pid: endedProcess() }));
  let [inside, most] = [0, 0];
  const enter = () =>
    withFileLock(lock, { option: 'lock' }, async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside -= 1;
    });
  await Promise.all([enter(), enter(), enter()]);
  expect(most).toBe(1);
});

test('The lock of a container is not taken for that of a dead program by another that has the same name', async () => {
  const lock = join(await folder(), 'a.lock');
  const pid = endedProcess();
  // Where there is no /proc, the name is all that is known.
  const host = process.platform === 'linux' ? hostname() : 'another';
  await writeFile(lock, JSON.stringify({ ...(await ownerHere(lock)), pid, host }));
  await expect(withFileLock(lock, { option: 'lock', patience: 1 }, async () => {})).rejects.toThrow(
    `${lock} is held by another program (process ${pid} of another machine or container); wait`,
  );
});

test('The lock of another machine is taken over once nobody has touched it for some seconds, whatever its clock says', async () => {
  const lock = join(await folder(), 'a.lock');
  const now = performance.now.bind(performance);
  let slept = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + slept);
  onTestFinished(() => void vi.restoreAllMocks());
  await writeFile(lock, JSON.stringify({ pid: 1, host: 'another' }));
  // The other machine's clock is five minutes behind ours.
  const touched = async () => {
    const time = new Date(Date.now() - 300_000);
    await utimes(lock, time, time);
    slept += 3_000;
  };
  let entered = false;
  const entering = withFileLock(lock, { option: 'lock' }, async () => {
    entered = true;
  });
  for (let beats = 0; beats < 5; beats += 1) {
    await touched();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  expect(entered).toBe(false);
  slept += 6_000;
  await entering;
});

test('A lock whose holder lives is waited for as long as the patience lasts, and until a signal', async () => {
  const lock = join(await folder(), 'a.lock');
  const enter = (more: object) => withFileLock(lock, { option: 'journal', ...more }, async () => {});
  await withFileLock(lock, { option: 'journal' }, async () => {
    await expect(enter({ patience: 1 })).rejects.toThrow(
      `journal: ${lock} is held by another program (process ${process.pid}); wait until it has ended`,
    );
    await expect(enter({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
  await enter({ patience: 1 });
});

test.each([
  '{"version":1',
  '[]',
  'null',
  '{"version":2,"tokens":{}}',
  ...[null, 5, '', [], { b: 'token' }, { b: null }, { b: { accessToken: 7, savedAt: 1 } }].map((tokens) =>
    JSON.stringify({ version: 1, tokens }),
  ),
  '{"version":1,"tokens":{"b":{"accessToken":"x","expiresAt":"never","savedAt":1}}}',
  '{"version":1,"tokens":{"b":{"accessToken":"x","expiresAt":1e99,"savedAt":1}}}',
])('A file that holds something else is left as it is: %s', async (text) => {
  const file = join(await folder(), 'tokens.json');
  await writeFile(file, text);
  const store = fileTokenStore(file);
  await expect(store.load('a')).rejects.toThrow(/holds something other than tokens; give another path/);
  await expect(store.save('a', { savedAt: 1 })).rejects.toThrow(/something other/);
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('An empty path, or the path of a folder, is refused', async () => {
  expect(() => fileTokenStore('')).toThrow(/^fileTokenStore: the path is missing/);
  await expect(fileTokenStore(await folder()).load('a')).rejects.toThrow(/can't be read \(EISDIR\)/);
});

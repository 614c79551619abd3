import { expect, test } from 'vitest';
import { ROOT } from '../../../scripts/root.js';
import { run } from '../../../scripts/run.js';
import { evEnergy } from '../../../scripts/test/cli/ev-energy.js';
import { EVSE } from '../../../scripts/test/fake.js';
import { EvEnergy } from '../../index.js';

/** Runs a server of the command until what is done with its address has been done. */
async function serving(args: string[], run: (address: string, text: string) => Promise<void>) {
  const stop = new AbortController();
  let running: Promise<void> | undefined;
  const result = await evEnergy(undefined, args, {
    signal: stop.signal,
    onOutput: (text) => {
      const [, address] = /at (http:\S+)\n/.exec(text) ?? [];
      if (address) running ??= run(address, text).finally(() => stop.abort());
    },
  });
  await running;
  return result;
}

test('ev-energy fake serves as many EVSEs as it is told, to pages of any origin too, until Ctrl-C', async () => {
  const { code } = await serving(
    ['fake', '--port', '0', '--cors', '--evses', '50'],
    async (baseUrl, text) => {
      const variable = (name: string) => new RegExp(`export ${name}=(\\S+)`).exec(text)?.[1] ?? '';
      expect(variable('EV_ENERGY_BASE_URL')).toBe(baseUrl);
      const ev = new EvEnergy({
        baseUrl,
        clientId: variable('EV_ENERGY_CLIENT_ID'),
        clientSecret: variable('EV_ENERGY_CLIENT_SECRET'),
      });
      expect(await ev.evses.list().toArray()).toHaveLength(50);
      const [newest] = await ev.evses.statusLogs.list(EVSE).toArray({ limit: 1 });
      expect(Date.now() - Date.parse(newest?.sampled_at ?? '')).toBeLessThan(3_600_000);
      const response = await fetch(`${baseUrl}/evse_makes`, { headers: { origin: 'https://app.example' } });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    },
  );
  expect(code).toBe(130);
});

test('ev-energy mock serves the document with Prism until Ctrl-C', async () => {
  const spec = 'scripts/spec/fixtures/seed-page.yaml';
  const { code } = await serving(['mock', '--port', '0', '--spec', spec], async (url, text) => {
    const [, path = ''] = /curl -H '.*?' (\S+)/.exec(text) ?? [];
    expect(path.startsWith(url)).toBe(true);
    expect((await fetch(path, { headers: { authorization: 'Bearer any' } })).status).toBe(200);
  });
  expect(code).toBe(130);
});

test('The error for a port that is taken names it, and the option that chooses another', async () => {
  await serving(['fake', '--port', '0'], async (address) => {
    const { port } = new URL(address);
    expect(await evEnergy(undefined, ['fake', '--port', port])).toMatchObject({
      code: 1,
      stderr: `Port ${port} is taken. End what listens there, or choose another with --port.\n`,
    });
  });
});

test('ev-energy contract is the command of the contract suite', async () => {
  const args = ['--import', 'tsx', 'src/cli/bin.ts', 'contract', 'chek'];
  const { code, stderr } = await run(process.execPath, args, { cwd: ROOT });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("'chek'") });
});

import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { apiRequests, fakeApi } from '../scripts/test/fake.js';
import type { Fake } from '../src/testing/index.js';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject('pick-make.ts');
});

const USER = 'user01HN2NJ9NMRZBXT1H6FT9N7735';
const command = ['pick-make.ts', USER];

/** What the program offers, by the API's data: the makes and models of the user's region. */
async function offered(fake: Fake, path: string) {
  const response = await fetch(`${fake.url}${path}page_size=100&available_for_user_id=${USER}`, {
    headers: { authorization: `Bearer ${fake.token}`, 'EvEnergy-User': USER },
  });
  return (await response.json()) as { id: string; name: string; onboarding_url: string | null }[];
}

test('offers what the user can have, and prints the link of the make picked by its name', async () => {
  const fake = await fakeApi();
  const makes = await offered(fake, '/evse_makes?');
  const make = makes.find(({ onboarding_url: url }) => url);
  const { code, stdout, stderr } = await finish(
    folder,
    command,
    settingsFor(fake),
    `${make?.name.toLowerCase()}\n`,
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${make?.onboarding_url}\n` });
  expect(new URL(stdout.trim()).searchParams.get('user_id')).toBe(USER);
  for (const { name } of makes) expect(stderr).toContain(` ${name} `);
  expect(stderr).toContain(`${makes.length} ${makes.at(-1)?.name}`);
  expect(stderr).not.toContain(`${makes.length + 1} `);
  for (const line of stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('asks for the model where the make has no link of its own', async () => {
  const fake = await fakeApi();
  const makes = await offered(fake, '/evse_makes?');
  const candidates = await Promise.all(
    makes
      .filter(({ onboarding_url: url }) => !url)
      .map(async (make) => ({ make, models: await offered(fake, `/evse_models?make_id=${make.id}&`) })),
  );
  const several = candidates.find(({ models }) => models.filter(({ onboarding_url: url }) => url).length > 1);
  const models = several?.models.filter(({ onboarding_url: url }) => url) ?? [];
  const typed = `${makes.findIndex(({ id }) => id === several?.make.id) + 1}\n2\n`;
  const { code, stdout, stderr } = await finish(folder, command, settingsFor(fake), typed);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${models[1]?.onboarding_url}\n` });
  expect(stderr).toContain(`1 ${models[0]?.name}`);
  expect(stderr).toContain('Number or part of the name of the model: ');
});

test('narrows down, and asks again after a name that nothing has', async () => {
  const fake = await fakeApi();
  const makes = await offered(fake, '/evse_makes?');
  const matching = makes.filter(({ name }) => name.toLowerCase().includes('a'));
  const typed = `nothing like it\nA\n${matching.findIndex(({ onboarding_url: url }) => url) + 1}\n`;
  const { code, stdout, stderr } = await finish(folder, command, settingsFor(fake), typed);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `${matching.find(({ onboarding_url: url }) => url)?.onboarding_url}\n`,
  });
  expect(stderr).toContain("\nNo make is called 'nothing like it'.\n");
});

test('works without credentials, for a link without the user', async () => {
  const fake = await fakeApi();
  const { code, stdout } = await finish(folder, command, { EV_ENERGY_BASE_URL: fake.url }, '1\n1\n');
  expect([code, URL.canParse(stdout.trim())]).toEqual([0, true]);
  expect(new URL(stdout.trim()).searchParams.has('user_id')).toBe(false);
  expect(apiRequests(fake).every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test('ends on Ctrl-C while it waits for an answer, and where the input ends', async () => {
  const fake = await fakeApi();
  const program = start(folder, command, settingsFor(fake));
  await expect.poll(() => program.stderr, { timeout: 20_000 }).toMatch(/make: $/);
  program.kill('SIGINT');
  expect([await program.end, program.stdout]).toEqual([130, '']);
  expect(program.stderr).toMatch(/\nInterrupted\.\n$/);
  const { code, stderr } = await finish(folder, command, settingsFor(fake), '');
  expect(code).toBe(1);
  expect(stderr).toMatch(/\nNothing picked\.\n$/);
});

test('says in one line that there is no such user', async () => {
  const fake = await fakeApi();
  const { code, stdout, stderr } = await finish(folder, ['pick-make.ts', 'bob'], settingsFor(fake), '');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^\nget-evse_makes failed with 400: .*EvEnergy-User.*\n$/);
});

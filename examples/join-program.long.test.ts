import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish } from '../scripts/test/example.js';
import { fakeApi } from '../scripts/test/fake.js';

const PROGRAM = 'join-program.ts';
const ID = 'prog01HT8A8FJXHJ65DJNTZJK2W93R';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject(PROGRAM);
});

/** A fake, and the settings of a user who has signed in. */
async function signedIn() {
  const fake = await fakeApi();
  const token = fake.issueToken({ userId: 'user01HN2NJ9NMRZBXT1H6FT9N7735' });
  const posts = () =>
    fake.requests.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/').at(-1));
  return { fake, posts, settings: { EV_ENERGY_BASE_URL: fake.url, EV_ENERGY_ACCESS_TOKEN: token } };
}

test('accepts the agreement that holds now, hands the account over, and joins', async () => {
  const { fake, posts, settings } = await signedIn();
  const { code, stdout, stderr } = await finish(
    folder,
    [PROGRAM, ID, '--accept', '--account', '123-A'],
    settings,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Evening Ease, by Fernhill Energy: .+\n- Standard\n- Plus\n\nAgreement, version 3:\n/,
  );
  expect(stdout).toMatch(/\nJoined Evening Ease\.\n$/);
  expect(posts()).toEqual(['accept', 'user_verification', 'join']);
  const accepted = fake.requests.find(({ path }) => path.endsWith('/accept'));
  expect(accepted?.path).toContain('/participation_agreement_versions/pagv01JCDYP6Z8MX9XWVAV0A7G3KPN/');
  const verified = fake.requests.find(({ path }) => path.endsWith('/user_verification'));
  expect(JSON.parse(verified?.body ?? '')).toEqual({ account_number: '123-A' });
});

test('does nothing without consent', async () => {
  const { posts, settings } = await signedIn();
  const { code, stdout, stderr } = await finish(folder, [PROGRAM, ID], settings);
  expect([code, stderr]).toEqual([1, 'Nothing was done. Run again with --accept to accept and join.\n']);
  expect(stdout).toContain('Agreement, version 3');
  expect(posts()).toEqual([]);
});

test('lists the programs where none is named', async () => {
  const { settings } = await signedIn();
  const { code, stdout, stderr } = await finish(folder, [PROGRAM], settings);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`  ${ID}  Evening Ease (Fernhill Energy)\n`);
});

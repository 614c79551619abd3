import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { fakeApi } from '../scripts/test/fake.js';

const PROGRAM = 'webhook-receiver.ts';
const [CREATED, ENDED] = ['charging_sub_session.created', 'charging_sub_session.ended'];

let folder: string;
beforeAll(async () => {
  folder = await exampleProject(PROGRAM);
});

/** A receiver that listens, a sub-session that it doesn't know of, and what it has printed of that one. */
async function receiving() {
  // Nothing has begun during the last day: what the receiver knows, it knows from webhooks.
  const fake = await fakeApi({ latest: new Date('2026-06-30T21:00:00Z') });
  const settings = { ...settingsFor(fake), EV_ENERGY_WEBHOOK_SECRET: fake.webhooks.secret };
  const program = start(folder, [PROGRAM, '--port', '0'], settings);
  await expect.poll(() => /listening on (\d+)/.exec(program.stdout)?.[1], { timeout: 20_000 }).toBeDefined();
  const address = `http://127.0.0.1:${/listening on (\d+)/.exec(program.stdout)?.[1]}/`;
  const [sub] =
    fake.world.store.collection('/charging_sub_sessions', [])?.items.filter(({ end }) => end !== null) ?? [];
  const begun = { ...sub, end: null };
  const printed = () => program.stdout.split('\n').filter((line) => line.includes(String(sub?.id)));
  return { fake, program, address, begun, ended: { ...sub }, printed };
}

test('prints what began and what ended, each once, however often it is delivered', async () => {
  const { fake, address, begun, ended, printed } = await receiving();
  const first = await fake.webhooks.send(CREATED, address, { data: begun });
  const again = await fake.webhooks.resend(first, address);
  await fake.webhooks.send(ENDED, address, { data: ended });
  expect([first, again].map(({ attempts }) => attempts)).toEqual([[{ status: 204 }], [{ status: 204 }]]);
  expect(printed()).toEqual([
    expect.stringMatching(/^webhook csub\w+ began/),
    expect.stringMatching(/^webhook csub\w+ ended: \d/),
  ]);
});

test('lets an event that comes late change nothing that is newer', async () => {
  const { fake, address, begun, ended, printed } = await receiving();
  await fake.webhooks.send(ENDED, address, { data: ended });
  const { delivered } = await fake.webhooks.send(CREATED, address, { data: begun });
  expect(delivered).toBe(true);
  expect(printed()).toEqual([expect.stringContaining(' ended: ')]);
});

test('refuses what is signed with another secret, or was signed long ago, and goes on', async () => {
  const { fake, program, address, begun, printed } = await receiving();
  const options = { data: begun, attempts: 1 };
  const forged = await fake.webhooks.send(CREATED, address, {
    ...options,
    secret: `whsec_${btoa('the secret of another')}`,
  });
  const stale = await fake.webhooks.send(CREATED, address, {
    ...options,
    signedAt: new Date(Date.now() - 600_000),
  });
  expect([forged, stale].map(({ attempts }) => attempts[0]?.status)).toEqual([400, 400]);
  expect(printed()).toEqual([]);
  expect(program.stderr).toMatch(/No signature[^\n]+\nThe message was signed 6\d\d seconds ago/);
  expect((await fake.webhooks.send(CREATED, address, options)).delivered).toBe(true);
  program.kill('SIGINT');
  expect(await program.end).toBe(0);
});

test('asks for what it has missed when it begins', async () => {
  const fake = await fakeApi({ latest: new Date() });
  const program = start(folder, [PROGRAM, '--port', '0'], settingsFor(fake));
  await expect.poll(() => program.stdout, { timeout: 20_000 }).toMatch(/^poll csub\w+ (began|ended)/m);
});

test('has not missed the end of what began days before', async () => {
  const fake = await fakeApi({ latest: new Date() });
  const subs = fake.world.store.collection('/charging_sub_sessions', [])?.items ?? [];
  const [long] = subs.filter(({ end }) => end !== null);
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  Object.assign(long ?? {}, { start: ago(72), end: ago(1) });
  const program = start(folder, [PROGRAM, '--port', '0'], settingsFor(fake));
  await expect.poll(() => program.stdout, { timeout: 20_000 }).toMatch(`poll ${long?.id} ended`);
});

test('ends, and says why, where it can not listen', async () => {
  const { address } = await receiving();
  const fake = await fakeApi();
  const taken = await finish(folder, [PROGRAM, '--port', new URL(address).port], settingsFor(fake));
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringMatching(/^listen EADDRINUSE[^\n]*\n$/)]);
  const wrong = await finish(folder, [PROGRAM, '--port', '70000'], settingsFor(fake));
  expect([wrong.code, wrong.stderr]).toEqual([1, "--port must be a number up to 65535, not '70000'\n"]);
});

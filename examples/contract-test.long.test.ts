import { beforeAll, expect, test } from 'vitest';
import { exampleProject, finish, settingsFor, start } from '../scripts/test/example.js';
import { apiRequests, fakeApi } from '../scripts/test/fake.js';
import { latency } from '../src/testing/index.js';

let folder: string;
beforeAll(async () => {
  folder = await exampleProject('contract-test.ts');
});

const command = ['contract-test.ts'];

test('passes on the fake that it starts', async () => {
  const { code, stdout, stderr } = await finish(folder, command);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^# pass 2\n# fail 0$/m);
});

test('asks the server of the environment, and passes where it conforms', async () => {
  const fake = await fakeApi();
  const { code, stdout } = await finish(folder, command, settingsFor(fake));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# pass 2$/m);
  expect(apiRequests(fake).map(({ operationId }) => operationId)).toEqual([
    'get-evses',
    ...Array.from({ length: 3 }, () => 'get-evses-evse_id-status_logs'),
  ]);
});

test('fails where an answer is not as described, and says where', async () => {
  const fake = await fakeApi({
    tamper: ({ body }) => {
      if (Array.isArray(body) && body[7]?.sampled_at) body[7].charge_rate_watts = '7 kW';
    },
  });
  const { code, stdout } = await finish(folder, command, settingsFor(fake));
  expect(code).toBe(1);
  expect(stdout).toMatch(/^# pass 1\n# fail 1$/m);
  expect(stdout).toContain("where: 'body /7/charge_rate_watts'");
  expect(stdout).toContain("rule: 'body-schema'");
});

test('ends at once on Ctrl-C', async () => {
  const fake = await fakeApi();
  let asked = false;
  fake.faults.plan(() => {
    asked = true;
    return latency(Infinity);
  });
  const program = start(folder, command, settingsFor(fake));
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(true);
  program.kill('SIGINT');
  expect(await program.end).not.toBe(0);
});

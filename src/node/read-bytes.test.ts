import { expect, test } from 'vitest';
import { bytesOf } from './read-bytes.js';

const PART = Buffer.alloc(32 * 2 ** 20);

async function* parts(many: number): AsyncGenerator<Buffer> {
  for (let part = 0; part < many; part++) yield PART;
}

test('what ends is read', async () => {
  expect((await bytesOf(parts(1))).length).toBe(PART.length);
});

test('what gives more than 256 MB is read no further', async () => {
  await expect(bytesOf(parts(Infinity))).rejects.toMatchObject({ code: 'EFBIG' });
});

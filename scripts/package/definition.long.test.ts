import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../root.js';
import { project } from './project.js';

const CALL = 'new EvEnergy().evseMakes.list();';
const TEXT = `import { EvEnergy } from 'ev-energy-client';\n${CALL}\n`;
const CONFIG = '{ "compilerOptions": { "module": "node16" }, "files": ["edited.ts"] }';

let folder: string;
beforeAll(async () => {
  folder = await project({ 'edited.ts': TEXT, 'tsconfig.json': CONFIG });
});

/** The file that "go to definition" of the called method opens. */
async function definition(): Promise<string> {
  const server = spawn(process.execPath, [join(ROOT, 'node_modules/typescript/lib/tsserver.js')], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const file = join(folder, 'edited.ts');
  const requests = [
    { seq: 1, type: 'request', command: 'open', arguments: { file } },
    {
      seq: 2,
      type: 'request',
      command: 'definition',
      arguments: { file, line: 2, offset: CALL.indexOf('list') + 1 },
    },
  ];
  for (const request of requests) server.stdin.write(`${JSON.stringify(request)}\n`);
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      if (!line.startsWith('{')) continue;
      const message = JSON.parse(line) as { request_seq?: number; body?: { file: string }[] };
      if (message.request_seq === 2) return relative(folder, message.body?.[0]?.file ?? '');
    }
    throw new Error('The server has ended');
  } finally {
    server.kill();
  }
}

describe('go to definition', { timeout: 60_000 }, () => {
  it('opens the declaration where the package is installed: the tarball holds no sources', async () => {
    expect(await definition()).toBe('node_modules/ev-energy-client/dist/generated/client.d.ts');
  });
});

/** Builds the package into dist/: compiled sources and declarations, and the generated JavaScript beside them. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
const tsc = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/typescript-7/bin/tsc'), '-p', 'tsconfig.build.json'],
  {
    cwd: ROOT,
    stdio: 'inherit',
  },
);
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
// tsc compiles TypeScript only; the validators are JavaScript from the start, the parsed document is JSON.
for (const name of ['validators.js', 'validators.d.ts', 'document.json']) {
  copyFileSync(join(ROOT, 'generated', name), join(ROOT, 'dist/generated', name));
}

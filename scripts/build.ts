/** Builds the package into dist/: compiled sources and declarations, and the generated JavaScript beside them. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
// tsc compiles TypeScript only; the validators are JavaScript from the start, the parsed document is JSON.
for (const name of ['validators.js', 'validators.d.ts', 'document.json']) {
  copyFileSync(join(root, 'generated', name), join(root, 'dist/generated', name));
}

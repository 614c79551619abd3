import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Finished, run } from '../run.js';

/** Its notice of Node versions, in a box, which would hide why it failed. */
const BANNER = /^ *╔═+╗\n[^╝]*╝\n/m;

/** Runs the Redocly CLI, without its telemetry and its look for updates. */
export async function redocly(args: readonly string[], signal?: AbortSignal): Promise<Finished> {
  const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
  const finished = await run(process.execPath, [join(dirname(manifest), 'bin/cli.js'), ...args], {
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    signal,
  });
  return { ...finished, stderr: finished.stderr.replace(BANNER, '').trimStart() };
}

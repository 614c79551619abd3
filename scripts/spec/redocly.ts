import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Finished, run } from '../run.js';

/** Redocly's notice about Node versions, in a box, which would hide the reason of a failure. */
const BANNER = /^ *╔═+╗\n[^╝]*╝\n/m;

/** Runs the Redocly CLI without telemetry and update check. */
export async function redocly(args: readonly string[], signal?: AbortSignal): Promise<Finished> {
  const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
  const finished = await run(process.execPath, [join(dirname(manifest), 'bin/cli.js'), ...args], {
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    signal,
  });
  return { ...finished, stderr: finished.stderr.replace(BANNER, '').trimStart() };
}

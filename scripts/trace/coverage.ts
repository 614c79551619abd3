import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders of the project's own code. */
const OWN = /^(?:src|generated)\//;

/** Calls `act`, and returns those of our own files, relative to the project's root, in which a function ran. */
export async function filesThatRan(root: string, act: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  // Discards what ran before.
  await session.post('Profiler.takePreciseCoverage');
  await act();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const ran = result.filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0));
  const files = ran
    .filter(({ url }) => url.startsWith('file:'))
    .map(({ url }) => relative(root, pathOf(url)));
  return [...new Set(files)].filter((file) => OWN.test(file)).sort();
}

/** A module that is imported twice has a query after its name. */
function pathOf(url: string): string {
  return fileURLToPath(url.replace(/\?.*$/, ''));
}

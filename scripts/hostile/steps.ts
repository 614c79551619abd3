import { Session } from 'node:inspector/promises';

/**
 * Counts how often blocks of our own code run: such steps don't depend on the machine's load. It doesn't count the
 * engine's work within a step, above all regular expressions.
 */
export async function countSteps(): Promise<{
  of(act: () => unknown): Promise<number>;
  end(): Promise<void>;
}> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    async of(act) {
      // Discards what was counted so far.
      await session.post('Profiler.takePreciseCoverage');
      await act();
      const { result } = await session.post('Profiler.takePreciseCoverage');
      return result
        .filter(({ url }) => /\/(?:src|generated)\//.test(url))
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
        .reduce((sum, count) => sum + count, 0);
    },
    async end() {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}

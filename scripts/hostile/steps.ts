import { Session } from 'node:inspector/promises';

/**
 * Counts how often the blocks of our own code run while something is done: steps, which are the same on a machine that
 * has something else to do. What the engine does within one step, above all regular expressions, isn't among them.
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
      // What was counted until now is forgotten.
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

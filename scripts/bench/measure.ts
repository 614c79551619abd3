/** One measured value of each subject in each round, the subjects one after another within a round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/**
 * Measures subjects in turn, so that what else the machine does falls on all of them alike.
 * The order within a round changes, so that none always pays for what another left behind.
 */
export async function interleaved(
  subjects: ReadonlyMap<string, () => Promise<number>>,
  rounds: number,
): Promise<Rounds> {
  const names = [...subjects.keys()];
  const values = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] ?? '';
      values.get(name)?.push((await subjects.get(name)?.()) ?? Number.NaN);
    }
  }
  return values;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Median over the rounds of one subject's value relative to another's of the same round. */
export function ratio(rounds: Rounds, subject: string, base: string): number {
  const bases = rounds.get(base) ?? [];
  return median((rounds.get(subject) ?? []).map((value, round) => value / (bases[round] ?? Number.NaN)));
}

/** Microseconds of CPU time, in all threads of this process, that the work takes. */
export async function cpuTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Milliseconds that the work takes. */
export async function wallTime(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

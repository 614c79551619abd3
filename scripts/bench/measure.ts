import { Remote } from './remote.js';
import type { Readings } from './worker/work.js';

/** Where to measure. */
export interface Place {
  /** The compiled file that runs tasks. */
  readonly worker: string;
  /** The compiled file that works on an export, as a machine of a fleet. */
  readonly machine: string;
  /** Origin of the server. */
  readonly origin: string;
  readonly rounds: number;
  /** Tells how far a suite is. */
  readonly progress: (text: string) => void;
}

/** The readings of each subject in each round. */
export class Rounds {
  readonly #values = new Map<string, Readings[]>();

  add(subject: string, readings: Readings): void {
    this.#values.set(subject, [...(this.#values.get(subject) ?? []), readings]);
  }

  addAll(others: Rounds): void {
    for (const [subject, values] of others.#values)
      for (const readings of values) this.add(subject, readings);
  }

  median(subject: string, reading: string): number {
    return median(this.#of(subject, reading));
  }

  /** A subject's median relative to another's. */
  ratio(subject: string, base: string, reading: string): number {
    return this.median(subject, reading) / this.median(base, reading);
  }

  /**
   * The median of the rounds' ratios. With many rounds it is steadier than the ratio of the medians: the machine's
   * speed changes from minute to minute, but affects all readings of a round alike.
   */
  pairedRatio(subject: string, base: string, reading: string): number {
    const values = this.#of(subject, reading);
    return median(this.#of(base, reading).map((value, round) => (values[round] ?? Number.NaN) / value));
  }

  #of(subject: string, reading: string): number[] {
    return (this.#values.get(subject) ?? []).map((readings) => readings[reading] ?? Number.NaN);
  }
}

/**
 * Measures subjects in turn, so that other load on the machine affects all of them alike. The order changes from round
 * to round, so that no subject always follows the same other one.
 * @param warmUp rounds that aren't counted
 * @param told is told of each turn that begins, those of the warm-up too
 */
export async function takeTurns(
  subjects: readonly string[],
  { rounds, warmUp, told }: { rounds: number; warmUp: number; told?: (turn: number) => void },
  measure: (subject: string) => Promise<Readings>,
): Promise<Rounds> {
  const result = new Rounds();
  for (let round = -warmUp; round < rounds; round += 1) {
    told?.(round + warmUp + 1);
    const first = Math.abs(round) % subjects.length;
    const order = [...subjects.slice(first), ...subjects.slice(0, first)];
    for (const subject of round % 2 === 0 ? order : order.reverse()) {
      const readings = await measure(subject);
      if (round >= 0) result.add(subject, readings);
    }
  }
  return result;
}

/**
 * Measures the subjects of a task, in turn, each in its own process.
 * @param warmUp rounds that aren't counted; 0 starts a new process for each counted round
 * @param processes how often to start over: the same code may be a tenth faster in one process than in the next,
 * depending on how its parts are placed in memory and compiled
 */
export async function interleaved(
  place: Place,
  task: string,
  subjects: readonly string[],
  { rounds = place.rounds, warmUp, processes = 1 }: { rounds?: number; warmUp: number; processes?: number },
): Promise<Rounds> {
  const all = new Rounds();
  for (let process = 1; process <= processes; process += 1) {
    const turns = warmUp + rounds;
    const told = (turn: number) =>
      place.progress(`${task}: process ${process} of ${processes}, turn ${turn} of ${turns}`);
    all.addAll(await inProcesses(place, task, subjects, { rounds, warmUp, told }));
  }
  return all;
}

async function inProcesses(
  place: Place,
  task: string,
  subjects: readonly string[],
  { rounds, warmUp, told }: { rounds: number; warmUp: number; told: (turn: number) => void },
): Promise<Rounds> {
  const start = (subject: string) => new Remote(place.worker, task, place.origin, subject);
  const kept = new Map(warmUp > 0 ? subjects.map((subject) => [subject, start(subject)]) : []);
  try {
    return await takeTurns(subjects, { rounds, warmUp, told }, async (subject) => {
      const remote = kept.get(subject) ?? start(subject);
      try {
        return await remote.measure();
      } finally {
        if (warmUp === 0) remote.end();
      }
    });
  } finally {
    for (const remote of kept.values()) remote.end();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

import type { Judgement, State, Verdict } from '../model/verdict.js';

/** Weights of states: of all results of a rule on an operation, the one with the largest weight counts. */
const WEIGHT: Readonly<Record<State, number>> = {
  'not-applicable': 0,
  kept: 1,
  noted: 2,
  'not-covered': 3,
  accepted: 3,
  broken: 4,
};

/** The verdicts of a run, by rule and operation. */
export class Verdicts implements Iterable<Verdict> {
  readonly #entries: ReadonlyMap<string, Verdict>;

  private constructor(entries: ReadonlyMap<string, Verdict>) {
    this.#entries = entries;
  }

  /** @param strict whether notes count as violations. */
  static of(judgements: readonly Judgement[], strict: boolean): Verdicts {
    const entries = new Map<string, Verdict>();
    for (const judgement of judgements) {
      const { rule, operation } = judgement;
      const verdict = { rule, operation, ...stateOf(judgement, strict) };
      const known = entries.get(keyOf(rule, operation));
      if (!known || WEIGHT[verdict.state] > WEIGHT[known.state]) entries.set(keyOf(rule, operation), verdict);
    }
    return new Verdicts(entries);
  }

  get(rule: string, operation: string | undefined): Verdict | undefined {
    return this.#entries.get(keyOf(rule, operation));
  }

  [Symbol.iterator](): Iterator<Verdict> {
    return this.#entries.values();
  }
}

function keyOf(rule: string, operation: string | undefined): string {
  return `${rule} ${operation ?? ''}`;
}

function stateOf({ findings, unable }: Judgement, strict: boolean): Pick<Verdict, 'state' | 'reason'> {
  if (unable) return unable;
  if (findings.length === 0) return { state: 'kept' };
  return { state: findings.some(({ note }) => strict || !note) ? 'broken' : 'noted' };
}

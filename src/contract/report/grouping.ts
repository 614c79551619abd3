import { count } from '../../text/words.js';

interface Findable {
  rule: string;
  where: string;
  expected: string;
  pointer?: string | null | undefined;
  /** The answer that shows it, or its number. */
  exchange?: { number: number } | number | null | undefined;
}

/**
 * Groups findings with the same cause: one rule and one expectation at one place in the shared parts of the document,
 * or else in the answers. Causes in the most answers come first; inside a group the order stays.
 */
export function causesOf<T extends Findable>(findings: readonly T[]): [first: T, ...others: T[]][] {
  const causes = new Map<string, [T, ...T[]]>();
  for (const finding of findings) {
    const { rule, where, expected, pointer } = finding;
    // A place in an operation of its own would separate findings that belong together.
    const place = pointer?.startsWith('#/components/') ? pointer : anyItem(where);
    const key = [rule, place, anyValue(expected)].join('\n');
    const cause = causes.get(key);
    if (cause) cause.push(finding);
    else causes.set(key, [finding]);
  }
  return [...causes.values()].sort((a, b) => answersOf(b) - answersOf(a) || b.length - a.length);
}

/** Number of answers with findings: an answer with a hundred wrong items counts once. */
export function answersOf(findings: readonly Pick<Findable, 'exchange'>[]): number {
  const numbers = findings.map(({ exchange }) =>
    typeof exchange === 'object' ? exchange?.number : exchange,
  );
  return new Set(numbers.filter((number) => number !== undefined)).size;
}

/** `3 causes, 41 answers`; without the answers if none is involved, as for an entry of a reviewed file. */
export function causesAndAnswers(findings: readonly Findable[]): string {
  const answers = answersOf(findings);
  const causes = count(causesOf(findings).length, 'cause');
  return answers === 0 ? causes : `${causes}, ${count(answers, 'answer')}`;
}

/** Ignores which item of a list it was. */
export function anyItem(where: string): string {
  return where.replace(/\/\d+/g, '/*');
}

/** Ignores the values of other answers: `7200, as listed` and `0, as listed` are the same expectation. */
function anyValue(expected: string): string {
  return expected.replace(/[{[].*[}\]]|"(?:[^"\\]|\\.)*"|-?\d[\d.]*/gs, '*');
}

interface Reasoned {
  rule: string;
  operation?: string | null | undefined;
  reason?: string | null | undefined;
}

/** The checks that one reason prevents. */
export interface ReasonGroup {
  reason: string;
  rules: string[];
  /** Ids of operations; null for the server as a whole. */
  operations: (string | null)[];
}

/** Groups verdicts by reason, in the order in which the reasons first occur. */
export function byReason(verdicts: readonly Reasoned[]): ReasonGroup[] {
  const groups = new Map<string, Reasoned[]>();
  for (const verdict of verdicts) {
    const reason = verdict.reason ?? '';
    groups.set(reason, [...(groups.get(reason) ?? []), verdict]);
  }
  return [...groups].map(([reason, own]) => ({
    reason,
    rules: [...new Set(own.map(({ rule }) => rule))],
    operations: [...new Set(own.map(({ operation }) => operation ?? null))],
  }));
}

/** Groups what a mock can't do by its limits, the most frequent first. */
export function limitsOf<T extends { limit: string }>(
  limits: readonly T[],
): { limit: string; findings: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of limits) groups.set(one.limit, [...(groups.get(one.limit) ?? []), one]);
  return [...groups]
    .map(([limit, findings]) => ({ limit, findings }))
    .sort((a, b) => b.findings.length - a.findings.length);
}

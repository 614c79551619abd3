import { count } from '../text/words.js';

interface Findable {
  rule: string;
  where: string;
  expected: string;
  pointer?: string | null | undefined;
  /** The answer that shows it, or its number. */
  exchange?: { number: number } | number | null | undefined;
}

/**
 * Groups findings that go back to one cause: one rule and one expectation at one place in the parts of the document that
 * operations share, or else in the answers. Those that most answers show come first, each group in its own order.
 */
export function causesOf<T extends Findable>(findings: readonly T[]): [first: T, ...others: T[]][] {
  const causes = new Map<string, [T, ...T[]]>();
  for (const finding of findings) {
    const { rule, where, expected, pointer } = finding;
    // A place of an operation's own would part what belongs together.
    const place = pointer?.startsWith('#/components/') ? pointer : anyItem(where);
    const key = [rule, place, anyValue(expected)].join('\n');
    const cause = causes.get(key);
    if (cause) cause.push(finding);
    else causes.set(key, [finding]);
  }
  return [...causes.values()].sort((a, b) => answersOf(b) - answersOf(a) || b.length - a.length);
}

/** How many answers show findings: one in which a hundred items are wrong is one answer. */
export function answersOf(findings: readonly Pick<Findable, 'exchange'>[]): number {
  const numbers = findings.map(({ exchange }) =>
    typeof exchange === 'object' ? exchange?.number : exchange,
  );
  return new Set(numbers.filter((number) => number !== undefined)).size;
}

/** `3 causes, 41 answers`; the answers are left out where none is at fault, as with an entry of a reviewed file. */
export function causesAndAnswers(findings: readonly Findable[]): string {
  const answers = answersOf(findings);
  const causes = count(causesOf(findings).length, 'cause');
  return answers === 0 ? causes : `${causes}, ${count(answers, 'answer')}`;
}

/** Which item of a list it was makes no difference. */
export function anyItem(where: string): string {
  return where.replace(/\/\d+/g, '/*');
}

/** What another answer held makes no difference: `7200, as listed` and `0, as listed` are one expectation. */
function anyValue(expected: string): string {
  return expected.replace(/[{[].*[}\]]|"(?:[^"\\]|\\.)*"|-?\d[\d.]*/gs, '*');
}

interface Reasoned {
  rule: string;
  operation?: string | null | undefined;
  reason?: string | null | undefined;
}

/** What one reason holds back. */
export interface ReasonGroup {
  reason: string;
  rules: string[];
  /** Ids of operations; null for the server as a whole. */
  operations: (string | null)[];
}

/** Groups verdicts by their reason, in the order in which reasons first come. */
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

/** Groups what a mock can't do by what that is, the most frequent first. */
export function limitsOf<T extends { limit: string }>(
  limits: readonly T[],
): { limit: string; findings: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of limits) groups.set(one.limit, [...(groups.get(one.limit) ?? []), one]);
  return [...groups]
    .map(([limit, findings]) => ({ limit, findings }))
    .sort((a, b) => b.findings.length - a.findings.length);
}

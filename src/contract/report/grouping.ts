interface Findable {
  rule: string;
  where: string;
  expected: string;
  pointer?: string | null | undefined;
}

/**
 * Groups findings that go back to one cause: one rule, one expectation, one place in the answers and in the parts of the
 * document that operations share. The most frequent come first, each group in its own order.
 */
export function causesOf<T extends Findable>(findings: readonly T[]): [first: T, ...others: T[]][] {
  const causes = new Map<string, [T, ...T[]]>();
  for (const finding of findings) {
    const { rule, where, expected, pointer } = finding;
    // A place of an operation's own would part what belongs together.
    const shared = pointer?.startsWith('#/components/') ? pointer : '';
    const key = [rule, anyItem(where), shared, expected].join('\n');
    const cause = causes.get(key);
    if (cause) cause.push(finding);
    else causes.set(key, [finding]);
  }
  return [...causes.values()].sort((a, b) => b.length - a.length);
}

/** Which item of a list it was makes no difference. */
function anyItem(where: string): string {
  return where.replace(/\/\d+/g, '/*');
}

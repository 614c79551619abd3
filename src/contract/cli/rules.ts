import { nearest } from '../../text/nearest.js';
import { quoted } from '../../text/words.js';
import { wrap } from '../../text/wrap.js';
import { CannotRun } from '../errors.js';
import { GROUPS, type Rule } from '../model/rule.js';

/** All rules, one per line, by group. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length)) + 2;
  const lines = GROUPS.flatMap((group) => {
    const own = rules.filter((rule) => rule.group === group);
    return [
      group,
      ...own.flatMap(({ id, title }) => {
        const [first = '', ...rest] = wrap(title, 80 - width - 2).split('\n');
        return [`  ${id.padEnd(width)}${first}`, ...rest.map((line) => ' '.repeat(width + 2) + line)];
      }),
      '',
    ];
  });
  return `${lines.join('\n')}${rules.length} rules. --explain RULE says more of one.\n`;
}

/** What a rule checks, and why. */
export function explainRule(rules: readonly Rule[], id: string): string {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) {
    const similar = nearest(
      id,
      rules.map((candidate) => candidate.id),
    );
    const advice = similar ? `did you mean ${similar}?` : '--list-rules shows them.';
    throw new CannotRun(`There is no rule ${quoted(id)}: ${advice}`);
  }
  const mock = rule.notOnMock === undefined ? [] : [`On a static mock: not applicable, ${rule.notOnMock}.`];
  return `${[`${rule.id}: ${rule.title}.`, '', rule.explain, '', `Laid down by: ${rule.source}.`, ...mock]
    .map((line) => wrap(line))
    .join('\n')}\n`;
}

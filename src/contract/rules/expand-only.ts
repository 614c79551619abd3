import { isObject, type Reference } from '../../document/index.js';
import { show } from '../../text/words.js';
import type { Contract } from '../model/contract.js';
import { ruleOn } from '../model/rule.js';
import { deeper, shownReferences } from '../operation/references.js';
import { expand } from '../scenarios/expand.js';

export default ruleOn(expand, {
  id: 'expand-only',
  group: 'queries',
  title: 'An expansion puts in that object and no other',
  explain:
    'All references that no path passes through stay URLs: an answer that shows more shows what nobody asked for.',
  source: 'the expand parameter in the document',
  check({ operation, answers, contract }) {
    const references = shownReferences(contract, operation);
    return answers.flatMap(({ paths, pairs, exchange }) => {
      const allowed = new Set(paths.flatMap(prefixes));
      for (const { expanded, path } of pairs) {
        const extra = inlinedBeyond(contract, expanded, references, allowed, '');
        if (extra) {
          const found = show(extra.value);
          return [
            { where: `body ${path}/${extra.path.replaceAll('.', '/')}`, expected: 'a URL', found, exchange },
          ];
        }
      }
      return [];
    });
  },
});

/** The paths that `a.b.c` passes through: `a`, `a.b` and itself. */
function prefixes(path: string): string[] {
  const fields = path.split('.');
  return fields.map((_, index) => fields.slice(0, index + 1).join('.'));
}

function inlinedBeyond(
  contract: Contract,
  item: unknown,
  references: ReadonlyMap<string, Reference>,
  allowed: ReadonlySet<string>,
  path: string,
): { path: string; value: unknown } | undefined {
  if (!isObject(item)) return undefined;
  for (const [field, reference] of references) {
    const value = item[field];
    if (!isObject(value)) continue;
    const at = path === '' ? field : `${path}.${field}`;
    if (!allowed.has(at)) return { path: at, value };
    const inside = inlinedBeyond(contract, value, deeper(contract, reference), allowed, at);
    if (inside) return inside;
  }
  return undefined;
}

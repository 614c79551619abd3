import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { additions, knowsAny, mayBePut, refusals } from '../probe/refusal.js';

export default {
  id: 'id-case',
  on: 'probe',
  group: 'errors',
  priority: 3,
  notOnMock: 'the mock knows any id',
  title: 'An id in another case is another id',
  explain:
    'Sends the id of something that is there with its letters in the other case. URLs are told apart by case: a ' +
    'server that takes both gives one thing two addresses, and caches and callers take it for two things.',
  source: 'RFC 3986, section 6.2.2.1; the path parameters in the document',
  async probes(operation, session) {
    const [last] = operation.parameters.filter(({ in: place }) => place === 'path').slice(-1);
    if (!last || operation.method === 'DELETE') throw new NotApplicable('the path has no parameter');
    if (mayBePut(operation, session)) throw new NotApplicable('a PUT may have put something there');
    refusals(operation, '404');
    const expect = [...refusals(operation, '404', '400', '422'), ...additions(operation)];
    const plain = await session.probe(operation, { name: 'as required, no more' });
    if (knowsAny(last, plain, session)) throw new NotApplicable('any id is known');
    const known = plain.path[last.name] ?? '';
    const other = inOtherCase(known);
    // Case makes no difference in digits, times and UUIDs (RFC 9562, section 4).
    if (other === known || /^[\d:.TZ+-]+$/i.test(known) || /^[\da-f-]{36}$/i.test(known))
      throw new NotApplicable('the id has no letters whose case counts');
    const name = `${last.name}=${other}, in another case`;
    const path = { ...plain.path, [last.name]: other };
    return [{ ...plain, name, path, expect, rule: 'id-case', breaks: last.name }];
  },
} satisfies Rule;

/** With most of its letters in the other case: a short prefix says of which kind an id is, the rest which one. */
function inOtherCase(id: string): string {
  const capitals = id.replace(/[^A-Z]/g, '').length;
  const small = id.replace(/[^a-z]/g, '').length;
  return capitals > small ? id.toLowerCase() : id.toUpperCase();
}

import { NotApplicable, NotCovered } from '../errors.js';
import { SCOPED } from '../model/probe.js';
import type { Rule } from '../model/rule.js';
import { refusals } from '../probe/refusal.js';

export default {
  id: 'missing-scope',
  on: 'probe',
  group: 'errors',
  priority: 4,
  notOnMock: 'the mock takes any token',
  title: 'With a token that lacks the scope there is a 403',
  explain:
    'The token is asked for with another scope of the document than the operation needs. Client credentials are needed ' +
    'to ask for it.',
  source: 'security in the document; RFC 6750, section 3.1',
  async probes(operation, session) {
    if (operation.public || operation.scopes.length === 0)
      throw new NotApplicable('the operation needs no scope');
    const expect = refusals(operation, '403');
    const { otherScopes = [], tokens, oauth } = session.target;
    const known = SCOPED.map((credential, index) => ({ credential, scope: otherScopes[index] ?? '' })).filter(
      ({ credential }) => tokens[credential] !== undefined,
    );
    if (known.length === 0) {
      const why = oauth ? 'the endpoint for tokens gave none' : 'give client credentials';
      throw new NotCovered(`no token with another scope is known: ${why}`);
    }
    const other = known.find(({ scope }) => !operation.scopes.includes(scope));
    if (!other) throw new NotCovered('no token is known that lacks the scope');
    const probe = { name: `with a token for ${other.scope} only`, credential: other.credential };
    return [await session.probe(operation, { ...probe, expect, rule: 'missing-scope' })];
  },
} satisfies Rule;

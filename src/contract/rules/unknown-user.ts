import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { requireKnownCaller } from '../probe/keys.js';
import { parametersOf, refusals } from '../probe/refusal.js';
import { accepts } from '../probe/values.js';

export default {
  id: 'unknown-user',
  on: 'probe',
  group: 'errors',
  priority: 3,
  notOnMock: 'the mock knows any user',
  title: 'Acting for a user who is not there gives a 403',
  explain:
    'Sends a well-formed id of nobody in the request header that names a user. If a server ignores it, callers ' +
    'believe that they act for a user, and do not; no document promises a refusal, so this is a note. A refusal ' +
    'with a status that the document does not declare is a violation.',
  source: 'x-header-effects and the 403 in the document',
  async probes(operation, session) {
    const names = Object.keys(operation.headerEffects);
    const parameters = parametersOf(
      operation,
      ({ name, in: place }) => place === 'header' && names.includes(name),
    );
    if (parameters.length === 0) throw new NotApplicable('no request header changes the answer');
    requireKnownCaller(session, operation);
    const expect = refusals(operation, '403', '404');
    const probes = parameters.map(async (parameter) => {
      const known = session.ids.of(parameter)?.value ?? '';
      const nobody = known.replace(/[A-Z0-9]{8}(?=\/?$)/, '0Q0Q0Q0Q');
      if (nobody === known || !accepts(session.contract, parameter, nobody)) return undefined;
      const name = `${parameter.name}=${nobody}, who is nobody`;
      const headers = { [parameter.name]: nobody };
      return session.probe(operation, {
        name,
        headers,
        breaks: parameter.name,
        expect,
        noted: ['2XX'],
        rule: 'unknown-user',
      });
    });
    return (await Promise.all(probes)).filter((probe) => probe !== undefined);
  },
} satisfies Rule;

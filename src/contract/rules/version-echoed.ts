import { isVersionHeader } from '../../document/index.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'version-echoed',
  on: 'answer',
  group: 'headers',
  title: 'The version that was asked for is the one that answered',
  explain:
    'Where the request header with the version is also a response header, the answer names the version that was ' +
    'asked for. If another version answers, everything else may be different too.',
  source: 'the version header in the document',
  check({ operation, probe, request, response }) {
    const echoed = operation.parameters.filter((one) => isVersionHeader(one, operation.responses));
    const findings = echoed.flatMap(({ name, pointer }) => {
      const asked = request.headers[name.toLowerCase()];
      const came = response.headers.get(name);
      if (asked === undefined || came === null || probe.breaks === name) return [];
      const equal = asked === came || (asked !== '' && Number(asked) === Number(came));
      return equal ? [] : [{ where: `header ${name}`, expected: asked, found: came, pointer }];
    });
    return echoed.length === 0 ? undefined : findings;
  },
} satisfies Rule;

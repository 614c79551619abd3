import { PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';

const CURSORS: readonly string[] = [PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER];

export default {
  id: 'bad-cursor',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'Cursors that are none are refused',
  explain:
    'A text that no Link header has given, for each cursor, and page numbers below 1. A server that shows the first ' +
    'page instead sends callers round in circles.',
  source: 'the page parameters in the document',
  async probes(operation, session) {
    const parameters = parametersOf(
      operation,
      ({ name, in: place }) => place === 'query' && CURSORS.includes(name),
    );
    if (parameters.length === 0) throw new NotApplicable('the operation has no cursor');
    const values = parameters.map(
      (parameter) => [parameter, parameter.name === PAGE_NUMBER ? ['0', 'one'] : ['not-a-cursor']] as const,
    );
    return wrongValues(session, operation, 'bad-cursor', ['400', '422'], values);
  },
} satisfies Rule;

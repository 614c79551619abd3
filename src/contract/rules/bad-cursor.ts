import { CURSORS, PAGE_NUMBER, type Parameter } from '../../document/index.js';
import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';
import type { ProbeMaker } from '../model/session.js';
import { parametersOf, wrongValues } from '../probe/refusal.js';
import { acceptsText } from '../probe/values.js';

export default {
  id: 'bad-cursor',
  on: 'probe',
  group: 'errors',
  priority: 2,
  title: 'A text that is not a cursor is refused',
  explain:
    'Sends for each cursor a text that no Link header has given, and page numbers that the document refuses, ' +
    'such as 0. A server that shows the first page instead sends callers round in circles.',
  source: 'the page parameters in the document',
  async probes(operation, session) {
    const parameters = parametersOf(
      operation,
      ({ name, in: place }) => place === 'query' && CURSORS.includes(name),
    );
    if (parameters.length === 0) throw new NotApplicable('the operation has no cursor');
    const values = parameters.map((parameter) => [parameter, wrongFor(parameter, session)] as const);
    return wrongValues(session, operation, 'bad-cursor', ['400', '422'], values);
  },
} satisfies Rule;

/** Some APIs count their pages from 0: that is wrong where the document says so. */
function wrongFor(parameter: Parameter, { contract }: ProbeMaker): string[] {
  if (parameter.name !== PAGE_NUMBER) return ['not-a-cursor'];
  return ['0', 'one'].filter((text) => !acceptsText(contract, parameter, text));
}

import type { Rule } from '../model/rule.js';

export default {
  id: 'succeeds',
  on: 'probe',
  group: 'answers',
  priority: 0,
  title: 'Ordinary requests succeed',
  explain:
    'Each operation is called with what it requires and no more. Where the server does not know the ids of the ' +
    "document's examples, a 403 or 404 to them says nothing: then the operation is not covered.",
  source: 'the operation and its parameters in the document',
  async probes(operation, session) {
    return [await session.probe(operation, { name: 'as required, no more' })];
  },
} satisfies Rule;

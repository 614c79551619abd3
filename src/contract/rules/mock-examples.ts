import { NotApplicable } from '../errors.js';
import type { Rule } from '../model/rule.js';

export default {
  id: 'mock-examples',
  on: 'probe',
  group: 'answers',
  priority: 1,
  title: 'The mock gives each example of the document on demand',
  explain:
    'Asks for each status and each named example by the Prefer header, so that all of the examples are held against ' +
    'their schemas as they come over the wire. Only a mock that understands Prefer is asked.',
  source: "Prism's Prefer header, RFC 7240",
  async probes(operation, session) {
    if (!session.target.prefer) throw new NotApplicable('only a mock gives examples on demand');
    const wishes = operation.responses
      // An answer with 1xx only comes before another one, and fetch doesn't show it.
      .filter((response) => /^[2-9]\d\d$/.test(response.status))
      .flatMap((response) => {
        const examples = response.content.flatMap((media) => media.examples);
        const wish = `code=${response.status}`;
        const types = response.content.map(({ mediaType }) => mediaType);
        const accept = types.length > 0 ? { accept: types.join(', ') } : {};
        // A single one in `example` has no name to ask for.
        const named = examples.filter((example) => !example.pointer.endsWith('/example'));
        return named.length > 0
          ? named.map((example) => [response.status, `${wish}, example=${example.name}`, accept] as const)
          : [[response.status, wish, accept] as const];
      });
    return Promise.all(
      wishes.map(([status, prefer, accept]) =>
        session.probe(operation, {
          name: `Prefer: ${prefer}`,
          headers: { prefer, ...accept },
          expect: [status],
          rule: 'mock-examples',
        }),
      ),
    );
  },
} satisfies Rule;

import type { Rule } from '../rule.js';

export default {
  id: 'mock-examples',
  on: 'probe',
  group: 'status',
  priority: 1,
  title: 'The mock gives each example of the document on demand',
  explain:
    'Asks for each status and each named example by the `Prefer` header, so that all of the examples are held ' +
    'against their schemas as they come over the wire. Only a mock that understands `Prefer` is asked.',
  source: "Prism's Prefer header, RFC 7240",
  probes(operation, session) {
    if (!session.target.prefer) return [];
    return operation.responses.flatMap((response) => {
      if (!/^\d{3}$/.test(response.status)) return [];
      const examples = response.content.flatMap((media) => media.examples);
      const wishes = examples.length > 0 ? examples.map((example) => `, example=${example.name}`) : [''];
      return wishes.flatMap((wish) => {
        const probe = session.probe(operation, {
          name: `Prefer: code=${response.status}${wish}`,
          headers: { Prefer: `code=${response.status}${wish}` },
          expect: [response.status],
          rule: 'mock-examples',
        });
        return probe ? [probe] : [];
      });
    });
  },
} satisfies Rule;

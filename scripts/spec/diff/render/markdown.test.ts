import { expect, it } from 'vitest';
import type { Change } from '../types.js';
import { renderMarkdown } from './markdown.js';

const bump = { version: '1.0.0', kind: 'major', reason: 'there are breaking changes' } as const;
const documents = { base: 'old.yaml', revision: 'new.yaml', bump };
const methods = Array.from({ length: 300 }, (_, index) => `resources.things${index}.retrieve`);
const changes = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    impact: 'breaking',
    message: `Header Number${index} removed`,
    pointer: `#/components/headers/${index}`,
    methods,
    types: [],
    proof: { by: 'rule', rule: 'code that reads it no longer compiles' },
  }));

it('the Markdown of spec diff shows all methods of a few changes, and all of many changes with a few methods each', () => {
  const few = renderMarkdown({ ...documents, changes: changes(2) });
  expect(few).toContain('<code>resources.things299.retrieve</code></details>');
  const many = renderMarkdown({ ...documents, changes: changes(60) });
  expect(many.match(/Header Number\d+ removed/g)).toHaveLength(60);
  expect(many).toMatch(/<summary>300 methods<\/summary><code>.*<\/code> and 2\d\d more<\/details>/);
  expect(many.length).toBeLessThan(60_000);
});

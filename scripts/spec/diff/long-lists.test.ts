import { expect, it } from 'vitest';
import { parseOpenApi } from '../../../src/document/index.js';
import { compareDocuments } from './compare-documents.js';

/** Shapes on a map, in requests: lists in lists in lists of pairs, each with its own bound. */
const shapes = (most?: number) => {
  const list = (items: object) => ({ type: 'array', items, ...(most !== undefined && { maxItems: most }) });
  const schema = list(list(list({ type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 })));
  return parseOpenApi(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Maps', version: '1' },
      paths: {
        '/shapes': {
          post: {
            operationId: 'add-shapes',
            requestBody: { required: true, content: { 'application/json': { schema } } },
            responses: { '204': { description: 'Added.' } },
          },
        },
      },
    }),
  );
};

it('lists in lists are compared whatever their bounds are, and a bound within reach is shown', async () => {
  for (const most of [25_000, 500]) {
    const loosened = await compareDocuments(shapes(most), shapes());
    expect(loosened).toHaveLength(3);
    expect(loosened.filter(({ impact }) => impact === 'breaking')).toEqual([]);
  }
  const tightened = await compareDocuments(shapes(), shapes(500));
  expect(tightened.map(({ impact, proof }) => [impact, proof?.by])).toContainEqual(['breaking', 'witness']);
});

import { expect, test } from 'vitest';
import { parseOpenApi } from '../../document/index.js';
import { contractOf } from '../schema/load-contract.js';
import { brokenBodies } from './broken-bodies.js';
import { bodyValues } from './request-body.js';

const contract = contractOf(
  parseOpenApi(`
openapi: 3.1.0
info: { title: Ponds, version: '1.0' }
paths:
  /ponds:
    post:
      operationId: dig
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Pond' }
            example: { depth: 3, place: { near: the oak }, shore: { height: 1 } }
      responses: { '201': { description: Dug. } }
components:
  schemas:
    Pond:
      type: object
      required: [id, depth]
      properties:
        id: { type: string, readOnly: true }
        depth: { type: integer, maximum: 9 }
        place: { type: object, properties: { near: { type: string } } }
        shore: { oneOf: [{ type: object, properties: { height: { type: number, maximum: 2 } } }, { type: 'null' }] }
`),
);
const [media] = contract.operations[0]?.requestBody?.content ?? [];

test('a body without readOnly fields is right, and no change that its schema accepts is called wrong', () => {
  if (!media?.schema || !media.schemaPointer) throw new Error('the operation takes a body');
  const [right] = bodyValues(contract, media);
  expect(right).toEqual({ depth: 3, place: { near: 'the oak' }, shore: { height: 1 } });
  const broken = brokenBodies(contract, right as Record<string, unknown>, media.schema, media.schemaPointer);
  expect(broken.map(({ name }) => name)).toEqual([
    'without depth',
    'depth above the maximum',
    'depth of another type',
    'depth null',
    'place null',
    'place, near of another type',
    'place, near null',
    'shore, height above the maximum',
    'shore, height of another type',
    'shore, height null',
  ]);
});

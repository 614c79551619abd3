import { expect, test } from 'vitest';
import { parseOpenApi, readOperations } from '../../src/document/index.js';
import { generateCommands } from './commands.js';

const DOCUMENT = parseOpenApi(`
openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things/{thing_id}:
    patch:
      operationId: bend
      summary: Bend a thing. It may break.
      parameters:
        - { name: thing_id, in: path, required: true, description: "Its \`id\`.", schema: { type: string } }
        - { name: expand, in: query, schema: { type: array, items: { type: string, enum: [owner, owner.town] } } }
        - { name: since, in: query, required: true, schema: { type: [integer, 'null'] } }
        - { name: EvEnergy-User, in: header, schema: { type: string } }
        - { name: If-Match, in: header, schema: { type: string } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [angle]
              properties:
                id: { type: string, readOnly: true }
                made: { $ref: '#/components/schemas/Place', readOnly: true }
                angle: { type: number, description: 'Degrees.' }
                gently: { anyOf: [{ type: boolean }, { type: 'null' }] }
                turns: { enum: [1, 2] }
                kinds: { type: array, items: { type: string } }
                parts: { type: array, items: { type: object } }
                place: { $ref: '#/components/schemas/Place' }
      responses: { '200': { description: Bent., content: { application/json: { schema: { type: object } } } } }
components: { schemas: { Place: { type: object, description: Where it stands., properties: { x: { type: number } } } } }
`);

test('a command has arguments for the path, and options for parameters and the members of a body', () => {
  const code = generateCommands(DOCUMENT, readOperations(DOCUMENT));
  const [, literal = ''] = /CommandTable = (\{[\s\S]*\});/.exec(code) ?? [];
  // The code is ours, made a moment ago.
  const commands = new Function(`return ${literal}`)();
  expect(commands).toEqual({
    bend: {
      about: 'Bend a thing',
      path: { thing_id: 'Its id' },
      params: [
        { name: 'expand', list: true, values: ['owner', 'owner.town'] },
        { name: 'since', type: 'integer', required: true },
        { name: 'If-Match' },
      ],
      fields: [
        { name: 'angle', about: 'Degrees', type: 'number' },
        { name: 'gently', type: 'boolean' },
        { name: 'turns', type: 'integer', values: ['1', '2'] },
        { name: 'kinds', list: true },
        { name: 'parts', type: 'json' },
        { name: 'place', about: 'Where it stands', type: 'json' },
      ],
      needsBody: true,
    },
  });
});

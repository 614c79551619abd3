/** Values for schemas of every kind, each checked with its schema before it is returned. */
import { expect, test } from 'vitest';
import { parseOpenApi } from '../../document/index.js';
import { DocumentSchemas } from '../api/schemas.js';
import { Maker } from './maker.js';

const document = parseOpenApi(`
openapi: 3.1.0
info: { title: Shapes, version: '1' }
paths: {}
components:
  schemas:
    Colour: { type: string, enum: [red, blue] }
    Nothing: { type: 'null' }
    Constant: { const: { a: 1 } }
    Times: { type: object, required: [a, b, c, d], properties: { a: { type: string, format: date-time }, b: { type: string, format: date }, c: { type: string, format: time }, d: { type: string, format: duration } } }
    Addresses: { type: object, required: [a, b, c, d, e, f, g], properties: { a: { type: string, format: uri }, b: { type: string, format: email }, c: { type: string, format: uuid }, d: { type: string, format: hostname }, e: { type: string, format: ipv4 }, f: { type: string, format: ipv6 }, g: { type: string, format: uri-reference } } }
    Lengths: { type: object, required: [short, long], properties: { short: { type: string, maxLength: 2 }, long: { type: string, minLength: 40, maxLength: 41 } } }
    Numbers:
      type: object
      required: [a, b, c, d, e, f]
      properties:
        a: { type: integer, minimum: 7, maximum: 7 }
        b: { type: integer, exclusiveMinimum: 3, exclusiveMaximum: 5 }
        c: { type: number, multipleOf: 0.25, minimum: 0.1, maximum: 0.3 }
        d: { type: number, exclusiveMinimum: 0, exclusiveMaximum: 1 }
        e: { type: integer, maximum: -5 }
        f: { type: integer, multipleOf: 15, minimum: 20, maximum: 40 }
    Key: { allOf: [{ type: string, pattern: '^key' }, { pattern: '\\d{5}$' }, { maxLength: 8 }] }
    Longer: { type: object, required: [a, b, c], properties: { a: { type: string, pattern: '^x', minLength: 40 }, b: { type: string, pattern: 'y$', minLength: 40 }, c: { type: string, pattern: '^[A-Z]+$', minLength: 50 } } }
    Base: { type: object, required: [id], properties: { id: { type: integer } } }
    Derived: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [name], properties: { name: { type: string }, id: { minimum: 50 } } }], unevaluatedProperties: false }
    Closed: { type: object, required: [a], additionalProperties: false, properties: { a: { type: string } } }
    Either: { oneOf: [{ type: object, required: [a], properties: { a: { const: 1 } } }, { type: object, required: [b], properties: { b: { const: 2 } }, not: { required: [a] } }] }
    Any: { anyOf: [{ type: 'null' }, { type: string, minLength: 3 }] }
    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { meows: '#/components/schemas/Cat' } } }
    Cat: { type: object, required: [kind, lives], properties: { kind: { enum: [meows] }, lives: { type: integer } } }
    Dog: { type: object, required: [kind, bark], properties: { kind: { enum: [Dog] }, bark: { type: string } } }
    Tree: { type: object, required: [name, children], properties: { name: { type: string }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } }, parent: { $ref: '#/components/schemas/Tree' } } }
    Endless: { type: object, required: [next], properties: { next: { $ref: '#/components/schemas/Endless' } } }
    Chain: { type: object, required: [next], properties: { next: { oneOf: [{ $ref: '#/components/schemas/Chain' }, { type: 'null' }] } } }
    Itself: { allOf: [{ $ref: '#/components/schemas/Itself' }] }
    Map: { type: object, minProperties: 3, additionalProperties: { type: integer } }
    Lists: { type: object, required: [a, b, c], properties: { a: { type: array, minItems: 4, maxItems: 4, uniqueItems: true, items: { type: integer, minimum: 0, maximum: 9 } }, b: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false }, c: { type: array, contains: { const: x } } } }
    Parts: { type: array, minItems: 4, uniqueItems: true, items: { type: number, exclusiveMinimum: 0, maximum: 1 } }
    Together: { type: object, properties: { a: { type: integer }, b: { type: integer } }, required: [a], dependentRequired: { a: [b] } }
    AtLeastOne: { type: object, minProperties: 1, additionalProperties: false, properties: { card: { type: string }, code: { type: string } }, dependentRequired: { card: [code] } }
    When: { type: object, required: [kind], properties: { kind: { enum: [big, small] }, size: { type: integer } }, if: { properties: { kind: { const: big } } }, then: { required: [size], properties: { size: { minimum: 100 } } }, else: { not: { required: [size] } } }
    Wrong: { type: object, required: [a, b], properties: { a: { type: integer, example: three }, b: { type: string, example: right } }, example: { a: one, b: also right } }
    Secret: { type: object, required: [a, password], properties: { a: { type: string }, password: { type: string, writeOnly: true } } }
    Anything: {}
    Impossible: { type: integer, minimum: 5, maximum: 4 }
`);
const schemas = new DocumentSchemas(document);
const maker = new Maker(document, schemas);
const at = (name: string) => `#/components/schemas/${name}`;
const IMPOSSIBLE = ['Endless', 'Itself', 'Impossible'];
const names = Object.keys((document.components as { schemas: object }).schemas);

test.each(names.filter((name) => !IMPOSSIBLE.includes(name)))(
  '%s gets valid values, the same each time',
  (name) => {
    for (const seed of ['1', '2', '3', '4', '5']) {
      for (const wishes of [{ seed }, { seed, vary: true }, { seed, plain: true, vary: true }]) {
        const value = maker.make(at(name), wishes);
        expect(value).not.toBeUndefined();
        expect(schemas.check(at(name), value)).toBeUndefined();
        expect(maker.make(at(name), wishes)).toEqual(value);
      }
    }
  },
);

test.each(IMPOSSIBLE)('%s, which no value fits, gets no value', (name) => {
  expect(maker.make(at(name), { seed: '1' })).toBeUndefined();
});

test('further values differ', () => {
  const made = new Set(
    ['1', '2', '3', '4', '5', '6', '7'].map((seed) => maker.make(at('Colour'), { seed, vary: true })),
  );
  expect(made).toEqual(new Set(['red', 'blue']));
});

test('fields that are wished for are kept where the schema allows them', () => {
  const wished = { id: 60, name: 7, other: 1 };
  const made = maker.make(at('Derived'), { seed: '1', fields: wished });
  expect(made).toEqual({ id: 60, name: expect.any(String) });
});

test('what fits already is given back as it is, and what does not becomes like it', () => {
  const right = { id: 60, name: 'given' };
  expect(maker.fit(at('Derived'), right, '1')).toBe(right);
  expect(maker.fit(at('Derived'), { name: 'given' }, '1')).toEqual({ id: expect.any(Number), name: 'given' });
});

test('an example that is not valid is left aside, alone', () => {
  expect(maker.make(at('Wrong'), { seed: '1' })).toEqual({ a: expect.any(Number), b: expect.any(String) });
});

test('answers show no writeOnly field', () => {
  expect(maker.make(at('Secret'), { seed: '1' })).toEqual({ a: expect.any(String) });
});

test('a request has as many members as are asked for, and those that they ask for', () => {
  const made = (name: string) => maker.make(at(name), { seed: 'one', sent: true });
  expect(Object.keys(made('AtLeastOne') as object)).toEqual(['card', 'code']);
  expect(Object.keys(made('Together') as object)).toEqual(['a', 'b']);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { type Part, type Planted, plantedDocument, plantedIndex } from '../fixtures/planted.js';
import { compareDocuments } from './compare-documents.js';
import type { Change, Impact } from './types.js';

const nullable = ['string', 'null'];
const body = (part: Part) =>
  part.create.requestBody as { required?: boolean; content: Record<string, unknown> };
const ok = (part: Part) => part.list.responses['200'] as { headers: Record<string, object>; content: object };
const parameter = (part: Part, index: number) => part.list.parameters[index] as Record<string, unknown>;
const schemaOf = (part: Part, index: number) => parameter(part, index).schema as Record<string, unknown>;

/** Each change with its impact on a consumer of the client, and the impact of its reverse. */
const PLANTED: Planted[] = [
  // What the client receives
  [
    'a new optional field',
    'compatible',
    'breaking',
    ({ Thing }) => Object.assign(Thing.properties, { x: {} }),
  ],
  [
    'a new field that always comes',
    'compatible',
    'breaking',
    ({ Thing }) => {
      Thing.properties.x = { type: 'string' };
      Thing.required.push('x');
    },
  ],
  ['a field becomes required', 'compatible', 'breaking', ({ Thing }) => Thing.required.push('note')],
  [
    'a field becomes nullable',
    'breaking',
    'compatible',
    ({ Thing }) => (Thing.properties.note.type = nullable),
  ],
  [
    'a field becomes nullable by anyOf',
    'breaking',
    'compatible',
    ({ Thing }) => (Thing.properties.note = { anyOf: [{ type: 'string' }, { type: 'null' }] }),
  ],
  [
    'a reference becomes nullable',
    'breaking',
    'compatible',
    ({ Thing }) => Thing.properties.detail.oneOf.push({ type: 'null' }),
  ],
  [
    'null is written in another way',
    'none',
    'none',
    ({ Thing }) => (Thing.properties.remark = { oneOf: [{ type: 'null' }, { type: 'string' }] }),
  ],
  ['an enum grows', 'compatible', 'compatible', ({ Thing }) => Thing.properties.mode.enum.push('auto')],
  [
    'an enum is exchanged',
    'compatible',
    'compatible',
    ({ Thing }) => (Thing.properties.mode.enum = ['on', 'standby']),
  ],
  [
    'an enum allows null',
    'breaking',
    'compatible',
    ({ Thing }) => (Thing.properties.mode = { type: nullable, enum: ['on', 'off', null] }),
  ],
  ['an enum is dropped', 'compatible', 'compatible', ({ Thing }) => delete Thing.properties.mode.enum],
  [
    'a field is renamed',
    'breaking',
    'breaking',
    ({ Thing }) => {
      Thing.properties.comment = Thing.properties.note;
      delete Thing.properties.note;
    },
  ],
  [
    'integer becomes number',
    'breaking',
    'compatible',
    ({ Thing }) => (Thing.properties.size.type = 'number'),
  ],
  ['string becomes integer', 'breaking', 'breaking', ({ Thing }) => (Thing.properties.note.type = 'integer')],
  ['a format is dropped', 'breaking', 'compatible', ({ Thing }) => delete Thing.properties.seen_at.format],
  ['a format changes', 'breaking', 'breaking', ({ Thing }) => (Thing.properties.seen_at.format = 'date')],
  ['an upper bound rises', 'breaking', 'compatible', ({ Thing }) => (Thing.properties.size.maximum = 20)],
  [
    'a union grows',
    'breaking',
    'compatible',
    ({ Thing }) => Thing.properties.any.anyOf.push({ type: 'boolean' }),
  ],
  ['a union is reordered', 'none', 'none', ({ Thing }) => Thing.properties.any.anyOf.reverse()],
  [
    'a field becomes a union',
    'breaking',
    'compatible',
    ({ Thing }) => (Thing.properties.note = { anyOf: [{ type: 'string' }, { type: 'integer' }] }),
  ],
  [
    'a URL becomes expandable',
    'compatible',
    'compatible',
    ({ Thing }, ref) =>
      (Thing.properties.link = { oneOf: [{ type: 'string', format: 'uri' }, ref('Detail')] }),
  ],
  ['items change', 'breaking', 'breaking', ({ Thing }) => (Thing.properties.tags.items.type = 'string')],
  [
    'a tuple changes',
    'breaking',
    'breaking',
    ({ Thing }) => (Thing.properties.pair.prefixItems[1].type = 'string'),
  ],
  ['a field of a field is renamed', 'breaking', 'breaking', ({ Detail }) => (Detail.properties = { m: {} })],
  [
    'the values of a map change',
    'breaking',
    'breaking',
    ({ Thing }) => (Thing.properties.counts.additionalProperties.type = 'string'),
  ],
  ['a constant changes', 'breaking', 'breaking', ({ Thing }) => (Thing.properties.fixed.const = 'y')],
  [
    'a constant is written as enum',
    'none',
    'none',
    ({ Thing }) => (Thing.properties.fixed = { enum: ['x'] }),
  ],
  [
    'a condition changes',
    'breaking',
    'breaking',
    ({ Thing }) => (Thing.properties.conditional.if.required = ['c']),
  ],
  [
    'a schema is written out',
    'none',
    'none',
    ({ Thing }) =>
      (Thing.properties.mix.allOf[0] = { type: 'object', properties: { n: { type: 'integer' } } }),
  ],
  [
    'an allOf is written as one object',
    'none',
    'none',
    ({ Thing }) =>
      (Thing.properties.mix = {
        type: 'object',
        properties: { n: { type: 'integer' }, extra: { type: 'string' } },
      }),
  ],
  [
    'an allOf gains a field',
    'compatible',
    'breaking',
    ({ Thing }) => (Thing.properties.mix.allOf[1].properties.more = { type: 'string' }),
  ],
  ['an object is closed', 'compatible', 'compatible', ({ Thing }) => (Thing.additionalProperties = false)],
  [
    'a field is deprecated',
    'compatible',
    'compatible',
    ({ Thing }) => (Thing.properties.note.deprecated = true),
  ],
  [
    'a field is write-only',
    'breaking',
    'compatible',
    ({ Thing }) => (Thing.properties.note.writeOnly = true),
  ],
  ['a description changes', 'editorial', 'editorial', ({ Thing }) => (Thing.description = 'Something.')],
  ['a title is added', 'editorial', 'editorial', ({ Thing }) => (Thing.title = 'Thing')],
  [
    'a header is added',
    'compatible',
    'breaking',
    (part) => (ok(part).headers.X = { schema: { type: 'string' } }),
  ],
  [
    'a header becomes optional',
    'breaking',
    'compatible',
    (part) => (ok(part).headers.Link = { schema: { type: 'string' } }),
  ],
  [
    'a header that was any text is a number',
    'compatible',
    'breaking',
    (part) => (ok(part).headers.Link = { required: true, schema: { type: 'integer' } }),
  ],
  [
    'the media type changes',
    'breaking',
    'breaking',
    (part) => (ok(part).content = { 'text/csv': { schema: { type: 'string' } } }),
  ],
  ['a body is dropped', 'breaking', 'compatible', (part) => (ok(part).content = {})],
  [
    'an error is added',
    'compatible',
    'compatible',
    ({ list }) => (list.responses['404'] = { description: 'None.' }),
  ],
  [
    'a success is added',
    'breaking',
    'breaking',
    ({ create }) => (create.responses['202'] = { description: 'Later.' }),
  ],
  [
    'a success has another status',
    'breaking',
    'breaking',
    ({ create }) => {
      create.responses = { '200': create.responses['201'] ?? {} };
    },
  ],
  [
    'an error has another status',
    'compatible',
    'compatible',
    ({ list }) => {
      list.responses['422'] = list.responses['400'] ?? {};
      delete list.responses['400'];
    },
  ],
  ['an example changes', 'editorial', 'editorial', (part) => Object.assign(ok(part).content, EXAMPLE(part))],

  // What the client sends
  [
    'a new optional parameter',
    'compatible',
    'breaking',
    ({ list }) => list.parameters.push({ name: 'q', in: 'query', schema: { type: 'string' } }),
  ],
  [
    'a new required parameter',
    'breaking',
    'breaking',
    ({ list }) =>
      list.parameters.push({ name: 'q', in: 'query', required: true, schema: { type: 'string' } }),
  ],
  ['a parameter becomes required', 'breaking', 'compatible', (part) => (parameter(part, 1).required = true)],
  ['a parameter is renamed', 'breaking', 'breaking', (part) => (parameter(part, 1).name = 'sort')],
  ['a parameter moves to a header', 'breaking', 'breaking', (part) => (parameter(part, 1).in = 'header')],
  ['a parameter loses a value', 'breaking', 'compatible', (part) => (schemaOf(part, 1).enum = ['a'])],
  ['a parameter is bounded lower', 'breaking', 'compatible', (part) => (schemaOf(part, 0).maximum = 50)],
  [
    'a parameter is bounded higher below',
    'breaking',
    'compatible',
    (part) => (schemaOf(part, 0).minimum = 5),
  ],
  ['a default changes', 'breaking', 'breaking', (part) => (schemaOf(part, 0).default = 50)],
  ['a parameter takes more types', 'compatible', 'breaking', (part) => (schemaOf(part, 0).type = 'number')],
  ['parameters are reordered', 'none', 'none', ({ list }) => list.parameters.reverse()],
  [
    'a parameter is described',
    'editorial',
    'editorial',
    (part) => (parameter(part, 0).description = 'Size.'),
  ],
  [
    'a list is sent in another style',
    'breaking',
    'breaking',
    (part) => {
      parameter(part, 3).explode = false;
    },
  ],
  [
    'one value is sent in another style',
    'none',
    'none',
    (part) => {
      parameter(part, 1).explode = false;
    },
  ],
  [
    'an id has another pattern',
    'breaking',
    'breaking',
    ({ retrieve }) =>
      ((retrieve.parameters[0] as { schema: object }).schema = { type: 'string', pattern: '^u' }),
  ],
  [
    'a path parameter is renamed',
    'compatible',
    'compatible',
    (part) => {
      const [path = '', item = {}] = Object.entries(part.paths)[1] ?? [];
      delete part.paths[path];
      part.paths[path.replace('thing_id', 'id')] = item;
      (part.retrieve.parameters[0] as { name: string }).name = 'id';
    },
  ],
  [
    'a new optional member of a body',
    'compatible',
    'breaking',
    ({ NewThing }) => (NewThing.properties.x = {}),
  ],
  [
    'a new required member of a body',
    'breaking',
    'breaking',
    ({ NewThing }) => {
      NewThing.properties.x = { type: 'string' };
      NewThing.required.push('x');
    },
  ],
  [
    'a member of a body becomes required',
    'breaking',
    'compatible',
    ({ NewThing }) => NewThing.required.push('note'),
  ],
  [
    'a member of a body no longer takes null',
    'breaking',
    'compatible',
    ({ NewThing }) => (NewThing.properties.note.type = 'string'),
  ],
  [
    'a member of a body loses a value',
    'breaking',
    'compatible',
    ({ NewThing }) => NewThing.properties.mode.enum.pop(),
  ],
  [
    'a member of a body must have a format',
    'breaking',
    'compatible',
    ({ NewThing }) => (NewThing.properties.when.format = 'date'),
  ],
  [
    'a text must be shorter',
    'breaking',
    'compatible',
    ({ NewThing }) => (NewThing.properties.name.maxLength = 20),
  ],
  [
    'a member of a body takes a union',
    'compatible',
    'breaking',
    ({ NewThing }) => (NewThing.properties.either = { oneOf: [{ type: 'string' }, { type: 'integer' }] }),
  ],
  [
    'the values of a sent map change',
    'breaking',
    'breaking',
    ({ NewThing }) => (NewThing.properties.options.additionalProperties = { type: 'integer' }),
  ],
  [
    'a sent object is closed',
    'breaking',
    'compatible',
    ({ NewThing }) => (NewThing.additionalProperties = false),
  ],
  [
    'a member of a body is read-only',
    'breaking',
    'compatible',
    ({ NewThing }) => (NewThing.properties.note.readOnly = true),
  ],
  ['a body becomes optional', 'compatible', 'breaking', (part) => delete body(part).required],
  ['a body is dropped from a request', 'breaking', 'breaking', ({ create }) => delete create.requestBody],
  [
    'a body may have another media type, too',
    'compatible',
    'breaking',
    (part) => (body(part).content['multipart/form-data'] = { schema: { type: 'object' } }),
  ],

  // Both ways
  [
    'an enum grows, both ways',
    'compatible',
    'breaking',
    ({ Shared }) => Shared.properties.mode.enum.push('u'),
  ],
  [
    'a field becomes required, both ways',
    'breaking',
    'breaking',
    ({ Shared }) => Shared.required.push('note'),
  ],
  ['a new optional field, both ways', 'compatible', 'breaking', ({ Shared }) => (Shared.properties.x = {})],

  [
    'a schema is renamed',
    'breaking',
    'breaking',
    (part, ref) => {
      part.schemas.Renamed = part.Shared;
      delete part.schemas.Shared;
      const json = { 'application/json': { schema: ref('Renamed') } };
      const { put } = Object.values(part.paths)[2] as { put: Record<string, unknown> };
      put.requestBody = { required: true, content: json };
      put.responses = { '200': { description: 'The new state.', content: json } };
    },
  ],

  // Webhooks
  [
    'an enum of a webhook grows',
    'compatible',
    'compatible',
    ({ Event }) => Event.properties.kind.enum.push('gone'),
  ],
  ['a webhook sends one field more', 'compatible', 'breaking', ({ Event }) => (Event.properties.x = {})],

  // Operations and types
  [
    'a method is dropped',
    'breaking',
    'compatible',
    (part) => delete (Object.values(part.paths)[0] as { post?: object }).post,
  ],
  [
    'a path changes',
    'breaking',
    'breaking',
    (part) => {
      const [path = '', item = {}] = Object.entries(part.paths)[2] ?? [];
      delete part.paths[path];
      part.paths[`${path}_state`] = item;
    },
  ],
  ['an operation id changes', 'compatible', 'compatible', ({ list }) => (list.operationId += '-all')],
  [
    'a public operation needs a token',
    'breaking',
    'compatible',
    ({ retrieve }) => (retrieve.security = [{ oauth2: [] }]),
  ],
  [
    'a scope more',
    'breaking',
    'compatible',
    ({ list }) => (list.security = [{ oauth2: ['thing:read', 'x'] }]),
  ],
  [
    'a collection gets pages',
    'breaking',
    'breaking',
    ({ list }) => list.parameters.push({ name: 'page_after', in: 'query', schema: { type: 'string' } }),
  ],
  ['an operation is deprecated', 'compatible', 'compatible', ({ list }) => (list.deprecated = true)],
  ['a summary changes', 'editorial', 'editorial', ({ list }) => (list.summary = 'All things')],
  ['a tag changes', 'editorial', 'editorial', ({ list }) => (list.tags = ['Others'])],
  ['an unused schema is dropped', 'breaking', 'compatible', ({ schemas }) => delete schemas.Unused],
  [
    'the order of a collection is told',
    'compatible',
    'compatible',
    ({ list }) => (list['x-collection'] = { key: 'id', order: 'ascending' }),
  ],
  ['an unknown extension', 'editorial', 'editorial', ({ list }) => (list['x-badge'] = 'new')],
];

function EXAMPLE(part: Part) {
  const [media] = Object.values(ok(part).content) as { schema: object }[];
  return { 'application/json': { ...media, examples: { one: { value: [{ id: '1', name: 'One' }] } } } };
}

describe('planted changes', () => {
  const found: Record<'forward' | 'back', Change[]> = { forward: [], back: [] };

  beforeAll(async () => {
    const before = plantedDocument(PLANTED, false);
    const after = plantedDocument(PLANTED, true);
    found.forward = await compareDocuments(before, after);
    found.back = await compareDocuments(after, before);
  }, 180_000);

  it.each(PLANTED.map(([name, impact, reverse], index) => ({ name, impact, reverse, index })))(
    '$name',
    ({ impact, reverse, index }) => {
      expect(worst(found.forward, index), explain(found.forward, index)).toBe(impact);
      expect(worst(found.back, index), explain(found.back, index)).toBe(reverse);
    },
  );

  it('finds nothing beside them', () => {
    expect([...found.forward, ...found.back].filter((change) => plantedIndex(change) < 0)).toEqual([]);
  });

  it('finds nothing between a document and itself', async () => {
    const document = plantedDocument(PLANTED, true);
    expect(await compareDocuments(document, structuredClone(document))).toEqual([]);
  });
});

function worst(changes: readonly Change[], index: number): Impact | 'none' {
  const impacts = changes.filter((change) => plantedIndex(change) === index).map((change) => change.impact);
  return (
    (['breaking', 'compatible', 'editorial'] as const).find((impact) => impacts.includes(impact)) ?? 'none'
  );
}

function explain(changes: readonly Change[], index: number): string {
  return JSON.stringify(
    changes.filter((change) => plantedIndex(change) === index),
    null,
    1,
  );
}

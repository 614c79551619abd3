import { describe, expect, it } from 'vitest';
import type { JsonObject, OpenApiDocument } from '../../../src/document/index.js';
import { compareDocuments } from './compare-documents.js';
import type { Change } from './types.js';

interface Parts {
  item?: JsonObject;
  parameters?: unknown[];
  body?: JsonObject;
  requestBody?: JsonObject;
  answer?: JsonObject;
  response?: JsonObject;
  components?: JsonObject;
  security?: unknown[];
}

const json = (schema: unknown) => ({ 'application/json': { schema } });
const object = (properties: JsonObject, more: JsonObject = {}) => ({ type: 'object', properties, ...more });
const ref = (name: string, kind = 'schemas') => ({ $ref: `#/components/${kind}/${name}` });
const roomId = { name: 'room_id', in: 'path', required: true, schema: { type: 'string' } };

/** A hotel that lets its rooms be changed. */
function hotel(parts: Parts): OpenApiDocument {
  const { body = object({}), answer = object({}) } = parts;
  return {
    openapi: '3.1.0',
    info: { title: 'Hotel', version: '1' },
    paths: {
      '/rooms/{room_id}': {
        ...parts.item,
        patch: {
          operationId: 'patch-room',
          parameters: parts.parameters ?? [roomId],
          requestBody: parts.requestBody ?? { required: true, content: json(body) },
          responses: { '200': parts.response ?? { description: 'The room.', content: json(answer) } },
        },
      },
    },
    ...(parts.components && { components: parts.components }),
    ...(parts.security && { security: parts.security }),
  };
}

const compare = (before: Parts, after: Parts) => compareDocuments(hotel(before), hotel(after));
const sent = (before: JsonObject, after: JsonObject) => compare({ body: before }, { body: after });
const answered = (before: JsonObject, after: JsonObject) => compare({ answer: before }, { answer: after });
const breaking = (changes: readonly Change[]) => changes.filter(({ impact }) => impact === 'breaking');
const witnesses = (changes: readonly Change[]) =>
  breaking(changes).map(({ proof }) => (proof?.by === 'witness' ? proof.witness.value : proof));

const bounded = (value: JsonObject) => object({ name: { type: 'string', ...value } });

it.each([
  ['witness', { maxLength: 100_000 }, { maxLength: 99_999 }],
  ['witness', {}, { maxLength: 65_535 }],
  ['witness', { format: 'uri' }, { format: 'uri', maxLength: 2048 }],
  ['rule', {}, { maxLength: 16_000_000 }],
])(
  'a bound on very long texts is breaking by %s, depending on how long a text can be tried: %j to %j',
  async (by, before, after) => {
    const [change, ...others] = breaking(await sent(bounded(before), bounded(after)));
    expect([change?.proof?.by, others]).toEqual([by, []]);
    expect(breaking(await sent(bounded(after), bounded(before)))).toEqual([]);
  },
);

it('where no try shows a difference, the proof says what was too large to be tried', async () => {
  const proofs = async (before: JsonObject, after: JsonObject) =>
    (await sent({ oneOf: [before, {}] }, { oneOf: [after, {}] })).map(({ proof }) => proof);
  expect(await proofs({ type: 'string', maxLength: 16_000_000 }, text)).toEqual([
    { by: 'tries', tries: 200, untried: 'texts of more than 100,000 characters were not tried' },
  ]);
});

it('each line names its own reason for a refusal, where a message is refused for several', async () => {
  const area = (more: JsonObject, required: string[]) => object({ north: {}, ...more }, { required });
  const changes = await answered(area({ east: {}, west: {} }, ['east', 'west']), area({}, []));
  const told = breaking(changes).map(({ message, proof }) => [
    message.replace(/.*\.(\w+) removed/, '$1'),
    proof?.by === 'witness' && proof.witness.refusal,
  ]);
  expect(told).toEqual([
    ['east', "must have required property 'east'"],
    ['west', "must have required property 'west'"],
  ]);
});

const query = (schema: JsonObject, more: JsonObject = {}): Parts => ({
  parameters: [roomId, { name: 'tag', in: 'query', schema, ...more }],
});
const text = { type: 'string' };

describe('a query parameter is compared as the text that is sent, not as the value in code', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a text that may be several', text, { type: 'array', items: text }],
    ['a number that may be any text', { type: 'integer' }, text],
    [
      'a choice of which several may be sent',
      { enum: ['a', 'b'] },
      { type: 'array', items: { enum: ['a', 'b'] } },
    ],
  ])('%s breaks code, and no request', async (_, before, after) => {
    const [change, ...others] = breaking(await compare(query(before), query(after)));
    expect([change?.proof, others]).toEqual([
      { by: 'rule', rule: 'code that sends it no longer compiles, though the text in the request stays' },
      [],
    ]);
  });

  it('a text where only a number is accepted now is a witness, and so are several values where only one is', async () => {
    expect(witnesses(await compare(query(text), query({ type: 'integer' })))).toEqual([expect.any(String)]);
    const list = { type: 'array', items: { type: 'integer' } };
    const [several] = witnesses(await compare(query(list), query({ type: 'integer' })));
    expect((several as number[]).length).toBeGreaterThan(1);
  });

  it('several values that are joined to one text are compared as that text', async () => {
    const list = query(
      { type: 'array', items: { enum: ['a', 'b'] } },
      { style: 'pipeDelimited', explode: false },
    );
    const [change] = breaking(await compare(list, query({ type: 'string', pattern: '^[ab](\\|[ab])*$' })));
    expect(change?.proof?.by).toBe('rule');
    const [refused] = breaking(await compare(list, query({ type: 'string', pattern: '^[ab](,[ab])*$' })));
    expect(refused?.proof).toMatchObject({ by: 'witness', witness: { part: 'query tag' } });
  });
});

it('a constant in answers that becomes an enum is told as a new value, which breaks nobody', async () => {
  const changes = await answered(object({ kind: { const: 'a' } }), object({ kind: { enum: ['a', 'b'] } }));
  expect(changes.map(({ impact, message }) => [impact, message.replace(/.*: /, '')])).toEqual([
    ['compatible', 'new value "b"'],
  ]);
});

describe('a union of objects that name the same member', () => {
  const kind = (name: string) => object({ kind: { const: name } }, { required: ['kind'] });
  const [one, two] = [{ oneOf: [kind('bed')] }, { oneOf: [kind('bed'), kind('desk')] }];

  it('is shown by a value of the alternative that was added or removed', async () => {
    expect(witnesses(await answered(one, two))).toEqual([{ kind: 'desk' }]);
    expect(witnesses(await sent(two, one))).toEqual([{ kind: 'desk' }]);
  });

  it('is not breaking where a new alternative fits only those who sent unknown members', async () => {
    const named = (name: string) => object({ [name]: text }, { required: [name] });
    expect(breaking(await sent({ oneOf: [named('a')] }, { oneOf: [named('a'), named('b')] }))).toEqual([]);
  });
});

describe('a value that fits two branches of a oneOf is refused', () => {
  const named = (more: JsonObject) => object({ a: { type: 'string', ...more } }, { required: ['a'] });
  const numbers = { anyOf: [{ type: 'integer' }, { type: 'boolean' }] };
  const amongMany = (more: JsonObject) =>
    object(
      { a: text, b: { enum: ['a', 'b'] }, c: { type: 'integer', minimum: -2, multipleOf: 2, ...more } },
      { patternProperties: { '^x': { const: 'k' } }, not: { required: ['a', 'b'] } },
    );

  /** A text, or a longer one that begins so, or one that begins with an `x`. */
  const besideFew = (more: JsonObject) => ({
    oneOf: [
      {
        oneOf: [
          { ...text, maxLength: 5, format: 'uuid' },
          { ...text, minLength: 600, pattern: '^zq' },
        ],
      },
      { ...text, minLength: 1, pattern: '\\S', ...more },
      {
        anyOf: [
          { ...text, pattern: '^x' },
          { ...text, format: 'uri', maxLength: 2 },
        ],
      },
    ],
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['what became one of two', object({ a: text }), { oneOf: [named({}), {}] }],
    ['a branch that grew', { oneOf: [named({ pattern: 'b' }), {}] }, { oneOf: [named({}), {}] }],
    [
      'a branch of a field that grew',
      object({ b: { oneOf: [named({ maxLength: 2 }), {}] } }),
      object({ b: { oneOf: [named({}), {}] } }),
    ],
    [
      'a branch one of whose many fields grew',
      { oneOf: [amongMany({ maximum: 8 }), {}, { type: 'string' }] },
      { oneOf: [amongMany({}), {}, { type: 'string' }] },
    ],
    [
      'a text that grew beside another with a bound',
      { oneOf: [named({ pattern: '^[b-f]+$', maxLength: 20 }), named({ minLength: 21 })] },
      { oneOf: [named({ pattern: '^[b-f]+$' }), named({ minLength: 21 })] },
    ],
    [
      'a text of a pattern that fits two now, and is too long for what fits it otherwise',
      { anyOf: [{ oneOf: [{ enum: ['a'] }, { pattern: '^x' }] }, { type: 'string', maxLength: 5 }] },
      { anyOf: [{ oneOf: [{ type: 'string' }, { pattern: '^x' }] }, { type: 'string', maxLength: 5 }] },
    ],
    [
      'a text that grew beside one that few texts fit',
      object({ note: besideFew({ maxLength: 900 }) }),
      object({ note: besideFew({}) }),
    ],
    ['a long text that grew', { oneOf: [named({ maxLength: 8000 }), {}] }, { oneOf: [named({}), {}] }],
    [
      'any that became one',
      { anyOf: [numbers, { type: 'number' }] },
      { oneOf: [numbers, { type: 'number' }] },
    ],
  ])('%s', async (_, before, after) => {
    expect(witnesses(await sent(before, after))).not.toEqual([]);
  });

  it('no value is refused where the branches of a oneOf stay apart', async () => {
    const kinds = (most: number) => ({
      oneOf: ['bed', 'desk'].map((kind) =>
        object({ kind: { const: kind }, name: { type: 'string', maxLength: most } }, { required: ['kind'] }),
      ),
    });
    expect(breaking(await sent(kinds(5), kinds(9)))).toEqual([]);
  });
});

it('to drop a bound on very long texts is breaking only where the pattern beside it allows longer ones', async () => {
  const texts = (more: JsonObject) => object({ name: { type: 'string', ...more } });
  const far = (pattern: string) => answered(texts({ pattern, maxLength: 60_000 }), texts({ pattern }));
  expect(breaking(await far('^[ab]+$'))).toHaveLength(1);
  expect(breaking(await far('^[ab]{2,9}$'))).toEqual([]);
});

/** An object that wants `c` where the condition holds. */
const wantsC = (condition: object) =>
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  object({ a: {}, c: {} }, { if: condition, then: { required: ['c'] } });

it.each([
  ['a condition that always holds', 'if changed', wantsC({ required: ['a'] }), wantsC({})],
  [
    'a text of a format below a bound',
    'no longer allows string',
    {
      anyOf: [
        { type: 'string', format: 'email', maxLength: 8 },
        { type: 'string', maxLength: 3 },
      ],
    },
    { anyOf: [{ type: 'number' }, { type: 'string', maxLength: 3 }] },
  ],
  [
    'a text of a format above a bound',
    'minLength 80 → 100',
    { type: 'string', format: 'uri', minLength: 80 },
    { type: 'string', format: 'uri', minLength: 100 },
  ],
  [
    'a text of a format that a pattern allows, too',
    'no longer allows string (uuid)',
    { anyOf: [{ type: 'string', format: 'uuid', pattern: '\\S' }, { type: 'integer' }] },
    { anyOf: [{ type: 'boolean' }, { type: 'integer' }] },
  ],
  [
    'a null that is forbidden where it stands',
    'type ["null","string"] → "string"',
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    { anyOf: [{ type: 'string' }, { type: 'null', not: {} }] },
  ],
  [
    'a null that is one of several kinds',
    'no longer allows boolean',
    { anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'null' }] },
    { type: ['string', 'null'] },
  ],
  [
    'a text of a pattern that holds anywhere',
    'maxLength 5 → 4',
    { type: 'string', pattern: 'b', minLength: 4, maxLength: 5 },
    { type: 'string', pattern: 'b', minLength: 4, maxLength: 4 },
  ],
  [
    'an object that has enough without a member',
    'required gains "b"',
    object({ a: text, b: text, c: text }, { minProperties: 2, dependentSchemas: { a: { required: ['x'] } } }),
    object(
      { a: text, b: text, c: text },
      { minProperties: 2, dependentSchemas: { a: { required: ['x'] } }, required: ['b'] },
    ),
  ],
  [
    'a blank text',
    'pattern "\\\\S" added',
    { type: 'string', minLength: 1 },
    { type: 'string', minLength: 1, pattern: '\\S' },
  ],
  [
    'an item of any kind, of which there are too many',
    'contains changed',
    { type: 'array', contains: { const: 'k' }, maxContains: 2 },
    { type: 'array', contains: {}, maxContains: 2 },
  ],
])('%s is found by a witness', async (_, message, before, after) => {
  const [change, ...others] = breaking(await sent(before, after));
  expect(change?.message).toContain(message);
  expect([change?.proof?.by, others]).toEqual(['witness', []]);
});

it('an answer that may now be an object is breaking where it was a text, but not where it was an address', async () => {
  const changes = await answered(
    object({ view: text }),
    object({ view: { anyOf: [text, object({ a: text })] } }),
  );
  expect(breaking(changes).map(({ message }) => message)).toEqual([
    expect.stringContaining('view: allows object, too'),
  ]);
  const address = { type: 'string', format: 'uri' };
  const expanded = { anyOf: [address, object({ a: text })] };
  expect(breaking(await answered(object({ view: address }), object({ view: expanded })))).toEqual([]);
});

it('that nothing breaks is said only after 200 tries, however rarely a value fits', async () => {
  const long = { oneOf: [{ type: 'string', maxLength: 7 }, { type: 'string' }] };
  const changes = await sent({ anyOf: [long, { type: 'null' }] }, {});
  expect(changes.length).toBeGreaterThan(0);
  for (const { impact, proof } of changes)
    expect([impact, proof]).toEqual(['compatible', { by: 'tries', tries: 200 }]);
});

it.each([
  ['of a GET', 'get', { content: json(object({})) }],
  ['without a media type', 'post', { content: {} }],
])('a body %s, which nobody sends, counts as no body', async (_, method, requestBody) => {
  const documentOf = (operation: JsonObject): OpenApiDocument => ({
    openapi: '3.1.0',
    info: { title: 'Hotel', version: '1' },
    paths: { '/rooms': { [method]: { operationId: 'rooms', responses: {}, ...operation } } },
  });
  expect(await compareDocuments(documentOf({ requestBody }), documentOf({}))).toEqual([]);
});

describe('the same meaning written in another way is no change', () => {
  const tag = { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } };
  const floor = { name: 'X-Floor', in: 'header', schema: { type: 'integer' } };
  const bed = object({ width: { type: 'integer' } });

  it.each<[string, Parts, Parts]>([
    ['a parameter that moves to its path', {}, { parameters: [], item: { parameters: [roomId] } }],
    [
      "a parameter of the path that the operation's own replaces",
      { parameters: [roomId, tag] },
      { parameters: [roomId, tag], item: { parameters: [{ ...tag, schema: { type: 'integer' } }] } },
    ],
    [
      'a parameter that becomes a component, and one with another name',
      { parameters: [ref('Room', 'parameters'), tag], components: { parameters: { Room: roomId } } },
      {
        parameters: [ref('room-id', 'parameters'), ref('tag', 'parameters')],
        components: { parameters: { 'room-id': roomId, tag } },
      },
    ],
    [
      'a style that is the default',
      { parameters: [roomId, tag] },
      { parameters: [roomId, { ...tag, style: 'form', explode: true, required: false }] },
    ],
    [
      'headers that no document can ask for or promise',
      {
        parameters: [
          roomId,
          ...['Host', 'Authorization', 'TE'].map((name) => ({ ...floor, name, required: true })),
        ],
        response: { description: 'The room.', headers: { Trailer: { required: true, schema: {} } } },
      },
      { response: { description: 'The room.', headers: { 'Content-Encoding': { schema: {} } } } },
    ],
    [
      'the case of a header',
      { parameters: [roomId, floor] },
      { parameters: [roomId, { ...floor, name: 'x-floor' }] },
    ],
    [
      'the encoding that JSON always has',
      { response: { description: 'The room.', content: json(bed) } },
      {
        response: {
          description: 'The room.',
          content: { 'application/json; charset=UTF-8': { schema: bed } },
        },
      },
    ],
    [
      'the case and spaces of a media type',
      { requestBody: { content: { 'application/merge-patch+json; charset=utf-8': { schema: bed } } } },
      { requestBody: { content: { 'Application/Merge-Patch+JSON;charset=utf-8': { schema: bed } } } },
    ],
    ['lists without members', { answer: bed }, { answer: { ...bed, required: [] } }],
    [
      'bounds that bound nothing',
      { body: object({ name: { type: 'string' } }) },
      { body: { ...object({ name: { type: 'string', minLength: 0 } }), additionalProperties: true } },
    ],
    [
      'a bound of another type',
      { body: bed },
      { body: object({ width: { type: 'integer', maxLength: 3 } }) },
    ],
    ['an allOf of one', { body: bed }, { body: { allOf: [bed] } }],
    ['a oneOf of one', { answer: bed }, { answer: { oneOf: [bed] } }],
    ['an anyOf of one', { answer: { anyOf: [bed] } }, { answer: bed }],
    [
      'a reference that is written out',
      { answer: ref('Bed'), components: { schemas: { Bed: bed } } },
      { answer: bed, components: { schemas: { Bed: bed } } },
    ],
    [
      'a reference by way of another',
      { answer: ref('Bed'), components: { schemas: { Bed: bed, Alias: ref('Bed') } } },
      { answer: ref('Alias'), components: { schemas: { Bed: bed, Alias: ref('Bed') } } },
    ],
    [
      'more than 0 of integers, and at least 1',
      { body: object({ beds: { type: 'integer', exclusiveMinimum: 0 } }) },
      { body: object({ beds: { type: 'integer', minimum: 1 } }) },
    ],
    [
      'null by a list of types, and by a union',
      { answer: object({ view: { type: ['string', 'null'] } }) },
      { answer: object({ view: { anyOf: [{ type: 'null' }, { type: 'string' }] } }) },
    ],
    [
      'an allOf that is written as one object',
      { body: { allOf: [bed, object({ soft: { type: 'boolean' } }, { required: ['soft'] })] } },
      { body: object({ width: { type: 'integer' }, soft: { type: 'boolean' } }, { required: ['soft'] }) },
    ],
  ])('%s', async (_, before, after) => {
    expect(await compare(before, after)).toEqual([]);
    expect(await compare(after, before)).toEqual([]);
  });
});

describe('a request that was right and is refused now is shown', () => {
  const text = { type: 'string' };
  const room = object({ beds: { type: 'integer' }, view: text });
  const withView = (schema: JsonObject) => object({ beds: { type: 'integer' }, view: schema });

  it.each<[string, JsonObject, JsonObject, (value: unknown) => boolean]>([
    ['dependentRequired', room, { ...room, dependentRequired: { beds: ['view'] } }, (v) => !has(v, 'view')],
    [
      'dependentSchemas',
      room,
      { ...room, dependentSchemas: { beds: { properties: { beds: { minimum: 1 } }, required: ['view'] } } },
      (v) => has(v, 'beds'),
    ],
    [
      'patternProperties',
      room,
      { ...room, patternProperties: { '^x-': { type: 'integer' } } },
      (v) => hasLike(v, /^x-/),
    ],
    [
      'additionalProperties',
      room,
      { ...room, additionalProperties: false },
      (v) => hasLike(v, /^(?!beds$|view$)/),
    ],
    ['propertyNames', room, { ...room, propertyNames: { pattern: '^[bv]' } }, (v) => hasLike(v, /^[^bv]/)],
    ['not', room, { ...room, not: { required: ['beds', 'view'] } }, (v) => has(v, 'beds') && has(v, 'view')],
    [
      'if and then',
      room,
      {
        ...room,
        if: { properties: { beds: { const: 7 } }, required: ['beds'] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
        then: { required: ['view'] },
      },
      (v) => (v as JsonObject).beds === 7 && !has(v, 'view'),
    ],
    ['a bound', withView(text), withView({ ...text, maxLength: 3 }), (v) => String(viewOf(v)).length > 3],
    ['an enum', withView(text), withView({ enum: ['sea', 'hill'] }), (v) => has(v, 'view')],
    [
      'a value less',
      withView({ enum: ['sea', 'hill'] }),
      withView({ enum: ['sea'] }),
      (v) => viewOf(v) === 'hill',
    ],
    [
      'a pattern',
      withView(text),
      withView({ ...text, pattern: '^[a-z]+$' }),
      (v) => !/^[a-z]+$/.test(String(viewOf(v))),
    ],
    ['a format', withView(text), withView({ ...text, format: 'date' }), (v) => has(v, 'view')],
    ['a constant', withView(text), withView({ const: 'sea' }), (v) => viewOf(v) !== 'sea'],
    [
      'a multiple',
      withView({ type: 'number' }),
      withView({ type: 'number', multipleOf: 0.5 }),
      (v) => has(v, 'view'),
    ],
    ['items', withView({ type: 'array' }), withView({ type: 'array', items: text }), (v) => has(v, 'view')],
    [
      'uniqueItems',
      withView({ type: 'array', items: text }),
      withView({ type: 'array', items: text, uniqueItems: true }),
      (v) => has(v, 'view'),
    ],
    [
      'contains',
      withView({ type: 'array', items: text }),
      withView({ type: 'array', items: text, contains: { const: 'sea' } }),
      (v) => has(v, 'view'),
    ],
    ['a member that must come', room, { ...room, required: ['beds'] }, (v) => !has(v, 'beds')],
  ])('%s', async (_, before, after, fits) => {
    const changes = await sent(before, after);
    expect(witnesses(changes)).toEqual([expect.toSatisfy(fits)]);
    const back = await sent(after, before);
    expect(back.filter(({ impact }) => impact !== 'compatible')).toEqual([]);
    expect(back).toContainEqual(
      expect.objectContaining({ proof: { by: 'tries', tries: expect.toSatisfy((n) => n >= 200) } }),
    );
  });

  it('the witness has the request line, the part that is refused, and what the new document says', async () => {
    const [change] = await sent(room, { ...room, dependentRequired: { beds: ['view'] } });
    expect(change?.proof).toMatchObject({
      by: 'witness',
      witness: {
        message: expect.stringMatching(/^PATCH \/rooms\/[^{}/]+$/),
        part: 'body',
        value: { beds: expect.any(Number) },
        refusal: 'must have property view when property beds is present',
      },
    });
  });

  it('a change is found however deep it is, through references and lists', async () => {
    const components = (max?: number) => ({
      schemas: {
        Guest: object({
          friends: { type: 'array', items: ref('Guest') },
          age: { type: 'integer', ...(max && { maximum: max }) },
        }),
      },
    });
    const body = object({
      stays: { type: 'array', items: object({ guest: { oneOf: [{ type: 'null' }, ref('Guest')] } }) },
    });
    const changes = await compare({ body, components: components() }, { body, components: components(120) });
    expect(changes).toMatchObject([
      { message: 'Guest.age: maximum 120 added', methods: ['rooms.update'], types: ['Guest'] },
    ]);
    expect(witnesses(changes)).toEqual([
      { stays: [{ guest: { age: expect.toSatisfy((age) => age > 120) } }] },
    ]);
  });

  it('a branch that accepts more makes two branches of a oneOf fit, which is shown', async () => {
    const cat = object({ kind: { type: 'string' } }, { required: ['kind'] });
    const dog = (required: string[]) => object({ tail: { type: 'integer' } }, { required });
    const changes = await sent({ oneOf: [cat, dog(['tail', 'name'])] }, { oneOf: [cat, dog(['tail'])] });
    expect(breaking(changes)).toHaveLength(1);
    expect(witnesses(changes)).toEqual([
      expect.toSatisfy((v) => has(v, 'kind') && has(v, 'tail') && !has(v, 'name')),
    ]);
  });

  it('nothing is shown where something beside the change makes up for it', async () => {
    const year = (schema: JsonObject) => object({ year: schema });
    const moved = await sent(
      { allOf: [year({ type: 'integer' }), year({ minimum: 1900 })] },
      { allOf: [year({ type: 'integer', minimum: 1900 }), year({})] },
    );
    expect(moved).toEqual([]);
    const masked = await sent(
      { anyOf: [year({ type: 'integer' }), object({})] },
      { anyOf: [year({ type: 'integer', minimum: 1900 }), object({})] },
    );
    expect(breaking(masked)).toEqual([]);
  });
});

describe('an answer that no reader expects is shown', () => {
  const text = { type: 'string' };

  it('a field that may newly be null is shown as null', async () => {
    const changes = await answered(object({ view: text }), object({ view: { type: ['string', 'null'] } }));
    expect(witnesses(changes)).toEqual([{ view: null }]);
  });

  it('a field that always came and may now be left out is shown by leaving it out', async () => {
    const room = object({ view: text }, { required: ['view'] });
    expect(witnesses(await answered(room, object({ view: text })))).toEqual([{}]);
    expect(witnesses(await answered(room, object({})))).toEqual([{}]);
  });

  it('a new value of an enum, a new field, and an object that is open now break nobody', async () => {
    const room = (values: string[], more: JsonObject = {}) =>
      object({ view: { enum: values }, ...more }, { additionalProperties: false });
    expect(await answered(room(['sea']), room(['sea', 'hill']))).toMatchObject([
      { impact: 'compatible', message: expect.stringMatching(/: new value "hill"$/), proof: { by: 'tries' } },
    ]);
    expect(breaking(await answered(room(['sea']), room(['sea'], { beds: { type: 'integer' } })))).toEqual([]);
    expect(breaking(await answered(room(['sea']), { ...room(['sea']), additionalProperties: true }))).toEqual(
      [],
    );
  });

  it('where the items of a list get a second part, only what came with that part is new', async () => {
    const list = (items: JsonObject) => ({
      allOf: [object({ data: { type: 'array' } }), object({ data: { type: 'array', items } })],
    });
    const bed = object({ id: text }, { required: ['id'] });
    const changes = await answered(list(bed), list({ allOf: [bed, object({ links: text })] }));
    expect(changes).toMatchObject([
      { impact: 'compatible', message: expect.stringMatching(/data\.items\.links added$/) },
    ]);
  });
});

describe('a field marked readOnly or writeOnly', () => {
  const room = object({ id: { type: 'string', readOnly: true }, pin: { type: 'string', writeOnly: true } });
  const both = { ...room, required: ['id', 'pin'] };

  it('is left out of the messages of the other direction', async () => {
    expect(breaking(await sent(room, { ...room, required: ['id'] }))).toEqual([]);
    expect(breaking(await answered(both, { ...both, required: ['id'] }))).toEqual([]);
    expect(witnesses(await answered(both, { ...both, required: ['pin'] }))).toEqual([{}]);
    expect(witnesses(await sent(room, { ...room, required: ['pin'] }))).toEqual([{}]);
  });

  it('breaks requests by rule once it is marked readOnly', async () => {
    const [change] = await sent(
      object({ id: { type: 'string' } }),
      object({ id: { type: 'string', readOnly: true } }),
    );
    expect(change).toMatchObject({
      impact: 'breaking',
      message: expect.stringMatching(/\.id: readOnly true added$/),
      proof: { by: 'rule', rule: 'no request has it any more' },
    });
  });
});

describe('what no message can show is breaking by rule', () => {
  it.each<[string, Parts, Parts, RegExp]>([
    ['a field that may be left out', { answer: object({ view: {} }) }, {}, /\.view removed$/],
    [
      'a parameter',
      { parameters: [roomId, { name: 'q', in: 'query', schema: {} }] },
      {},
      /parameter q removed$/,
    ],
    [
      'a list that is sent in another form',
      { parameters: [roomId, { name: 'q', in: 'query', schema: { type: 'array' } }] },
      { parameters: [roomId, { name: 'q', in: 'query', explode: false, schema: { type: 'array' } }] },
      /parameter q: sent as form, exploded → form$/,
    ],
  ])('%s', async (_, before, after, message) => {
    expect(breaking(await compare(before, after))).toMatchObject([
      { message: expect.stringMatching(message), proof: { by: 'rule' } },
    ]);
  });

  it('an operation that is gone and a method that is renamed are breaking', async () => {
    const before = hotel({});
    const { '/rooms/{room_id}': item = {}, ...none } = before.paths;
    const moved = { ...before, paths: { '/suites/{suite_id}': renamedParameter(item) } };
    expect(breaking(await compareDocuments(before, { ...before, paths: none }))).toMatchObject([
      { message: 'Method rooms.update() is gone, with PATCH /rooms/{room_id}', proof: { by: 'rule' } },
    ]);
    expect(breaking(await compareDocuments(before, moved as OpenApiDocument))).toMatchObject([
      {
        message: 'Method rooms.update() is gone: it is now suites.update(), PATCH /suites/{suite_id}',
        proof: { by: 'rule' },
      },
    ]);
  });
});

describe('renames', () => {
  const bed = object({ width: { type: 'integer' }, length: { type: 'integer' }, soft: { type: 'boolean' } });

  it('a renamed schema is recognised by what it is made of', async () => {
    const before = { answer: ref('Bed'), components: { schemas: { Bed: bed } } };
    const grown = object({ ...bed.properties, height: { type: 'integer' } });
    const after = { answer: ref('Couch'), components: { schemas: { Couch: grown } } };
    expect((await compare(before, after)).map(({ message }) => message)).toEqual([
      'Schema Couch was "Bed": renamed',
      'Couch.height added',
    ]);
  });

  it('a schema of another make is not taken for a renamed one', async () => {
    const before = { answer: ref('Bed'), components: { schemas: { Bed: bed } } };
    const bill = object({ total: { type: 'number' }, paid: { type: 'boolean' }, due: { type: 'string' } });
    const messages = (
      await compare(before, { answer: ref('Bill'), components: { schemas: { Bill: bill } } })
    ).map(({ message }) => message);
    expect(messages).toContain('Schema Bed removed');
    expect(messages.filter((message) => message.endsWith('renamed'))).toEqual([]);
  });

  it('a renamed field is recognised where its new name resembles the old one', async () => {
    const one = object({ beds: { type: 'array', items: bed } });
    const renamed = object({ room_beds: { type: 'array', items: bed } });
    expect((await answered(one, renamed)).map(({ message }) => message)).toEqual([
      'PATCH /rooms/{room_id} › responses.200.application/json.room_beds was "beds": renamed',
    ]);
    const other = object({ chairs: { type: 'integer' } });
    expect((await answered(one, other)).map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining('renamed'),
    );
  });
});

function has(value: unknown, name: string): boolean {
  return Object.hasOwn(value as object, name);
}

function hasLike(value: unknown, pattern: RegExp): boolean {
  return Object.keys(value as object).some((name) => pattern.test(name));
}

function viewOf(value: unknown): unknown {
  return (value as JsonObject).view;
}

function renamedParameter(item: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(item).replaceAll('room_id', 'suite_id'));
}

it('to remove a way to sign in, or to ask more of it, is breaking; to add one is not', async () => {
  const securitySchemes = {
    pass: { type: 'http', scheme: 'basic' },
    key: { type: 'apiKey', in: 'header', name: 'Key' },
  };
  const either = { components: { securitySchemes }, security: [{ pass: [] }, { key: [] }] };
  const told = async (before: Parts, after: Parts) =>
    (await compare(before, after)).map(({ impact, message }) => `${impact} ${message}`);
  const only = { ...either, security: [{ key: [] }] };
  expect(await told(either, only)).toEqual(['breaking rooms.update() no longer takes pass']);
  expect(await told(only, either)).toEqual(['compatible rooms.update() also takes pass']);
  const both = { ...either, security: [{ pass: [], key: [] }] };
  expect(await told(only, both)).toEqual(['breaking rooms.update() no longer takes key']);
  const renamed = {
    components: { securitySchemes: { ...securitySchemes, Key: securitySchemes.key } },
    security: [{ Key: [] }],
  };
  expect(await told(renamed, { ...renamed, security: [{ key: [] }] })).toEqual([]);
});

it('a way to sign in that no operation asks for, or that is renamed, breaks nobody', async () => {
  const key = { type: 'apiKey', in: 'header', name: 'Key' };
  const pass = { type: 'http', scheme: 'basic' };
  const both = { components: { securitySchemes: { key, pass } }, security: [{ key: [], pass: [] }] };
  const one = { components: { securitySchemes: { key } }, security: [{ key: [] }] };
  const other = { components: { securitySchemes: { other: key } }, security: [{ other: [] }] };
  expect(breaking(await compare(both, one))).toEqual([]);
  expect(breaking(await compare(one, other))).toEqual([]);
  const dangling = { components: { securitySchemes: {} }, security: [{ key: [] }] };
  expect(breaking(await compare(one, dangling)).map(({ message }) => message)).toContain(
    'Security scheme key removed',
  );
});

it('the bounds of a number format are compared, and a tuple without further items is a list of that length', async () => {
  const count = (format: string) => object({ count: { type: 'integer', format } });
  const wider = await compare({ answer: count('int32') }, { answer: count('int64') });
  expect(wider).toMatchObject([{ impact: 'breaking', proof: { by: 'witness' } }]);
  expect(breaking(await compare({ body: count('int32') }, { body: count('int64') }))).toEqual([]);
  const pair = { type: 'array', prefixItems: [{ type: 'string' }] };
  const ending = object({ list: { ...pair, items: false } });
  const bounded = object({ list: { ...pair, maxItems: 1 } });
  expect(await compare({ body: ending, answer: ending }, { body: bounded, answer: bounded })).toEqual([]);
});

it('a text that one of two patterns matches and the other refuses is found, however rare it is', async () => {
  const text = (pattern: string) => ({ type: 'string', minLength: 4, pattern });
  const [change] = await compare({ answer: text('b') }, { answer: text('^[ab]+$') });
  expect(change).toMatchObject({ impact: 'breaking', proof: { by: 'witness' } });
});

it.each([
  ['looks ahead', { pattern: '^(?!0)\\d{1,19}$' }, { pattern: '^(?!0)\\d{1,10}$' }],
  [
    'looks ahead and behind',
    { pattern: '^(?=.*\\d)[a-z\\d]{2,30}(?<!(x|y))$' },
    { pattern: '^(?=.*\\d)[a-z\\d]{2,9}(?<!(x|y))$' },
  ],
  ['a uuid, now in small letters', { format: 'uuid' }, { format: 'uuid', pattern: '^[0-9a-f-]+$' }],
  [
    'a uuid, now of one version',
    { format: 'uuid' },
    { format: 'uuid', pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4' },
  ],
  ['an e-mail address, now in small letters', { format: 'email' }, { format: 'email', pattern: '^[^A-Z]+$' }],
])(
  'a text that is refused now is found also for patterns and formats that are hard to make: %s',
  async (_, before, after) => {
    const text = (more: JsonObject) => ({ body: object({ code: { type: 'string', ...more } }) });
    const [change] = await compare(text(before), text(after));
    expect(change).toMatchObject({ impact: 'breaking', proof: { by: 'witness' } });
    expect(breaking(await compare(text(after), text(before)))).toEqual([]);
  },
);

it('operations whose paths differ only by the names of parameters are each compared with their own', async () => {
  const twice = hotel({});
  const other = { ...roomId, name: 'suite_id' };
  const { patch } = structuredClone(twice.paths['/rooms/{room_id}']) as { patch: JsonObject };
  twice.paths['/rooms/{suite_id}'] = { patch: { ...patch, operationId: 'patch-suite', parameters: [other] } };
  expect(await compareDocuments(twice, structuredClone(twice))).toEqual([]);
});

it('a server is the same however its address is written', async () => {
  const at = (servers: unknown[]) => ({ ...hotel({}), servers });
  const plain = at([{ url: 'https://hotel.example/v1' }]);
  const host = { default: 'hotel.example' };
  const variable = at([{ url: 'https://{host}/v1/', variables: { host } }]);
  expect(breaking(await compareDocuments(plain, variable))).toEqual([]);
  expect(breaking(await compareDocuments(variable, plain))).toEqual([]);
});

it('a nullable schema is the same however many parts it is written in', async () => {
  const Bed = object({ width: { type: 'integer' } });
  const bed = object({ bed: { oneOf: [ref('Bed'), { type: 'null' }] } });
  const of = (schema: JsonObject) => ({ body: bed, answer: bed, components: { schemas: { Bed: schema } } });
  expect(await compare(of(Bed), of({ allOf: [Bed] }))).toEqual([]);
  expect(await compare(of({ allOf: [Bed] }), of(Bed))).toEqual([]);
});

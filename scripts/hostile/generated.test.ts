import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { DocumentError, parseOpenApi } from '../../src/document/index.js';
import { generate } from '../generate/generate.js';
import { TEXTS } from './texts.js';

/** What would run, if it got out of the comment or the text that it stands in. */
const RUN = 'globalThis.owned=1';

const ATTACKS: readonly (readonly [name: string, text: string])[] = [
  // Half a character can't be told in the address of a schema: see below.
  ...TEXTS.filter(([, text]) => !/\p{Cs}/u.test(text)),
  ['the end of a comment', `*/ ${RUN}; /*`],
  ['the end of a comment, split by a line', `*\n/ ${RUN}; /*`],
  ['the end of a comment behind stars', `**/ ${RUN} /**`],
  ['the end of a comment, split by what is not shown', `*\u200b/ ${RUN}; /*`],
  ['the end of a comment behind a backslash', `*\\/ ${RUN}; /*`],
  ['the end of a text', `'; ${RUN}; '`],
  ['the end of a text in double quotes', `"; ${RUN}; "`],
  ['the end of a text behind a backslash', `\\'; ${RUN}; //`],
  ['a backslash at the end', 'x\\'],
  ['the end of a template', `\`; ${RUN}; \``],
  ['a place in a template', `\${${RUN}}`],
  ['the end of an interface', `x: 1 } ${RUN}; {`],
  ['the end of a type', `]; ${RUN}; type y = x[`],
  ['the end of a regular expression', `/; ${RUN}; /`],
  ['the end of a line', `x\n${RUN}\n`],
  ['the end of a line for JavaScript alone', `x\u2028${RUN}\u2029`],
  ['an escape of a line', `\\u000a${RUN}`],
  ['a comment of HTML', `<!-- ${RUN}`],
  ['the end of a script', `</script><script>${RUN}</script>`],
  ['a directive', '@ts-nocheck'],
  ['a reference', '/ <reference path="/etc/passwd" />'],
  ['a map', '//# sourceMappingURL=https://evil.example/x'],
  ['a name of the prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['a prototype', 'prototype'],
  ['a method of every object', 'toString'],
  ['a promise', 'then'],
  ['a keyword', 'class'],
  ['nothing', ''],
  ['a space', ' '],
  ['a number', '1e999'],
  ['many words', 'word '.repeat(400)],
  ['a long word', 'x'.repeat(4_000)],
];

/** In a path, `/`, `{` and `}` have a meaning, and `?` and `#` would end it. */
const segment = (text: string) =>
  text.replace(/[/{}]/g, '_').slice(0, 300).replace(/[?#]/g, encodeURIComponent) || '_';
const escaped = (text: string) => text.slice(0, 300).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
/** Members by name, `__proto__` too. */
const own = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(entries);

/** A document that says each of these texts wherever it may say a text. */
function documentOf(texts: readonly string[]) {
  const texted = (text: string, at: number, more = {}) => ({
    type: 'object',
    title: text,
    description: text,
    required: [text],
    properties: own([
      [
        text,
        { type: 'string', description: text, enum: [text, `${text}2`], default: text, examples: [text] },
      ],
      ['pattern', { type: 'string', pattern: escaped(text), format: text }],
      ['other', { const: text }],
      ['link', { $ref: `#/components/schemas/S${(at + 1) % texts.length}` }],
    ]),
    ...more,
  });
  const json = (schema: object) => ({ 'application/json': { schema } });
  const operation = (text: string, at: number) => ({
    operationId: `${text} ${at}`,
    summary: text,
    description: text,
    tags: [text],
    deprecated: true,
    security: [{ oauth: [text] }],
    parameters: [
      { name: `q${text}`, in: 'query', description: text, schema: { type: 'string', enum: [text] } },
      {
        name: 'id',
        in: 'path',
        required: true,
        description: text,
        schema: { type: 'string', pattern: text.slice(0, 100) },
      },
      ...(/^[\w-]+$/.test(text)
        ? [{ name: `X-${text.slice(0, 50)}`, in: 'header', schema: { type: 'string' } }]
        : []),
    ],
    requestBody: { description: text, content: json({ $ref: `#/components/schemas/S${at}` }) },
    responses: {
      200: {
        description: text,
        content: json({ type: 'array', items: { $ref: `#/components/schemas/S${at}` } }),
      },
      404: {
        description: text,
        content: {
          [`application/x${at}+json; x="${text.slice(0, 100)}"`]: {
            schema: { $ref: `#/components/schemas/S${at}` },
          },
        },
      },
    },
  });
  return {
    openapi: '3.1.0',
    info: { title: texts.join(' '), version: texts[0], description: texts.join('\n') },
    servers: texts.map((text) => ({
      url: `https://x.example/${encodeURIComponent(segment(text))}`,
      description: text,
    })),
    paths: own(texts.map((text, at) => [`/p${at}/${segment(text)}/{id}`, { post: operation(text, at) }])),
    webhooks: own(
      texts.map((text, at) => [
        `${text} ${at}`,
        {
          post: {
            summary: text,
            description: text,
            requestBody: { content: json({ $ref: `#/components/schemas/S${at}` }) },
            responses: {},
          },
        },
      ]),
    ),
    components: {
      schemas: own([
        ...texts.map((text, at) => [`S${at}`, texted(text, at)] as const),
        ...texts.map((text) => [text, { type: 'string', description: text }] as const),
      ]),
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: 'https://x.example/t',
              scopes: own(texts.map((text) => [text, text])),
            },
          },
        },
      },
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

/** Nodes of code that does something when it is loaded. */
const RUNS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.TaggedTemplateExpression,
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ClassDeclaration,
]);

/** What of a file does more than to declare. */
function running(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false);
  const found = (file as unknown as { parseDiagnostics: ts.Diagnostic[] }).parseDiagnostics.map(
    ({ messageText, start }) =>
      `${ts.flattenDiagnosticMessageText(messageText, ' ')}: ${text.slice((start ?? 0) - 60, (start ?? 0) + 60)}`,
  );
  const look = (node: ts.Node): void => {
    if (RUNS.has(node.kind)) found.push(text.slice(node.pos, node.end).slice(0, 200));
    ts.forEachChild(node, look);
  };
  look(file);
  return found.slice(0, 5);
}

describe('what is generated from a document of attacks', () => {
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => {
    files = await generate(parseOpenApi(JSON.stringify(documentOf(ATTACKS.map(([, text]) => text)))));
  });

  it('is of TypeScript that declares, and runs nothing', () => {
    const code = [...files].filter(([name]) => name.endsWith('.ts'));
    expect(code.length).toBeGreaterThan(5);
    for (const [name, text] of code) expect(running(name, text), name).toEqual([]);
  });

  it('holds no character that hides or turns what a reader sees', () => {
    for (const [name, text] of files) expect(ACTIVE.exec(text)?.index ?? 'none', name).toBe('none');
  });

  it('gives validators that load, and do nothing else', async () => {
    const module = {} as {
      validators: Record<string, Record<string, Record<string, (body: unknown) => boolean>>>;
    };
    const text = files.get('validators.js') ?? '';
    const { code } = await transform(text, { format: 'cjs', loader: 'js' });
    const globals: Record<string, unknown> = { module: { exports: module } };
    runInNewContext(code, globals);
    expect(globals.owned).toBeUndefined();
    const { validators } = (globals.module as { exports: typeof module }).exports;
    expect(Object.keys(validators)).toHaveLength(ATTACKS.length);
  });

  it('says every name as the document does', async () => {
    const { code } = await transform(files.get('commands.ts') ?? '', { format: 'cjs', loader: 'ts' });
    const globals: Record<string, unknown> = { module: { exports: {} } };
    runInNewContext(code, globals);
    expect(globals.owned).toBeUndefined();
    const { commands } = (
      globals.module as { exports: { commands: Record<string, { params: { name: string }[] }> } }
    ).exports;
    for (const [at, [name, text]] of ATTACKS.entries())
      expect(commands[`${text} ${at}`]?.params[0]?.name, name).toBe(`q${text}`);
  });
});

describe('a name of the prototype', () => {
  it('is a name like any other', async () => {
    const schema = { type: 'object', properties: own([['__proto__', { type: 'integer' }]]) };
    const document = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/__proto__': {
          get: {
            operationId: '__proto__',
            parameters: [
              {
                name: '__proto__',
                in: 'query',
                style: 'spaceDelimited',
                explode: false,
                schema: { type: 'array', items: { type: 'string' } },
              },
            ],
            responses: { 200: { description: 'x', content: { 'application/json': { schema } } } },
          },
        },
      },
      components: { schemas: own([['__proto__', schema]]) },
    });
    const files = await generate(parseOpenApi(document));
    for (const name of ['operations', 'commands', 'validators']) {
      const { code } = await transform(files.get(`${name}.ts`) ?? files.get(`${name}.js`) ?? '', {
        format: 'cjs',
        loader: 'ts',
      });
      const globals: Record<string, unknown> = { module: { exports: {} } };
      runInNewContext(code, globals);
      const { [name]: table } = (globals.module as { exports: Record<string, object> }).exports;
      expect(Object.keys(table ?? {}), name).toEqual([expect.stringMatching(/proto/)]);
    }
    expect(running('client.ts', files.get('client.ts') ?? '')).toEqual([]);
  });
});

/** Documents of a size that nobody writes. */
const LARGE: readonly (readonly [name: string, schema: object])[] = [
  [
    'thousands of values to choose from',
    { type: 'string', enum: Array.from({ length: 5_000 }, (_, at) => `${at}'*/`) },
  ],
  ['objects in objects, 60 deep', nested(60)],
];

function nested(depth: number): object {
  return depth === 0 ? { type: 'string' } : { type: 'object', properties: { a: nested(depth - 1) } };
}

const documentWith = (schema: object) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/x': {
        get: {
          operationId: 'x',
          responses: { 200: { description: 'x', content: { 'application/json': { schema } } } },
        },
      },
    },
  });

it.each(LARGE)('a document with %s is generated from', async (_, schema) => {
  const files = await generate(parseOpenApi(documentWith(schema)));
  for (const [name, text] of files) if (name.endsWith('.ts')) expect(running(name, text), name).toEqual([]);
});

it('a name with half a character is refused in one clear error', () => {
  const schema = {
    type: 'object',
    properties: { 'a\ud800b': { type: 'object', properties: { b: { type: 'string' } } } },
  };
  const text = documentWith({ $ref: '#/components/schemas/a\ud800b' }).replace(
    /}$/,
    `,"components":{"schemas":{"a\\ud800b":${JSON.stringify(schema)}}}}`,
  );
  expect(() => parseOpenApi(text, 'x.json')).toThrow(DocumentError);
  expect(() => parseOpenApi(text, 'x.json')).toThrow(/name "a\\ud800b" holds half of a surrogate pair/);
});

it('a document that is nested too deep is refused in one clear error', () => {
  expect(() => parseOpenApi(documentWith(nested(400)), 'x.json')).toThrow(DocumentError);
  expect(() => parseOpenApi(documentWith(nested(400)), 'x.json')).toThrow(/nested deeper than \d+ levels/);
});

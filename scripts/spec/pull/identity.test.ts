import { expect, it } from 'vitest';
import { loadDocument, type OpenApiDocument } from '../../../src/document/index.js';
import { assertSameApi, parsePublished } from './identity.js';

const known = await loadDocument(new URL('../fixtures/seed-page.yaml', import.meta.url));

function changed(
  change: (document: OpenApiDocument & { servers: { url: string }[] }) => void,
): OpenApiDocument {
  const document = structuredClone(known) as OpenApiDocument & { servers: { url: string }[] };
  change(document);
  return document;
}

it('a pull accepts another state of the same API', async () => {
  const august = await loadDocument(new URL('../fixtures/august-2026.yaml', import.meta.url));
  expect(() => assertSameApi(august, known, 'x')).not.toThrow();
  const renamed = changed(({ paths, info, servers }) => {
    info.title = 'Another title';
    servers.reverse();
    for (const path of Object.keys(paths)) {
      const item = paths[path] ?? {};
      delete paths[path];
      paths[path.replaceAll('_id}', 'Id}')] = item;
    }
  });
  expect(() => assertSameApi(renamed, known, 'x')).not.toThrow();
});

it('a pull refuses a document of another API, or of another version of it', () => {
  const other = changed(({ servers, info }) => {
    info.title = 'Pets';
    servers.splice(0, 9, { url: 'https://pets.example.com/v2' });
  });
  expect(() => assertSameApi(other, known, 'pets.yaml')).toThrow(
    /^pets.yaml \('Pets'\) is a document of another API: none of its servers \(https:\/\/pets.example.com\/v2\) is one of /,
  );
  const v1 = changed(({ servers }) => {
    for (const server of servers) server.url = server.url.replace('v2', 'v1');
  });
  expect(() => assertSameApi(v1, known, 'v1.yaml')).toThrow('is a document of another API');
});

it('a pull refuses a document that lacks most of the known paths', () => {
  const some = changed((document) => {
    document.paths = Object.fromEntries(Object.entries(document.paths).slice(0, 1));
  });
  expect(() => assertSameApi(some, known, 'x')).toThrow(
    /lacks 2 of the 3 known paths .*cut short, or of another API/,
  );
});

it('a pull refuses a document that was cut short but still parses', () => {
  const cut = changed((document) => {
    delete (document.components as Record<string, unknown>).schemas;
  });
  expect(() => assertSameApi(cut, known, 'x')).toThrow(
    /^x is incomplete: it refers to '#\/components\/schemas\/.*Was it cut short\?$/,
  );
});

it('a pull accepts a reference in data, which leads nowhere and need not', () => {
  const noted = changed((document) => {
    document.info['x-template'] = { $ref: '#/anywhere' };
    schemasOf(document).Pointer = { examples: [{ $ref: '#/none' }] };
  });
  expect(() => assertSameApi(noted, known, 'x')).not.toThrow();
});

it('a pull finds what is cut short behind a property that is called as a keyword', () => {
  const cut = changed((document) => {
    schemasOf(document).Odd = { properties: { default: { $ref: '#/none' } } };
  });
  expect(() => assertSameApi(cut, known, 'x')).toThrow(/refers to '#\/none', .*properties\/default/);
});

function schemasOf(document: OpenApiDocument): Record<string, unknown> {
  return (document.components as { schemas: Record<string, unknown> }).schemas;
}

it.each([
  ['<!doctype html><title>404</title>', 'x is a web page, not an OpenAPI document'],
  ['just words', 'is not an OpenAPI document'],
  ['{"openapi": "3.1.0", "info": {', 'is neither JSON nor YAML'],
  ['swagger: "2.0"', 'must be OpenAPI 3.x, found swagger 2.0'],
  ['openapi: 4.0.0', 'must be OpenAPI 3.x, found "4.0.0"'],
  ['openapi: 3.1.0\ninfo: {}', 'has no paths object'],
])('a pull refuses what is no OpenAPI document: %j', (text, message) => {
  expect(() => parsePublished(text, 'x')).toThrow(message);
});

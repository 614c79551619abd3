import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseOpenApi } from '../../src/document/index.js';
import { proposeBump } from '../spec/diff/bump.js';
import { compareDocuments } from '../spec/diff/compare-documents.js';
import { FORMATS, render } from '../spec/diff/render/render.js';
import type { Report } from '../spec/diff/render/report.js';
import { expectInert, TEXTS } from './texts.js';

// A document with half a character in a name isn't read.
const texts = TEXTS.map(([, text]) => text).filter((text) => !/\p{Cs}/u.test(text));

/** A document with foreign text in all places that a comparison names. */
function document(words: readonly string[]) {
  const properties = Object.fromEntries(words.map((word) => [word, { type: 'string', enum: [word, 'b'] }]));
  const headers = Object.fromEntries(words.map((word) => [word, { schema: { type: 'string' } }]));
  const parameters = words.map((name) => ({ name, in: 'query', required: true, schema: { type: 'string' } }));
  const content = {
    'application/json': { schema: { type: 'object', properties, required: [...words] } },
  };
  const get = {
    operationId: 'list',
    tags: [...words],
    summary: words.join(),
    description: words.join(),
    parameters,
    responses: { 200: { description: words.join(), headers, content } },
  };
  const info = { title: `x${words.join()}`, version: '1' };
  return parseOpenApi(stringify({ openapi: '3.1.0', info, paths: { '/things': { get } } }));
}

describe('a comparison with a hostile document', () => {
  let report: Report;
  beforeAll(async () => {
    const changes = await compareDocuments(document([]), document(texts));
    report = { base: texts.join(), revision: texts.join(), changes, bump: proposeBump(changes, '1.0.0') };
  });

  it.each(FORMATS)('as %s does nothing where it is shown', (format) => {
    const written = render(report, format, { all: true });
    expect(written.length).toBeGreaterThan(500);
    expectInert(written);
    if (format === 'json') expect(JSON.parse(written)).toHaveProperty('changes');
    if (format === 'markdown' || format === 'changeset') {
      expect(written.replaceAll(/<\/?(?:details|summary|code)>/g, '')).not.toMatch(/(?<!\\)<|(?<!\\)\]\(/);
      expect(written).not.toMatch(/^(?:#(?!## (?:Breaking|Compatible|Editorial)$)|\|)/m);
    }
  });
});

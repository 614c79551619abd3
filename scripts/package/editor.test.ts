import { beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './editor.js';
import { project } from './project.js';

let folder: string;
beforeAll(async () => {
  folder = await project();
});

const START = `import { ApiError, ConnectionError, EvEnergy, RateLimitError } from 'ev-energy-client';
const ev = new EvEnergy();
`;

/** Helper types that no hover should show instead of names. */
const MACHINERY =
  /components\[|operations\[|paths\[|Omit<|Readable<|Writable<|import\(["']|__|\.\.\. \d+ more/;

describe('the hover', { timeout: 60_000 }, () => {
  it('of each method is short and in plain names, with its documentation', () => {
    const methods = new Editor(folder, START).methods('ev');
    expect(methods).toContain('evses.statusLogs.list');
    const lines = methods.map((name) => {
      const [method, ...resource] = name.split('.').reverse();
      return `${['ev', ...resource.reverse()].join('.')}./*${name}*/${method};`;
    });
    const editor = new Editor(folder, START + lines.join('\n'));
    expect(editor.errors()).toEqual([]);
    for (const name of methods) {
      const { text, documentation } = editor.hover(name);
      expect(text.length, text).toBeLessThan(320);
      expect(text).not.toMatch(MACHINERY);
      expect(documentation, name).not.toBe('');
    }
  });

  it('of a call tells operation, scope and errors', () => {
    const editor = new Editor(folder, `${START}ev.evses.statusLogs./*list*/list('evse01');`);
    const { text, documentation, tags } = editor.hover('list');
    expect(text).toMatch(/: PagePromise<EVSEStatusLog> \(\+1 overload\)$/);
    expect(documentation).toContain('`GET /evses/{evse_id}/status_logs`. Scope: `evse:read`.');
    expect(tags).toContainEqual(expect.stringMatching(/^throws \{RateLimitError\} 429/));
    expect(tags).toContainEqual(expect.stringMatching(/^param evseId Id of the EVSE/));
  });

  it('of results shows the names of the schemas', () => {
    const editor = new Editor(
      folder,
      `${START}const /*make*/make = await ev.evseMakes.retrieve('');
const /*page*/page = await ev.evseMakes.list();
const /*array*/array = await ev.evseMakes.list().toArray();
for await (const /*item*/item of ev.evseMakes.list()) item;
const { /*data*/data, /*response*/response } = await ev.evseMakes.retrieve('').withResponse();`,
    );
    expect(editor.errors()).toEqual([]);
    expect(editor.hover('make').text).toBe('const make: EVSEMake');
    expect(editor.hover('page').text).toBe('const page: Page<EVSEMake>');
    expect(editor.hover('array').text).toBe('const array: EVSEMake[]');
    expect(editor.hover('item').text).toBe('const item: EVSEMake');
    expect(editor.hover('data').text).toBe('const data: EVSEMake');
    expect(editor.hover('response').text).toBe('const response: Response');
  });

  it('of log.evse is its URL, and the object where that is asked for', () => {
    const editor = new Editor(
      folder,
      `${START}for await (const /*log*/log of ev.evses.statusLogs.list('')) log./*url*/evse;
for await (const /*expanded*/log of ev.evses.statusLogs.list('', { expand: ['evse', 'evse.model'] })) {
  log./*object*/evse;
  log.evse./*model*/model;
  log.evse.model./*make*/make;
}
for await (const one of ev.evses.statusLogs.list('', { expand: ['evse'] })) one./*flat*/evse;
const paths: 'evse'[] = [];
for await (const one of ev.evses.statusLogs.list('', { expand: paths })) one./*open*/evse;`,
    );
    expect(editor.errors()).toEqual([]);
    expect(editor.hover('log').text).toBe('const log: EVSEStatusLog');
    expect(editor.hover('url').text).toBe('(property) evse: string');
    expect(editor.hover('expanded').text).toBe('const log: Expanded<EVSEStatusLog, "evse" | "evse.model">');
    expect(editor.hover('object').text).toBe('(property) evse: Expanded<EVSE, "model">');
    expect(editor.hover('model').text).toBe('(property) model: EVSEModel');
    expect(editor.hover('make').text).toBe('(property) make: string');
    expect(editor.hover('flat').text).toBe('(property) evse: EVSE');
    expect(editor.hover('open').text).toBe('(property) evse: string | EVSE');
  });

  it('of caught errors names their classes and members', () => {
    const editor = new Editor(
      folder,
      `${START}try {
  await ev.evseMakes.list();
} catch (error) {
  if (error instanceof RateLimitError) /*limited*/error./*retryAfter*/retryAfter;
  else if (error instanceof ApiError) /*api*/error./*problem*/problem?./*fields*/field_errors;
  else if (error instanceof ConnectionError) /*connection*/error;
}`,
    );
    expect(editor.errors()).toEqual([]);
    expect(editor.hover('limited').text).toBe('var error: RateLimitError');
    expect(editor.hover('api').text).toBe('var error: ApiError');
    expect(editor.hover('connection').text).toBe('var error: ConnectionError');
    expect(editor.hover('retryAfter').text).toMatch(/\.retryAfter: number \| undefined$/);
    expect(editor.hover('problem').text).toBe('(property) ApiError.problem: Problem | undefined');
    expect(editor.hover('fields').text.length).toBeLessThan(120);
    for (const member of ['retryAfter', 'problem', 'fields']) {
      expect(editor.hover(member).documentation, member).not.toBe('');
    }
  });
});

describe('completion', { timeout: 60_000 }, () => {
  it('offers the paths that can be expanded', () => {
    const editor = new Editor(
      folder,
      `${START}ev.evses.statusLogs.list('', { expand: ['evse', '/*path*/'] });`,
    );
    expect(editor.completions('path')).toEqual(['evse', 'evse.model', 'evse.model.make', 'evse.user']);
  });

  it('offers the names of query and header parameters', () => {
    const editor = new Editor(folder, `${START}ev.evses.statusLogs.list('', { /*name*/ });`);
    expect(editor.completions('name').map((name) => name.replaceAll('"', ''))).toEqual([
      'EvEnergy-Version',
      'expand',
      'page_after',
      'page_before',
      'page_size',
      'sampled_at__gte',
      'sampled_at__lte',
    ]);
  });

  it('offers resources, methods and fields, and nothing internal', () => {
    const editor = new Editor(
      folder,
      `${START}ev./*resources*/;
ev.evses.statusLogs./*methods*/;
for await (const log of ev.evses.statusLogs.list('', { expand: ['evse'] })) log.evse./*fields*/;`,
    );
    expect(editor.completions('resources')).toEqual(
      expect.arrayContaining(['api', 'evseMakes', 'evses', 'quota', 'withOptions']),
    );
    expect(editor.completions('methods')).toEqual(['list', 'retrieve']);
    expect(editor.completions('fields')).toEqual(expect.arrayContaining(['cpid', 'model', 'user']));
    for (const place of ['resources', 'methods', 'fields']) {
      expect(editor.completions(place).filter((name) => /^_|references/.test(name))).toEqual([]);
    }
  });
});

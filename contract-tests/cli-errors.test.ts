import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from './terminal.js';

const LONG = 'x'.repeat(120);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-cli-'));
  const files = {
    'none.har': '{"name": "value"}',
    'broken.har': '{',
    'empty.yaml': '',
    'list.yaml': '- 1',
    'broken.yaml': 'openapi: [',
    'other.yaml': 'name: value',
    'old.yaml': 'openapi: 3.1\ninfo: { title: T, version: "1" }\npaths: {}\n',
    'bare.yaml': 'openapi: 3.1.0\n',
    'pathless.yaml': 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

/** Command lines that can't be run (DIR stands for a folder), and the next step that the error names. */
const ERRORS: readonly (readonly [string, RegExp])[] = [
  [LONG, /there are check \(the default\), verify and compare/],
  [`check ${LONG}`, /--help shows the usage/],
  [`--${LONG}`, /--help lists the options/],
  ['--target', /see --help/],
  ['--strict=yes', /see --help/],
  [`--target ${LONG}`, /must be mock, fake, hosted-mock, staging or live/],
  [`--target fake --id ${LONG}`, /must be NAME=VALUE/],
  [`--target fake --report ${LONG}`, /as html=report\.html/],
  [`--target fake --max-requests ${LONG}`, /whole number from 1/],
  [`--target fake --operation ${LONG}`, /its operationId is needed/],
  [`--explain ${LONG}`, /--list-rules shows them/],
  ['verify', /verify FILE\.har/],
  ['verify DIR', /it is a folder: name a file in it.*Save all as HAR.*recordHar/],
  ['verify DIR/missing.har', /no such file.*Save all as HAR.*recordHar/],
  ['verify DIR/none.har', /no log\.entries.*Save all as HAR.*recordHar/],
  ['verify DIR/broken.har', /is not JSON.*Save all as HAR.*recordHar/],
  ['compare', /compare --base-url A --base-url B/],
  [
    'compare --base-url http://127.0.0.1:1 --report json=x.json',
    /compare has no use for --report: .*--max-requests/,
  ],
  ['verify x.har --target live', /verify has no use for --target: its options are --spec, .* --verbose/],
  ['--target fake --target live --base-url https://api.example', /give one --target/],
  ['--target fake --spec DIR', /it is a folder: name a file in it/],
  ['--target fake --spec DIR/missing.yaml', /no such file\. Is the path right\?/],
  ['--target fake --spec DIR/old.yaml/more', /not a folder\. Is the path right\?/],
  ['--target fake --spec DIR/empty.yaml', /Is it the right file\?/],
  ['--target fake --spec DIR/list.yaml', /Is it the right file\?/],
  ['--target fake --spec DIR/other.yaml', /Is it the right file\?/],
  ['--target fake --spec DIR/broken.yaml', /line 1, column \d+/],
  ['--target fake --spec DIR/old.yaml', /write\s'3\.1\.0'/],
  ['--target fake --spec DIR/bare.yaml', /add one with title and version/],
  ['--target fake --spec DIR/pathless.yaml', /add it, with the operations/],
];

test.each(ERRORS)('an error of the command says what to do next, in 80 columns: %s', async (line, advice) => {
  const { code, stdout, stderr } = await run(line.replaceAll('DIR', folder).split(' '));
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.replace(/\s+/g, ' ')).toMatch(advice);
  expect(stderr).not.toMatch(/Error:|E[A-Z]{5}/);
  expect(stderr.split('\n').filter((text) => text.length > 80)).toEqual([]);
});

test('the help fits into 80 columns', async () => {
  const { stdout } = await run(['--help']);
  expect(stdout.split('\n').filter((text) => text.length > 80)).toEqual([]);
});

test('a path that is longer than a line stands on one of its own', async () => {
  const path = `${folder}/${'long/'.repeat(30)}missing.yaml`;
  const { stderr } = await run(['--target', 'fake', '--spec', path]);
  expect(stderr.split('\n').filter((text) => text.length > 80)).toEqual([`${path}:`]);
});

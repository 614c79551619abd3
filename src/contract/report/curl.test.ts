import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { redactor } from '../exit/redactor.js';
import type { Credential } from '../model/probe.js';
import { curlArguments, curlOf, shortened } from './curl.js';
import { junitReport } from './junit.js';

const shell = promisify(execFile);

interface Asked {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: string;
  credential?: Credential;
}

function curl({
  method = 'GET',
  url = 'https://api.example.com/v2/things',
  headers = {},
  body,
  credential,
}: Asked) {
  const sent = {
    number: 1,
    name: 'as required',
    request: { method, url, headers, ...(body === undefined ? {} : { body }) },
    response: { status: 200, headers: new Headers(), body: '' },
    json: undefined,
    ...(credential ? { probe: { credential } } : {}),
  };
  const shown = redactor(['0123456789abcdef']).sent(sent);
  return { line: curlOf(sent, shown), parts: curlArguments(sent, shown) };
}

/** How a shell splits a line: the arguments that curl would get. */
async function argumentsOf(line: string): Promise<string[]> {
  const script = `curl() { printf '%s\\0' "$@"; }\n${line}`;
  const env = {
    EV_ENERGY_ACCESS_TOKEN: 'the-token',
    EV_ENERGY_CLIENT_ID: 'me',
    EV_ENERGY_CLIENT_SECRET: 'mine',
  };
  const { stdout } = await shell('sh', ['-c', script], { env });
  return stdout.split('\0').slice(0, -1);
}

test('a request becomes a line that a shell gives to curl as it was', async () => {
  const { line } = curl({
    method: 'PATCH',
    url: "https://api.example.com/v2/things/a'b?expand=x&page_size=5",
    headers: { accept: 'application/json', prefer: '$(touch /tmp/x) `id` "quoted" \\' },
    body: `{"name": "it's $HOME"}`,
  });
  expect(await argumentsOf(line)).toEqual([
    '-i',
    '-X',
    'PATCH',
    "https://api.example.com/v2/things/a'b?expand=x&page_size=5",
    '-H',
    'accept: application/json',
    '-H',
    'prefer: $(touch /tmp/x) `id` "quoted" \\',
    '--data-raw',
    `{"name":"it's $HOME"}`,
  ]);
});

describe('secrets are variables of the shell', () => {
  test.each<[string, Asked, string]>([
    ['a token', { headers: { authorization: 'Bearer 0123456789abcdef' } }, 'Authorization: Bearer the-token'],
    [
      'a token that is wrong on purpose, which is no secret',
      { headers: { authorization: 'Bearer made-up-0123456789' }, credential: 'wrong' },
      'Authorization: Bearer never-issued',
    ],
    ["a client's own", { headers: { authorization: 'Basic bWU6bWluZQ==' } }, 'me:mine'],
  ])('%s', async (_, asked, wanted) => {
    const { line } = curl(asked);
    expect(line).not.toMatch(/0123456789|bWU6/);
    expect(await argumentsOf(line)).toContain(wanted);
  });

  test('those of other headers have the name of their header', () => {
    const { line } = curl({ headers: { cookie: 'session=0123456789abcdef', 'x-api-key': 'k' } });
    expect(line).toContain('-H "cookie: $COOKIE" -H "x-api-key: $X_API_KEY"');
  });
});

test('what curl or a browser sets by itself is left out', () => {
  const headers = {
    host: 'x',
    'content-length': '3',
    'sec-fetch-mode': 'cors',
    'user-agent': 'y',
    accept: 'a/b',
  };
  expect(curl({ headers }).line).toBe("curl -i -X GET https://api.example.com/v2/things -H 'accept: a/b'");
});

test('brackets in a URL are no ranges, and a HEAD waits for no body', () => {
  expect(curl({ url: 'https://api.example.com/v2/things?a[]=1' }).line).toBe(
    "curl -gi -X GET 'https://api.example.com/v2/things?a[]=1'",
  );
  expect(curl({ method: 'HEAD' }).line).toContain('curl -i --head https:');
});

test('a command of thousands of characters is a comment that says where all of it is', () => {
  const short = shortened(curl({ method: 'POST', body: `{"a":"${'x'.repeat(60_000)}\n; rm -rf"}` }).line);
  expect(short?.join('\n').length).toBeLessThan(700);
  expect(short?.every((line) => line.startsWith('# ') && !line.includes('\n'))).toBe(true);
  expect(short?.[0]).toMatch(/^# 60\d+ characters of a command, all of them with --report json=FILE:$/);
  expect(shortened(curl({}).line)).toBeUndefined();
});

test('the JUnit report, too, cuts a command that is too long', () => {
  const line = curl({ method: 'POST', body: 'x'.repeat(60_000) }).line;
  const finding = {
    rule: 'a',
    operation: null,
    where: 'b',
    expected: 'c',
    found: 'd',
    pointer: null,
    curl: line,
  };
  const target = { name: 'fake', title: 'the fake' };
  const run = { target, verdicts: [], violations: [finding], missing: 0, seconds: 1, incomplete: null };
  const xml = junitReport({ runs: [run], operations: [], date: '2026-11-01' } as never);
  expect(xml).toContain('characters of a command, all of them with --report json=FILE');
  expect(xml.length).toBeLessThan(2_000);
});

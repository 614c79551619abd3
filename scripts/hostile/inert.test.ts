import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/contract/cli/output.js';
import { redactor } from '../../src/contract/exit/redactor.js';
import type { CheckResult } from '../../src/contract/model/result.js';
import { reportOf } from '../../src/contract/report/data.js';
import { htmlReport } from '../../src/contract/report/html/page.js';
import { junitReport } from '../../src/contract/report/junit.js';
import { markdownReport } from '../../src/contract/report/markdown.js';
import { terminalReport } from '../../src/contract/report/terminal/terminal.js';
import { rules } from '../../src/contract/rules.js';
import { resultOf } from '../../src/contract/run/result.js';
import { loadContract } from '../../src/contract/schema/load-contract.js';
import { recordedTarget } from '../../src/contract/targets/recorded.js';
import { vendoredDocument } from '../../src/document/index.js';
import { EvEnergyError } from '../../src/index.js';
import { inert } from '../../src/text/words.js';
import { expectInert, TEXTS } from './texts.js';

const contract = await loadContract(vendoredDocument());
const [operation] = contract.operations;

/** Results by their text: each exit shows the same one. */
const results = new Map<string, CheckResult>();

function resultWith(text: string): CheckResult {
  const known = results.get(text) ?? madeWith(text);
  results.set(text, known);
  return known;
}

/** A result with foreign text everywhere it can occur. */
function madeWith(text: string): CheckResult {
  const id = operation?.id ?? '';
  const exchange = {
    number: 1,
    name: text,
    request: {
      method: text,
      url: `https://api.example/${text}`,
      headers: { [text]: text, accept: text },
      body: text,
    },
    response: { status: 200, headers: new Headers({ server: 'x' }), body: JSON.stringify({ [text]: text }) },
    json: { value: { [text]: text } },
  };
  const finding = { where: `body /${text}`, expected: text, found: text, exchange };
  return resultOf({
    // A short text, since the line of a place is looked up in it.
    contract: { ...contract, name: text, text: 'paths: {}\n' },
    rules: rules.filter(({ id }) => ['body-schema', 'succeeds', 'walk-ends', 'walk-once'].includes(id)),
    target: { ...recordedTarget(text), title: text },
    operations: contract.operations.slice(0, 2),
    judgements: [
      { rule: 'body-schema', operation: id, findings: [{ ...finding, rule: 'body-schema', operation: id }] },
      {
        rule: 'succeeds',
        operation: id,
        findings: [{ ...finding, note: true, rule: 'succeeds', operation: id }],
      },
      { rule: 'walk-ends', operation: id, findings: [], unable: { state: 'not-covered', reason: text } },
      { rule: 'walk-once', operation: id, findings: [], unable: { state: 'not-applicable', reason: text } },
    ],
    exchanges: [],
    faults: [{ pointer: `#/paths/${text}`, message: text }],
    requests: 1,
    seconds: 1,
    strict: false,
    accepted: [],
    requireCoverage: false,
    complete: false,
  });
}

const EXITS: Readonly<Record<string, (text: string) => string>> = {
  terminal: (text) => printable(terminalReport(resultWith(text), { colours: false, verbose: true })),
  JSON: (text) => JSON.stringify(reportOf([resultWith(text)]), null, 2),
  JUnit: (text) => junitReport(reportOf([resultWith(text)])),
  Markdown: (text) => markdownReport(reportOf([resultWith(text)])),
  HTML: (text) => htmlReport(reportOf([resultWith(text)])),
  'an error of the client': (text) => new EvEnergyError(`failed: ${text}`).message,
  'a failure to run': (text) => markdownReport(reportOf([], { file: text, error: text })),
};

/** What stands outside of code. */
function proseOf(markdown: string): string {
  return markdown.replace(/^(`{3,})sh\n.*?\n\1$/gms, '').replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '');
}

/** What HTML would take for tags: outside of code, and not escaped. The report uses tags of its own to fold parts. */
function tagsIn(markdown: string): string[] {
  return proseOf(markdown).match(/(?<!\\)<[^>]*>?/g) ?? [];
}

describe.each(Object.entries(EXITS))('%s', (name, exit) => {
  it.each(TEXTS)('shows %s, and it does nothing', (_, text) => {
    const written = exit(text);
    expectInert(written);
    if (name === 'JUnit' || name === 'HTML')
      expect(written).not.toMatch(/<(?:img|b>)|<script>alert|onmouseover="/);
    if (name === 'Markdown') {
      for (const table of written.match(/(?:^\|.*\n?)+/gm) ?? []) {
        const rows = table.trimEnd().split('\n');
        expect(new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).size).toBe(1);
      }
      expect(tagsIn(written)).toEqual(tagsIn(exit('harmless')));
      // People, issues and addresses, which a code host looks for in what is shown; an escape is gone by then.
      expect(proseOf(written)).not.toMatch(/@\w|#\d|:\/\/|www\./);
    }
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COLOUR = /\u001b\[\d{1,2}m/g;

describe('any bytes', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc
      .array(fc.constantFrom('::', '##', '[', '\n', '\r', ' ', '\u001b', '|', '`', '<', 'a'), {
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
  );

  it('are inert as a value, and remain so when they pass again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = inert(text);
        expectInert(once);
        expect(once).not.toContain('\n');
        expect(inert(once)).toBe(once);
        expectInert(redactor().text(text));
      }),
      { numRuns: 500 },
    );
  });

  it('are inert on the terminal, in whatever pieces they are written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // Our own colours don't come from the text. A return before it may be ours: CI systems see a new line there.
        const written = printable(`${text}\n`).replace(COLOUR, '');
        expectInert(written.replace(/^\r/, '\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('are inert in each report', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const [, exit] of Object.entries(EXITS)) expectInert(exit(text));
      }),
      { numRuns: 5 },
    );
  });
});

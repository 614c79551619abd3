import { aroundDifference } from '../../text/words.js';
import { shortened } from './curl.js';
import type { Report, ReportFinding, ReportRun } from './data.js';
import { answersOf, causesOf } from './grouping.js';

/** Most characters of a value, since CI shows messages in one line. */
const VALUE = 300;

/** JUnit XML: a suite per target and operation, a test case per rule. */
export function junitReport({ runs, operations, error, date }: Report): string {
  const suites = error === undefined ? [] : [couldNotRun(error)];
  const judged = runs.flatMap((run) => [
    ...cutShort(run),
    ...suite(run, null, `${run.target.name}: the server`, date),
    ...operations.flatMap(({ id, method, path }) =>
      suite(run, id, `${run.target.name}: ${method} ${path}`, date),
    ),
  ]);
  const time = runs.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites time="${time}">\n${[...suites, ...judged].join('\n')}\n</testsuites>\n`;
}

function couldNotRun(error: string): string {
  const body = `<error message="${xml(error)}">${xml(error)}</error>`;
  return `  <testsuite name="could not run" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="contract" name="could not run">
      ${body}
    </testcase>
  </testsuite>`;
}

/** A run that ended early is an error, unless that was allowed. */
function cutShort({ target, incomplete, conforms }: ReportRun): string[] {
  if (!incomplete) return [];
  const { sent, planned, reason } = incomplete;
  const text = xml(`incomplete: ${sent} of ${planned} checks' requests: ${reason}`);
  const [errors, skipped] = conforms ? [0, 1] : [1, 0];
  const body = conforms ? `<skipped message="${text}"/>` : `<error message="${text}">${text}</error>`;
  const name = xml(`${target.name}: the whole run`);
  return [
    `  <testsuite name="${name}" tests="1" failures="0" errors="${errors}" skipped="${skipped}">
    <testcase classname="${name}" name="complete">
      ${body}
    </testcase>
  </testsuite>`,
  ];
}

function suite(run: ReportRun, operation: string | null, name: string, date: string): string[] {
  const verdicts = run.verdicts.filter((verdict) => verdict.operation === operation);
  const others = run.violations.filter(
    (violation) => violation.operation === operation && !verdicts.some(({ rule }) => rule === violation.rule),
  );
  const rules = [
    ...verdicts,
    ...new Map(
      others.map(({ rule }) => [rule, { rule, state: 'broken', reason: null, seconds: 0 }]),
    ).values(),
  ];
  if (rules.length === 0) return [];
  const required = run.missing > 0;
  const fails = (state: string) => state === 'broken' || (required && state === 'not-covered');
  const failures = rules.filter(({ state }) => fails(state)).length;
  const skipped = rules.filter(({ state }) => !fails(state) && state.startsWith('not-')).length;
  const time = rules.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  const cases = rules.map(({ rule, state, reason, seconds }) => {
    const findings = run.violations.filter((one) => one.rule === rule && one.operation === operation);
    const head = `    <testcase classname="${xml(name)}" name="${xml(rule)}" time="${seconds.toFixed(3)}"`;
    if (state === 'broken') return `${head}>\n${failure(findings)}\n    </testcase>`;
    if (fails(state))
      return `${head}>\n      <failure message="not covered: ${xml(reason ?? '')}"/>\n    </testcase>`;
    if (!state.startsWith('not-')) return `${head}/>`;
    return `${head}>\n      <skipped message="${xml(reason ?? '')}"/>\n    </testcase>`;
  });
  const counts = `tests="${rules.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}" timestamp="${date}"`;
  return [`  <testsuite name="${xml(name)}" ${counts}>\n${cases.join('\n')}\n  </testsuite>`];
}

function failure(findings: readonly ReportFinding[]): string {
  const [first] = findings;
  const text = causesOf(findings)
    .map((cause) => {
      const [one] = cause;
      const answers = answersOf(cause) > 1 ? ` (in ${answersOf(cause)} answers)` : '';
      const curl = one.curl === null ? [] : (shortened(one.curl) ?? [one.curl]);
      return [`${sentence(one)}${answers}${one.new ? ', new' : ''}`, one.pointer, ...curl]
        .filter((line) => line !== null)
        .join('\n  ');
    })
    .join('\n');
  const message = first ? sentence(first) : 'broken';
  return `      <failure message="${xml(message)}">${xml(text)}</failure>`;
}

function sentence({ where, ...values }: ReportFinding): string {
  const [expected, found] = aroundDifference(values.expected, values.found, VALUE);
  return `${where}: expected ${expected}, found ${found}`;
}

function xml(text: string): string {
  return (
    text
      // XML 1.0 can't contain these characters at all.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replace(/\r?\n/g, '&#10;')
  );
}

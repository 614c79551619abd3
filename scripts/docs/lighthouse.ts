/**
 * `npm run docs:lighthouse`: how Lighthouse rates some pages of the built site (`npm run docs`), as a table. Lighthouse
 * is fetched when it is asked for: nobody else needs it. It ends with 1 where a rating is below 95.
 */
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from '../run.js';
import { findChromium } from '../test/chromium.js';
import { serveSite } from './site-server.js';

const PAGES =
  process.argv.slice(2).length > 0
    ? process.argv.slice(2)
    : [
        '/',
        '/guide/start',
        '/guide/contract',
        '/recipes/proxy',
        '/benchmarks',
        '/reference/index.html',
        '/reference/modules/ev-energy-client.html',
      ];
const RATED = ['accessibility', 'best-practices'];
const LEAST = 95;

interface Rating {
  categories: Record<string, { score: number; auditRefs: { id: string }[] }>;
  audits: Record<
    string,
    { score: number | null; title: string; details?: { items?: { node?: { selector: string } }[] } }
  >;
}

const { origin, close } = await serveSite();
const file = join(tmpdir(), `lighthouse-${process.pid}.json`);
try {
  process.stdout.write(`| page | ${RATED.join(' | ')} |\n| --- | ---: | ---: |\n`);
  for (const page of PAGES) await rate(page);
} finally {
  close();
  await rm(file, { force: true });
}

async function rate(page: string): Promise<void> {
  const options = [
    `--only-categories=${RATED.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox',
    '--output=json',
    `--output-path=${file}`,
    '--quiet',
  ];
  await output('npx', ['--yes', 'lighthouse@12.8.2', origin + page, ...options], {
    env: { CHROME_PATH: findChromium() },
    timeout: 300_000,
  });
  const { categories, audits } = JSON.parse(await readFile(file, 'utf8')) as Rating;
  const scores = RATED.map((name) => Math.round((categories[name]?.score ?? 0) * 100));
  process.stdout.write(`| \`${page}\` | ${scores.join(' | ')} |\n`);
  const failed = RATED.flatMap((name) => categories[name]?.auditRefs ?? []).filter(
    ({ id }) => audits[id]?.score === 0,
  );
  for (const { id } of failed) {
    const nodes = audits[id]?.details?.items?.flatMap(({ node }) => node?.selector ?? []) ?? [];
    process.stderr.write(`${page}: ${audits[id]?.title} ${nodes.join(' · ')}\n`);
  }
  if (scores.some((score) => score < LEAST)) process.exitCode = 1;
}

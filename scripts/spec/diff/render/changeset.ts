import { escaped } from './markdown.js';
import { causes, type Report, summaryLine, TITLES } from './report.js';

/** Changes that a changeset names; the pull request has all of them. */
const NAMED = 10;

/**
 * The report as a changeset: the version that the changes ask for, and what users notice. Nothing if nothing changed.
 */
export function renderChangeset({ changes, bump }: Report): string {
  if (bump.kind === 'none') return '';
  const noticed = TITLES.filter(([impact]) => impact !== 'editorial').flatMap(([impact, title]) =>
    causes(changes, impact).map(({ message }) => `- ${title}: ${escaped(message)}\n`),
  );
  const more = noticed.length > NAMED ? `- … and ${noticed.length - NAMED} more\n` : '';
  return `---\n'ev-energy-client': ${bump.kind}\n---\n\nThe document: ${summaryLine(changes)}\n\n${noticed.slice(0, NAMED).join('')}${more}`;
}

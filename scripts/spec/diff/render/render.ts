import { redactJson } from '../../../../src/client/exit/redact.js';
import { inert } from '../../../../src/text/words.js';
import { renderChangeset } from './changeset.js';
import { renderMarkdown } from './markdown.js';
import { type Report, summarise } from './report.js';
import { renderText } from './text.js';

export const FORMATS = ['text', 'json', 'markdown', 'changeset'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * The report in one of its formats, with a newline at the end.
 *
 * @param options `all`: in text, also the causes that don't fit on a screen; `rest`: where to find the others.
 */
export function render(
  given: Report,
  format: Format,
  options: { all?: boolean; rest?: string } = {},
): string {
  // What a document says is somebody else's text; as escapes it does nothing, and in JSON it stays JSON.
  const report = redactJson(given, inert) as Report;
  switch (format) {
    case 'text':
      return renderText(report, options);
    case 'markdown':
      return renderMarkdown(report);
    case 'changeset':
      return renderChangeset(report);
    case 'json':
      return `${JSON.stringify({ reportVersion: 1, summary: summarise(report.changes), ...report }, null, 2)}\n`;
  }
}

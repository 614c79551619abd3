import { count } from '../../../text/words.js';
import type { Report } from '../data.js';

export function markup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Lets a path break before its slashes, and elsewhere only if that isn't enough. */
export function breakable(text: string): string {
  return markup(text).replace(/(?<=\S)\//g, '<wbr>/');
}

/** A box that scrolls sideways, also by keyboard. */
export function scrollBox(label: string, content: string): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="${markup(label)}">${content}</div>`;
}

/** Number of operations to show before the rest is folded. */
const FEW = 3;

export function labelOf({ operations }: Report, operation: string | null): string {
  const found = operations.find(({ id }) => id === operation);
  return found ? `${found.method} ${found.path}` : 'the server';
}

/** A list of operations, one per line; long lists are folded. */
export function operationList(report: Report, operations: readonly (string | null)[]): string {
  const items = operations.map((id) => `<li><code>${breakable(labelOf(report, id))}</code></li>`);
  const shown = items.length > FEW + 1 ? items.slice(0, FEW) : items;
  const rest = items.slice(shown.length);
  const folded =
    rest.length > 0
      ? `<details><summary>and ${count(rest.length, 'other')}</summary><ul class="lines">${rest.join('')}</ul></details>`
      : '';
  return `<ul class="lines">${shown.join('')}</ul>${folded}`;
}

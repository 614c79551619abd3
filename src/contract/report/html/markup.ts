import { count } from '../../text/words.js';
import type { Report } from '../data.js';

export function markup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A path may be broken before its slashes, and elsewhere only where that won't do. */
export function breakable(text: string): string {
  return markup(text).replace(/(?<=\S)\//g, '<wbr>/');
}

/** A box whose content is scrolled sideways, by keyboard too. */
export function scrollBox(label: string, content: string): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="${markup(label)}">${content}</div>`;
}

/** Operations that are seen before the rest is unfolded. */
const FEW = 3;

export function labelOf({ operations }: Report, operation: string | null): string {
  const found = operations.find(({ id }) => id === operation);
  return found ? `${found.method} ${found.path}` : 'the server';
}

/** Operations, a line each; many are folded. */
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

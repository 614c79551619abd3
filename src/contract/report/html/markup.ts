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

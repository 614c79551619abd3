/** Findings: the faulty part is marked; in print nothing is cut off or folded. */
export const findingsStyle = `
article { border: 1px solid var(--line); border-left: 4px solid var(--broken); border-radius: 4px; padding: 0.75rem; margin: 0.75rem 0; }
article.note { border-left-color: var(--warn); }
article h3 { font-size: 1rem; margin: 0; }
article pre { white-space: pre-wrap; }
mark { background: var(--mark); color: inherit; font-weight: 600; box-decoration-break: clone; border-radius: 2px; }
.new { background: var(--warn); color: var(--paper); border-radius: 3px; padding: 0 0.35rem; font-size: 0.8125rem; }
.filters:not([hidden]) { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin: 0.5rem 0; }
.filters input[type='search'] { flex: 1 1 14rem; max-width: 24rem; margin: 0; }
.filters select, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 0.3rem 0.5rem; max-width: 100%; }
button { cursor: pointer; font-size: 0.875rem; }
.curl { margin: 0.5rem 0; }
.curl pre { margin: 0.25rem 0 0; }
@media not print {
  .paper { display: none; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --panel: #f6f6f6; --line: #bbb; --kept: #1a7f45;
    --broken: #b00020; --warn: #7a5200; --link: #000; --mark: #ffe08a; }
  @page { margin: 14mm; }
  body { padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, section, #matrix { max-width: none; width: auto; min-width: 0; }
  nav, .filters, .filters:not([hidden]), input[type='search']:not([hidden]), button, .hint, #rules { display: none; }
  pre, code { font-size: 8pt; }
  pre, .scroll, #matrix .scroll { max-height: none; overflow: visible; }
  h2, h3, summary, dl.facts { break-after: avoid; }
  article h3, dl.facts, table tr, .curl { break-inside: avoid; }
  #matrix .scroll { overflow: hidden; }
  table.matrix { zoom: 0.55; }
  table.matrix thead > tr > *, table.matrix tbody th { position: static; }
  a { text-decoration: none; }
}
`;

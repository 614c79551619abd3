import { findingsStyle } from './findings-style.js';
import { matrixStyle } from './matrix-style.js';

export const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6570; --paper: #ffffff; --panel: #f3f5f7; --line: #d6dbe0;
  --kept: #1a7f45; --broken: #c62828; --warn: #9a6700; --none: #c9d0d6; --link: #0b5cad; --shade: #1c202466; --mark: #ffe08a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ec; --soft: #a0a9b2; --paper: #14171a; --panel: #1e2327; --line: #343b42;
    --kept: #4cc380; --broken: #ff7b72; --warn: #e3b341; --none: #3d454d; --link: #79b8ff; --shade: #e6e9ec66; --mark: #5c4a00; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 0; display: inline; }
header, section { max-width: 76rem; margin: 0 auto; }
section { margin-top: 2rem; }
a { color: var(--link); }
code, pre, td.where { font: 0.875rem/1.45 ui-monospace, monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 0.6rem; margin: 0.4rem 0;
  overflow: auto; white-space: pre-wrap; max-height: 24rem; }
.outcome { font-weight: 600; margin: 0.2rem 0 0.8rem; }
.kept { color: var(--kept); } .broken { color: var(--broken); } .warn { color: var(--warn); } .soft { color: var(--soft); }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; }
table.plain td, table.plain th { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; border-bottom: 1px solid var(--line);
  font-weight: normal; vertical-align: top; overflow-wrap: normal; }
table.plain thead th { color: var(--soft); font-size: 0.875rem; }
dl.facts { display: grid; grid-template-columns: 5.5rem 1fr; gap: 0.1rem 0.75rem; margin: 0.5rem 0; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; }
ul.lines { list-style: none; margin: 0; padding: 0; } ul.lines li { padding-left: 1.5rem; text-indent: -1.5rem; } ul.lines + details summary { color: var(--soft); }
nav { margin-top: 0.75rem; } nav a { display: inline-block; margin-right: 1rem; }
dl.uncovered > dd { margin-left: 1rem; }
dt { margin-top: 0.6rem; } dl.facts dt { margin-top: 0; } dd { margin-left: 0; }
details > summary { cursor: pointer; }
input[type='search']:not([hidden]) { display: block; }
input[type='search'] { font: inherit; padding: 0.3rem 0.5rem; width: 100%; max-width: 24rem; margin: 0.5rem 0;
  color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 3px; padding: 0 0.35rem; margin: 0 0.25rem 0.25rem 0;
  font: 0.8125rem/1.5 ui-monospace, monospace; color: var(--soft); text-decoration: line-through; overflow-wrap: anywhere; }
.chip.met { color: var(--kept); border-color: var(--kept); text-decoration: none; }
@media (max-width: 40rem) {
  body { padding: 0.75rem; }
  table.plain, table.plain tbody, table.plain tr, table.plain th, table.plain td { display: block; }
  table.plain thead { display: none; }
  table.plain tr { border-bottom: 1px solid var(--line); padding: 0.5rem 0; }
  table.plain tbody th, table.plain td { border: 0; padding: 0.1rem 0; overflow-wrap: anywhere; }
  table.plain tbody th { font-weight: 600; }
  table.plain td { display: grid; grid-template-columns: 7rem 1fr; }
  table.plain td::before { content: attr(data-label); color: var(--soft); font-size: 0.875rem; }
  table.plain td:empty { display: none; }
}
${matrixStyle}${findingsStyle}`;

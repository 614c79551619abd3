/** Columns are narrow and names long, so names are upright; kept rules are inconspicuous, broken ones stand out. */
export const matrixStyle = `
#matrix { max-width: 100%; width: fit-content; min-width: min(76rem, 100%); }
#matrix .scroll { background:
    linear-gradient(to left, var(--paper) 60%, transparent) right / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--shade), transparent) right / 1.25rem 100% no-repeat scroll; }
.hint { margin: 0.25rem 0; }
table.matrix { font-size: 0.8125rem; border-collapse: separate; border-spacing: 0; }
table.matrix th { font-weight: normal; text-align: left; white-space: nowrap; overflow-wrap: normal; }
table.matrix thead th { vertical-align: bottom; padding: 0 0 0.3rem; min-width: 1.5rem; max-width: 1.5rem; }
table.matrix thead th a { display: block; writing-mode: vertical-rl; transform: rotate(180deg); text-decoration: none;
  color: var(--soft); margin: 0 auto; }
table.matrix thead th a:hover, table.matrix thead th a:focus { color: var(--link); text-decoration: underline; }
table.matrix tbody th { position: sticky; left: 0; background: var(--paper); padding: 0.1rem 0.6rem 0.1rem 0; z-index: 1;
  border-right: 1px solid var(--line); }
table.matrix tbody tr:hover > * { background: var(--panel); }
table.matrix td { padding: 1px; min-width: 1.5rem; height: 1.5rem; }
table.matrix td.target { color: var(--soft); padding: 0 0.5rem; overflow-wrap: normal; white-space: nowrap; }
table.matrix td > * { display: block; width: 1.3rem; height: 1.3rem; line-height: 1.3rem; margin: auto; border-radius: 3px;
  text-align: center; font-size: 0.8rem; text-decoration: none; }
table.matrix .is-kept { color: var(--kept); }
table.matrix .is-broken { background: var(--broken); color: var(--paper); font-weight: bold; }
table.matrix .is-noted, table.matrix .is-accepted, table.matrix .is-not-covered { color: var(--warn); border: 1px solid var(--warn);
  line-height: calc(1.3rem - 2px); }
table.matrix .is-not-applicable::before { content: '▫'; color: var(--none); }
.legend span { white-space: nowrap; margin-right: 1rem; }
@media (min-width: 40rem) {
  table.matrix wbr { display: none; }
}
@media (min-width: 40rem) and (min-height: 30rem) {
  #matrix .scroll { max-height: 92vh; overflow-y: auto; }
  table.matrix thead > tr > * { position: sticky; top: 0; background: var(--paper); z-index: 2; }
  table.matrix thead > tr > :first-child { left: 0; z-index: 3; }
}
@media (max-width: 40rem) {
  table.matrix tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 9.5rem; max-width: 42vw; padding-right: 0.3rem; }
}
`;

/** One line of the table. */
export interface Row {
  what: string;
  measured: string;
  /** Relative to the suite's base line. */
  ratio?: number;
  /** The target; `ok` says whether it is met. */
  target?: string;
  ok?: boolean;
}

export interface Suite {
  title: string;
  rows: Row[];
}

export function markdown({ title, rows }: Suite): string {
  const line = ({ what, measured, ratio, target, ok }: Row) => {
    const reached = ok === undefined ? '' : ok ? ' ✓' : ' ✗';
    return `| ${what} | ${measured} | ${ratio === undefined ? '' : ratio.toFixed(2)} | ${target ?? ''}${reached} |`;
  };
  return [`| ${title} | measured | ratio | target |`, '| --- | ---: | ---: | --- |', ...rows.map(line)].join(
    '\n',
  );
}

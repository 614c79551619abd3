import { codeBlocks } from './code-blocks.js';
import type { Page } from './pages.js';
import { PRINTED, type Printed } from './printed.js';
import { TRIALS } from './trials.js';

/** A page's block of TypeScript, as a program. */
export interface Program {
  readonly name: string;
  /** Its place: page and heading. */
  readonly place: string;
  /** `ts`, or `tsx` for a page of React. */
  readonly language: string;
  readonly code: string;
  /** What it prints, or that it is only compiled; undefined if `printed.ts` doesn't say. */
  readonly printed: Printed | undefined;
  /** Code to run after it. */
  readonly trial: string;
}

/** If a page uses `ev` without creating it, it means the client of the first page. */
const PRELUDE = `import { EvEnergy } from 'ev-energy-client';
const ev = new EvEnergy();
`;

/** The programs of all pages. */
export function programsOf(pages: readonly Page[]): Program[] {
  return pages
    .flatMap(({ name: page, text }) =>
      codeBlocks(text)
        .filter(({ language }) => /^tsx?$/.test(language))
        .map((block, index) => ({ ...block, page, printed: PRINTED[page]?.[index] })),
    )
    .map(({ page, section, language, code, printed }, index) => ({
      name: `program${index}`,
      place: `${page}, ${section}`,
      language,
      code: speaksOfEv(code) ? PRELUDE + code : code,
      printed,
      trial: TRIALS.filter(([defines]) => code.includes(defines))
        .map(([, trial]) => trial)
        .join(''),
    }));
}

function speaksOfEv(code: string): boolean {
  return /\bev[.,)]/.test(code) && !/\bconst ev = |\bev[:?]|\blet ev\b|\{ ev \}/.test(code);
}

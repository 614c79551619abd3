import { expect } from 'vitest';

/** Texts that would have an effect where they are shown. */
export const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['a colour', '\u001b[31mred'],
  ['a cleared screen', '\u001b[2J\u001b[H'],
  ['a title of the window', '\u001b]0;owned\u0007'],
  ['a link of the terminal', '\u001b]8;;https://evil.example\u0007here'],
  ['a control sequence of one byte', '\u009b2Jx'],
  ['a bell and a backspace', '\u0007\b\b\b'],
  ['a carriage return', 'failed\rpassed'],
  ['a line break', 'a\nb'],
  ['a line separator', 'a\u2028b\u2029c\u0085d'],
  ['text from right to left', 'abc\u202egnp.exe'],
  ['isolated text', '\u2066x\u2069'],
  ['text without width', 'a\u200bb\ufeffc'],
  ['text of tags', 'a\u{e0041}\u{e0042}'],
  ['half a character', 'a\ud800b'],
  ['no character', 'a\ufffeb\uffffc'],
  ['a NUL', 'a\0b'],
  ['a command of GitHub', '::error file=x::owned'],
  ['a command of GitHub on a line of its own', 'a\n::set-output name=x::y'],
  ['an indented command of GitHub', '  ::stop-commands::x'],
  ['a command of GitHub behind a return', 'a\r::error::x'],
  ['an older command', '##[error]owned'],
  ['a command of Azure', '##vso[task.setvariable variable=x]y'],
  ['a command of TeamCity', "##teamcity[buildStatus status='SUCCESS']"],
  ['a cell of a table', 'a | b || c'],
  ['a fence of code', '``` `x` ````'],
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['a comment of HTML', '--><!-- x'],
  ['an attribute', '" onmouseover="alert(1)" x=\''],
  ['an entity', '&lt;b&gt; &#60;b&#62;'],
  ['the end of CDATA', ']]> <![CDATA['],
  ['a link of Markdown', '[here](javascript:alert(1)) ![x](https://evil.example/x.png)'],
  ['a heading of Markdown', '\n# owned\n\n- x'],
  ['a mention', '@everyone #1 https://evil.example'],
  ['a mention in words', 'ask @acme/owners (see www.evil.example), #12'],
  ['a template', '{{ x }} $(x) `x`'],
];

/** What no exit may write. Lines are our own layout. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;
const COMMAND = /^\s*::|##\w*\[/m;

export function expectInert(written: string): void {
  expect(written).not.toMatch(ACTIVE);
  expect(written).not.toMatch(COMMAND);
}

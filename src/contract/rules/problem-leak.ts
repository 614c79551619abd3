import { cut } from '../../text/words.js';
import type { Rule } from '../model/rule.js';

/** Signs that an error page or internals of the server got into an answer. */
const LEAKS: readonly (readonly [RegExp, string])[] = [
  [/<!doctype html|<html[\s>]|<\/(?:html|body|div|p|h1)>/i, 'HTML'],
  [/Traceback \(most recent call last\)|File "[^"]{1,400}", line \d+/, 'a Python stack trace'],
  [/(?:^|\n|\\n)\s{1,40}at [^\n]{1,200}:\d+(?::\d+)?\)?/, 'a stack trace'],
  [/(?:^|\n|\\n)\s{0,40}(?:at [\w$.]+\([\w$]+\.java:\d+\)|Exception in thread)/, 'a Java stack trace'],
  // In JSON the quotes around its names are escaped.
  [/\b(?:SELECT\s(?:\\"|[^"]){1,200}?\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s/, 'SQL'],
  [
    /\b(?:goroutine \d+ \[|panic: runtime error)|\b[A-Z]\w*(?:Error|Exception)\b[^"]{0,200}\bat line \d+/,
    'a stack trace',
  ],
  [/\b(?:SQLSTATE|psycopg2?|OperationalError|IntegrityError|ORA-\d{5})\b/, 'a database error'],
  [
    /\b[A-Z]:\\{1,2}(?:Users|inetpub|Program)|(?:\/srv|\/app|\/opt)\/[\w./-]{1,200}\.(?:py|js|ts|rb|go|java|php)\b/,
    'a path of the server',
  ],
  [/(?:\/usr\/(?:local\/)?lib|\/home\/\w+|\/var\/www|site-packages|node_modules)\//, 'a path of the server'],
];

export default {
  id: 'problem-leak',
  on: 'answer',
  group: 'errors',
  title: 'No error shows a stack trace, HTML or the inside of the server',
  explain:
    'Such text is of no use to callers and tells attackers how the server is built. It usually means that an ' +
    'error was not caught.',
  source: 'RFC 9457, section 5',
  check({ response }) {
    if (response.status < 400) return undefined;
    for (const [pattern, name] of LEAKS) {
      const match = pattern.exec(response.body);
      if (match)
        return [{ where: 'body', expected: `no ${name.replace(/^an? /, '')}`, found: cut(match[0].trim()) }];
    }
    return [];
  },
} satisfies Rule;

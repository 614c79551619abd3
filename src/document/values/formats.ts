import type { Format } from 'ajv';
import addFormats from 'ajv-formats';
import { checks, DATE } from './checks.js';

const NAMED = [
  ...(['uri-reference', 'uri-template', 'hostname', 'ipv4', 'ipv6', 'duration'] as const),
  ...(['json-pointer', 'relative-json-pointer'] as const),
];

/** Annotations about representation and display; in parsed JSON there is nothing to check. */
const ANNOTATIONS = ['float', 'double', 'password', 'binary'];

// RFC 5321, 4.1.2: a mailbox, whose domain needs no dot (`ann@localhost`), and may be an address in brackets.
const ATOM = String.raw`[\w!#$%&'*+/=?^\`{|}~-]+`;
const QUOTED = String.raw`"(?:[ !#-[\]-~]|\\[ -~])*"`;
const LABEL = String.raw`[a-z\d](?:[a-z\d-]*[a-z\d])?`;
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const LITERAL = String.raw`\[(?:${OCTET}(?:\.${OCTET}){3}|IPv6:[\da-f:.]+)\]`;
const MAILBOX = `^(?:${ATOM}(?:\\.${ATOM})*|${QUOTED})@(?:${LABEL}(?:\\.${LABEL})*|${LITERAL})$`;

/** The meaning of each format, shared by the generated validators, the contract rules and the fake. */
export const formats: Readonly<Record<string, Format | true>> = {
  ...checks,
  date: new RegExp(`^${DATE}$`),
  email: new RegExp(MAILBOX, 'i'),
  // Only the text form (RFC 9562, section 4), without the `urn:uuid:` of a URN.
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  ...Object.fromEntries(NAMED.map((name) => [name, expression(name)])),
  // A URI is a reference with a scheme (RFC 3986, 4.1).
  uri: new RegExp(`(?=^[a-z][a-z\\d+.-]*:)${expression('uri-reference').source}`, 'i'),
  ...Object.fromEntries(ANNOTATIONS.map((name) => [name, true])),
};

function expression(name: (typeof NAMED)[number]): RegExp {
  const format = addFormats.default.get(name, 'full');
  if (!(format instanceof RegExp)) throw new TypeError(`ajv-formats has no expression for ${name}`);
  return format;
}

/** What is wrong with a certificate or a protocol, in plain words, by Node's error code. */
const WORDS: readonly (readonly [code: RegExp, words: string])[] = [
  [/^CERT_HAS_EXPIRED$/, "the server's certificate has expired: whoever runs it has to renew it"],
  [
    /^CERT_NOT_YET_VALID$/,
    "the server's certificate isn't valid yet: see that this machine's clock is right",
  ],
  [
    /SELF_SIGNED|^UNABLE_TO_(VERIFY|GET)/,
    "the server's certificate is not signed by anybody whom this machine trusts: name the file of its CA in NODE_EXTRA_CA_CERTS",
  ],
  [/ALTNAME_INVALID$/, "the server's certificate is for another host: correct the URL"],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH/,
    'the server does not speak TLS there: write http://, or correct the port',
  ],
  [/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/, 'the server speaks only versions of TLS that are no longer safe'],
  [/^HPE_INVALID/, 'the server does not speak HTTP there: write https://, or correct the port'],
];

/** Most nested causes to follow: they may form a circle. */
const DEPTH = 5;

/** What failed below HTTP and what to do about it, in plain words; undefined if it was something else. */
export function tlsReason(error: unknown, depth = DEPTH): string | undefined {
  const { code, cause } = Object(error);
  const known = WORDS.find(([one]) => typeof code === 'string' && one.test(code));
  if (known) return known[1];
  return cause === undefined || depth === 0 ? undefined : tlsReason(cause, depth - 1);
}

/** How a server that speaks TLS answers a request without it. A server that breaks off an answer does speak HTTP. */
export function seemsToWantTls(error: unknown, url: string): boolean {
  // `fetch`'s name for it, once the answer has begun.
  if (Object(error).message === 'terminated') return false;
  const hungUp = [error, Object(error).cause].some((one) => Object(one).message === 'other side closed');
  return hungUp && url.startsWith('http:');
}

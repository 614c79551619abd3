/** Options that the client's errors name, by the variable that a command has instead. */
const VARIABLES: Readonly<Record<string, string>> = {
  accessToken: 'EV_ENERGY_ACCESS_TOKEN',
  baseUrl: 'EV_ENERGY_BASE_URL',
  clientId: 'EV_ENERGY_CLIENT_ID',
  clientSecret: 'EV_ENERGY_CLIENT_SECRET',
};

const NAMES = Object.keys(VARIABLES).join('|');

/**
 * The client's advice that a command's user can't follow, and what to say instead. For commands with `--timeout`, other
 * code has already replaced that advice.
 */
const ADVICE: readonly (readonly [client: RegExp, command: string])[] = [
  [/, or set quota to pace the requests$/, ''],
  [/; set timeout to allow more$/, ''],
  [/; check tokenUrl and baseUrl$/, '; check baseUrl'],
  [/\. Set clientId and clientSecret, or /, '. Run ev-energy login, or set clientId and clientSecret, or '],
];

/**
 * The places where the client names options: at the beginning, and in the advice at the end. In between is what the
 * server said.
 */
const OPTIONS = new RegExp(String.raw`^(?:${NAMES})(?=:)|(?:;|\.) (?:check|Run ev-energy login)[^;]*$`);

/** An error of the client as a command says it: with the variables in place of the client's options. */
export function inWordsOfCommands(message: string): string {
  const advised = ADVICE.reduce((text, [client, command]) => text.replace(client, command), message);
  return advised.replace(OPTIONS, (part) =>
    part.replace(new RegExp(String.raw`\b(?:${NAMES})\b`, 'g'), (name) => VARIABLES[name] ?? name),
  );
}

export const HELP = `Usage: ev-energy-contract [check] [options]
       ev-energy-contract verify FILE.har [options]
       ev-energy-contract compare --base-url A --base-url B [options]

Checks a server against an OpenAPI document. verify checks recorded traffic,
compare shows where the answers of two servers differ in shape.

Which server
  --target NAME        mock (default): starts Prism; fake (default without
                       Prism): starts the stateful fake; hosted-mock, staging,
                       live: the document's servers. Given several times, one
                       report covers all.
  --base-url URL       a server that runs already, in place of the target's.
                       Without --target it is an ordinary server: only read
                       from, and without credentials only public operations.
  --token-url URL      its token endpoint
                       Default: the document's, on the origin of the server.

What to check
  --spec FILE          an OpenAPI 3.1 document (default: the package's own)
  --operation ID       only this operation; may be repeated
  --id NAME=VALUE      value of a parameter, such as evse_id=evse01…; may be
                       repeated.
                       user_id is the user that EvEnergy-User names.
  --exhaust            only use up the rate limit, and check how that shows
                       (servers on this machine)

  --fuzz [N|Ns]        then send N requests (default 200), or for N seconds,
                       with generated values, valid and invalid: only safe
                       methods, on a server of your own all but DELETE. Each
                       failure is made as small as possible. Needs fast-check
  --seed N             the same requests as the run that named this seed
  --fuzz-file FILE     keeps failures; a later run sends them first

How much
  --max-requests N     budget of the run. It counts all requests, also those for
                       tokens and repeated ones; in compare for both servers.
                       Default: what the checks take and the hour allows
  --reserve N          requests of the hour to leave to others on staging and
                       live (default 100)
  --timeout N          seconds that an answer may take (default 30)

What counts
  --strict             allowed drift, otherwise noted, is a violation too
  --require-coverage   what could not be covered makes the run fail
  --allow-incomplete   a run that was cut short may still conform
  --accept FILE        reviewed list of accepted deviations; 'sandbox' names
                       the one that comes with the package

Output
  --report KIND=FILE   json, junit, markdown or html; may be repeated
  --since FILE         show what is new since this JSON report of an earlier run
  --verbose            also list notes and what is not applicable
  --list-rules         all rules, a line each
  --explain RULE       what a rule looks at, and why
  --version, --help

Credentials, as environment variables: EV_ENERGY_CLIENT_ID and
EV_ENERGY_CLIENT_SECRET, or EV_ENERGY_ACCESS_TOKEN; EV_ENERGY_EXPIRED_TOKEN
adds a probe with an expired token. Where the document asks for them:
EV_ENERGY_API_KEY (or EV_ENERGY_API_KEY_… with the scheme's name behind it),
EV_ENERGY_USERNAME and EV_ENERGY_PASSWORD. For that target,
EV_ENERGY_STAGING_… and EV_ENERGY_LIVE_… take precedence.

Exit code: 0 conforms, 1 violations, 2 could not run, or not to the end
(report files say why), or could not write; 130, 143, 129 ended by SIGINT,
SIGTERM, SIGHUP.
`;

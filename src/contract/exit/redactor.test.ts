import { expect, test } from 'vitest';
import { isSecret } from './names.js';
import { redactor } from './redactor.js';

test('what a server says does not write to the terminal that shows it', () => {
  const redact = redactor();
  expect(redact.text('\u001b[31mred\u0007\u009b2J, a\ttab and\na line')).toBe(
    '\\x1b[31mred\\x07\\x9b2J, a\\ttab and\\na line',
  );
});

function afterAnswer(body: string) {
  const exchange = {
    number: 1,
    name: 'it',
    request: { method: 'GET', url: 'https://a.example/x', headers: {} },
    response: { status: 200, headers: new Headers(), body },
    json: undefined,
  };
  return redactor([], { exchanges: [exchange] });
}

test.each([
  '<Password>abc12345</Password>',
  '<wsse:Password Type="PasswordText">abc12345</wsse:Password>',
  '<client_secret><![CDATA[abc12345]]></client_secret>',
  '&#34;password&#34;: &#34;abc12345&#34;',
  '<input type="hidden" name="csrf_token" value="abc12345">',
  'see /x?next=https%3A%2F%2Fme%3Aabc12345%40a.example%2F',
  'see /x?next=https%253A%252F%252Fme%253Aabc12345%2540a.example',
  '{"detail":[{"loc":["body","password"],"input":"abc12345"}]}',
  '{"errors":[{"pointer":"#/password","value":"abc12345"}]}',
  '{"k":"password","v":"abc12345"}',
  '{"value":"abc12345","header":"X-Api-Key"}',
  '{"name":"Cookie","value":"sid=abc12345; a=b"}',
  `{"name":"Authorization","value":"Basic ${btoa('id:abc12345')}"}`,
  '{"attributeName":"token","stringValue":["abc12345"]}',
  '["password","abc12345"]',
  '[["password","abc12345"],["a","b"]]',
  '{"log":"{\\"k\\":\\"password\\",\\"v\\":\\"abc12345\\"}"}',
  "{k: 'password', v: 'abc12345'}",
  '"a":1},{"name":"password","value":"abc12345","b":',
  "('password', 'abc12345')",
  '?key=password&value=abc12345',
  '{"credentials": {"a": "abc12345",},} // by hand',
  '{"a": 1, // one\n "password": /* two */ "abc12345"}',
  "password: // here\n 'abc12345'",
  'password        = abc12345',
  'password\uff1dabc12345',
  '\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff1aabc12345',
  '{"pass&#119;ord":"abc12345"}',
  '{"p%61ssword":"abc12345"}',
  'pass&#x77;ord=abc12345',
  'p%61ssword: abc12345',
  '<input name="p&#97;ssword" value="abc12345">',
  '<password value="abc12345"/>',
  '{"session":{"a":{"token":"abc12345"}}}',
  '{"session":"abc12345"}',
  '{"errors":[{"instancePath":"/password","data":"abc12345"}]}',
  '{"component":{"name":"x"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"abc12345"}',
  '{"Name":{"S":"password"},"Value":{"S":"abc12345"}}',
  'while(1);{"credentials":{"a":"abc12345"}}',
  '{"a":1}{"credentials":{"a":"abc12345"}}',
  '{"a":1},\n{"credentials":\n{"a":"abc12345"}} and more',
  '\x1e{"credentials":\n{"a":"abc12345"}}',
  'Config { password: Some("abc12345") }',
  `curl --header "Authorization: Basic ${btoa('id:abc12345')}"`,
])('a secret that a body holds is hidden everywhere: %s', (body) => {
  expect(afterAnswer(body).text('it was abc12345')).toBe('it was [redacted]');
});

test.each([
  '<input type="hidden" name="colour" value="abc12345">',
  'see /x?next=https%3A%2F%2Fa.example%2Fabc12345%3Fmail%3Dme%40b.example',
  '{"detail":[{"loc":["body","password_count"],"input":"abc12345"}]}',
  '{"sort":{"key":"abc12345"}}',
  '{"session":{"id":"abc12345"}}',
  '{"k":"colour","v":"abc12345"}',
  '{"name":"password"},{"name":"colour","value":"abc12345"}',
  '[["colour","abc12345"],["password","x"]]',
  '{"loc":["body","password"],"msg":"abc12345"}',
  '{"a": 1, // password\n "b": "abc12345"}',
  '<password><a/></password><colour value="abc12345"/>',
  '{"type":"session","data":{"a":"abc12345"}}',
  '{"session_state":"abc12345"}',
  '{"component":{"name":"password","id":1},"attributeValue":"abc12345"}',
  '{"max_pw":{"a":"abc12345"},"AuthorizationRes":{"a":"abc12345"}}',
  '{"a":1}{"b":"abc12345"} password',
  'the tokens (see abc12345)',
])('what a body has under another name than that of a secret is shown: %s', (body) => {
  expect(afterAnswer(body).text('it was abc12345')).toBe('it was abc12345');
});

test('two names side by side are a list of names, and a yes or no is no secret', () => {
  const shown = afterAnswer('{"required":["password","username"],"has_password":true,"password":null}');
  expect(shown.text('a username')).toBe('a username');
  expect(shown.value('{"password_set":true,"otp":false}')).toBe('{"password_set":true,"otp":false}');
});

test('what a sentence quotes of a secret is hidden elsewhere, and its words are not', () => {
  const shown = afterAnswer(`{"errors":{"Password":["The value 'abcdefgh12345678' is not valid."]}}`);
  expect(shown.text('valid abcdefgh12345678')).toBe('valid [redacted]');
});

test('what may be said of any session is hidden where it looks like a secret', () => {
  expect(afterAnswer('{"session_state":"abcdefgh12345678"}').text('abcdefgh12345678')).toBe('[redacted]');
  expect(redactor().text('?session_state=abc12345')).toBe('?session_state=[redacted]');
});

test('what a session holds is shown, but for its secrets', () => {
  const shown = redactor();
  const session = '{"session":{"energy":7,"token":"abc12345"}}';
  expect(shown.value(session)).toBe('{"session":{"energy":7,"token":"[redacted]"}}');
  expect(shown.found('body /session/energy', 'x')).toBe('x');
  expect(shown.found('body /session/token', 'x')).toBe('[redacted]');
  expect(shown.found('body /credentials/energy', 'x')).toBe('[redacted]');
  expect(shown.found('body /sort/key', 'x')).toBe('x');
});

test('what was found in a header is shown if the header is, though it may be a part of it', () => {
  const redact = redactor();
  expect(redact.found('header Link, rel="next"', 'about:blank')).toBe('about:blank');
  expect(redact.found('header X-Unheard-Of, first', 'about:blank')).toBe('[redacted]');
  expect(redact.found('header X-Unheard-Of', 'no such header')).toBe('no such header');
});

test('a secret goes, also where it was cut', () => {
  const redact = redactor(['0123456789abcdefghij']);
  expect(redact.text('token 0123456789abcdefghij and 0123456789abcd')).toBe(
    'token [redacted] and [redacted]',
  );
});

test.each([
  ['is the first of several assignments', 'client_secret%3Dabc12345%26x%3D1', 'abc12345'],
  ['stands behind other signs', 'x: y=z&a%3Daccess_token%3Dabc12345 end', 'abc12345'],
  ['has an escape in its name', 'api%5Fkey=abc12345', 'abc12345'],
  ['stands behind quotes and spaces', '{\\"api-key\\" : \\"abc12345\\"}', 'abc12345'],
])('a secret goes that %s', (_, text, secret) => {
  expect(redactor().text(text)).not.toContain(secret);
});

test.each(
  'pw userPw pin PIN user-pin pin2 otp OTPs mfa_code mfaCodes recovery_codes backupCode auth_code seed_phrase passphrase master_key X-Functions-Key app_key device_code X-CSRF session X-Session connect.sid session_id sessionId user_session user_session_id session_token session_key JSESSIONID PHPSESSID ASP.NET_SessionId ticket auth_ticket ServiceTicket password_hash client_secret refreshTokens admintokens api_key apiKey2 X-Auth-Token Proxy-Authorization Set-Cookie credentials credential_value private_key signingKey jwt bearer csrf_token code_verifier connection_string DB_PASSWORD AWS_SECRET_ACCESS_KEY secret_id card_pin user_pass password_reset_url basic_auth p%61ssword pass&#119;ord \\u0070in'.split(
    ' ',
  ),
)('%s is the name of a secret', (name) => {
  expect(isSecret(name)).toBe(true);
});

test.each(
  'page_code country_code error_code postal_code reference_code pin_count pinned spin opinion otpEnabled stop passenger code status key_count token_type primary_key sort_key idempotency_key public_key map_key sessions x_session_count outside session_duration session_savings_range sessionCount session_started_at charging_session charging_session_id charging_sub_session_id chargingSessionIds session_updated_at__gte tickets ticket_id support_ticket support_ticket_id external_ticket_id ticket_updated_at__gte ticketStatus password_changed_at jwt_expires_at signature_algorithm authorizationMethod credential_id credentialIds max_tokens maxTokens total_tokens prompt_tokens cached_tokens tokens_used cookie_consent cookie_banner cookie_name sort.key key next_page_token nextPageToken continuation_token sync_token password_strength signature_date jwt_issuer bearer_format authorization_url authorization_endpoint token_name api_key_name api_key_id access_key_id csrf_header_name gpio_pin cpPin connector_pins battery_pass max_pw authorization_amount cookie_domain AuthorizationRes session_state'.split(
    ' ',
  ),
)('%s is not the name of a secret', (name) => {
  expect(isSecret(name)).toBe(false);
});

test.each(['/x?next=%2Fcb%3Fcountry_code%3DGB1234', 'filter%5Bzip_code%5D=12345', 'a[b]=12345'])(
  'a parameter of another name stays in a URL in a URL, and in brackets: %s',
  (text) => {
    expect(redactor().text(text)).toBe(text);
  },
);

test.each([
  ['"token": "[redacted]", "a": 1', '"token": "[redacted]", "a": 1'],
  ['token=[redacted],a=b', 'token=[redacted],a=b'],
  ['token=[redacted]abc12345&a=b', 'token=[redacted][redacted]&a=b'],
])('what is hidden is not hidden once more: %s', (text, shown) => {
  expect(redactor().text(text)).toBe(shown);
});

test('the status that a mock is asked for is no code that proves anything', () => {
  expect(redactor().text('Prefer: code=404, example=none')).toBe('Prefer: code=404, example=none');
  expect(redactor().text('/callback?code=404abc and code=4041')).toBe(
    '/callback?code=[redacted] and code=[redacted]',
  );
});

import { HIDDEN } from './redactor.js';

/** The user information of a URL. */
const USER = /(\/\/)([^\s/?#@"'<>]{1,2000})@/g;

/** Hides the user information of all URLs in a text. */
export function hideUserInfo(text: string): string {
  if (!text.includes('@')) return text;
  return text.replace(USER, `$1${HIDDEN}@`);
}

/** The user information of all URLs in a text, and the passwords in it. */
export function userInfoIn(text: string): string[] {
  return [...text.matchAll(USER)].flatMap(([, , user = '']) => [user, user.slice(user.indexOf(':') + 1)]);
}

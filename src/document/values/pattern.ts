/**
 * The regular expression of a `pattern`, with the `u` flag that JSON Schema requires if that works, else without. Many
 * documents have patterns such as `[\w\-]`, which are invalid with that flag.
 *
 * @throws SyntaxError for text that is no regular expression either way.
 */
export function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

/** The same as code, for generated modules. */
export const PATTERN_CODE = '((p)=>{try{return new RegExp(p,"u")}catch{return new RegExp(p)}})';

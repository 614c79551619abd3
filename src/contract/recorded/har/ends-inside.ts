/** Whether text that isn't JSON only breaks off: a string, a list or an object in it is never closed. */
export function endsInside(text: string): boolean {
  let open = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') open += 1;
    else if (character === '}' || character === ']') open -= 1;
  }
  return /^\s*[{["]/.test(text) && (inString || open > 0);
}

/** The fields of a form, as text; files among them are left out. Undefined for a media type that is no form. */
export function formFields(contentType: string, body: Uint8Array): [string, string][] | undefined {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return [...new URLSearchParams(new TextDecoder().decode(body))];
  const [, quoted, plain] =
    /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return boundary === undefined ? undefined : partsOf(new TextDecoder().decode(body), boundary);
}

/** The parts of a `multipart/form-data` body (RFC 7578) that have a name and no file. */
function partsOf(text: string, boundary: string): [string, string][] {
  return `\r\n${text}`.split(`\r\n--${boundary}`).flatMap((part): [string, string][] => {
    const end = part.indexOf('\r\n\r\n');
    const name = /^content-disposition:.*;\s*name="([^"]*)"/im.exec(part.slice(0, end))?.[1];
    const isFile = /^content-disposition:.*;\s*filename\*?=/im.test(part.slice(0, end));
    return end < 0 || name === undefined || isFile ? [] : [[name, part.slice(end + 4)]];
  });
}

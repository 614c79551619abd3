/** Stands at the end of a text that was cut off on the wire. */
export const CUT = '…';

/**
 * The body of an error, or as much of it as arrived: its status decides what an error is, even where its body is cut,
 * and the start may say why.
 */
export async function textOf(response: Response): Promise<string> {
  let text = '';
  try {
    // A transport of the caller's may have other streams than those of the web.
    const reader = response.body?.getReader?.();
    if (!reader) return await response.text();
    const decoder = new TextDecoder();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return text && text + CUT;
  }
}

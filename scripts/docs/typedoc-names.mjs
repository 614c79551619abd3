// A plugin of typedoc: long names may break between their words, so that a phone doesn't break them within one.
import { PageEvent } from 'typedoc';

/** The text of an element that is one name, longer than fits beside an icon on a phone. */
const NAME = />([A-Za-z]{24,})</g;

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.renderer.on(PageEvent.END, (page) => {
    const body = page.contents?.indexOf('<body') ?? -1;
    if (body < 0) return;
    const breakable = (_text, name) => `>${name.replace(/(?<=[a-z])(?=[A-Z])/g, '<wbr/>')}<`;
    page.contents = page.contents.slice(0, body) + page.contents.slice(body).replace(NAME, breakable);
  });
}

// A plugin of typedoc: what an entry point exports is grouped by the room that it comes from, so that no declaration
// has to say it itself.
import { Comment, CommentTag, Converter, ReferenceReflection, ReflectionKind } from 'typedoc';

/** The first that fits a declaration's file and name decides. */
const CATEGORIES = [
  [/^generated\/client\.ts Resources$|^generated\/client\.ts \w+Resource$/, 'Resources'],
  [/^generated\/client\.ts /, 'Parameters and bodies'],
  [/^generated\/models\.ts /, 'Models'],
  [/^generated\/webhooks\.ts /, 'Events'],
  [/^src\/client\/(ev-energy|options|environment|url)/, 'Client'],
  [/^src\/client\/auth\//, 'Tokens'],
  [/^src\/client\/pages\//, 'Pages'],
  [/^src\/client\/errors\//, 'Errors'],
  [/^src\/client\/quota\//, 'Quota'],
  [/^src\/client\/observe\//, 'Observers'],
  [/^src\/client\//, 'Calls'],
  [/^src\/contract\/recorded\//, 'In your own tests'],
  [/^src\/contract\/(run|targets|errors|exchange)/, 'Checks'],
  [/^src\/contract\/report\//, 'Reports'],
  [/^src\/contract\/schema\/|^src\/document\//, 'Document'],
  [/^src\/contract\//, 'Rules'],
  [/^src\/testing\/(fake|options|start|data)/, 'Fake'],
  [/^src\/testing\/faults\//, 'Faults'],
  [/^src\/testing\/webhooks\//, 'Webhooks'],
  [/^src\/testing\//, 'Behaviours and data'],
];

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const isExport = reflection.parent?.kindOf(ReflectionKind.Module);
    if (!isExport || reflection instanceof ReferenceReflection) return;
    const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName;
    const place = `${file?.replace(`${process.cwd()}/`, '')} ${reflection.name}`;
    const category = CATEGORIES.find(([pattern]) => pattern.test(place))?.[1];
    if (category === undefined) return;
    reflection.comment ??= new Comment();
    reflection.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: category }]));
  });
}

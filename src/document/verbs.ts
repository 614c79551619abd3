/** Words that are verbs even in front of others. */
const VERBS = words(
  'abort accept acknowledge activate add apply approve archive assign attach authorize begin bind calculate cancel ' +
    'check clear clone close commit compare complete compute confirm connect convert copy create deactivate decline ' +
    'delete deny deregister detach disable disconnect dismiss download duplicate edit enable end enroll estimate ' +
    'evaluate execute expire extend fetch finalize find finish fix generate get hide init initialize initiate install ' +
    'invoke join leave login logout lookup merge migrate move mute notify pause ping process promote publish purge ' +
    'put read rebuild recover redeem register reject reload remove rename render reopen replace resend reset resolve ' +
    'restart restore resume retrieve retry revert revoke rotate save select send simulate skip start stop submit ' +
    'subscribe suggest suspend sync synchronize toggle trigger unlink unlock unsubscribe upload validate verify ' +
    'withdraw write',
);

/**
 * Words that are verbs only on their own; in front of others they often name a thing: `export_files`, `request_logs`.
 */
const VERBS_ALONE = words(
  'block claim export grant import invite link list lock mark open poll preview query refresh release request return ' +
    'ring run search set sign split test transfer update upgrade',
);

/** Whether the segment is a verb, on its own or with its object: `check`, `recalculate_energy_usages`. */
export function isVerbal(segment: string): boolean {
  const [first = '', ...rest] = segment.split(/[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])/).filter(Boolean);
  return isVerb(first, VERBS) || (rest.length === 0 && isVerb(first, VERBS_ALONE));
}

function isVerb(word: string, verbs: ReadonlySet<string>): boolean {
  const lower = word.toLowerCase();
  return verbs.has(lower) || verbs.has(lower.replace(/^(?:re|un)/, ''));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

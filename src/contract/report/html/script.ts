/**
 * Filters the findings and rows by what is typed or chosen, copies requests, opens the target of a link, unfolds all
 * findings for printing, and hints if part of the table is out of view.
 */
export const script = `
for (const input of document.querySelectorAll('input[data-filter="operation"]')) {
  input.hidden = false;
  input.addEventListener('input', () => {
    const wanted = input.value.toLowerCase();
    for (const row of document.querySelectorAll('[data-operation]')) {
      row.hidden = !row.dataset.operation.toLowerCase().includes(wanted);
    }
  });
}
for (const section of document.querySelectorAll('section.violations')) {
  const bar = section.querySelector('.filters');
  const field = (name) => bar.querySelector('[data-filter="' + name + '"]');
  const articles = [...section.querySelectorAll('article')];
  bar.hidden = false;
  const apply = () => {
    const text = field('text').value.toLowerCase();
    const rule = field('rule').value;
    const fresh = field('new')?.checked;
    for (const article of articles) {
      article.hidden = !article.textContent.toLowerCase().includes(text)
        || (rule !== '' && article.dataset.rule !== rule) || (fresh && !('new' in article.dataset));
    }
    section.querySelector('.nothing').hidden = articles.some((article) => !article.hidden);
  };
  bar.addEventListener('input', apply);
  // A browser that comes back to the page fills in what was there.
  addEventListener('pageshow', apply);
}
const copy = async (text) => {
  try { await navigator.clipboard.writeText(text); return true; } catch {}
  // A page from a file may not use the clipboard everywhere.
  const area = document.body.appendChild(document.createElement('textarea'));
  area.value = text;
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
};
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.textContent = (await copy(button.nextElementSibling.textContent)) ? 'Copied' : 'Select it below to copy';
    setTimeout(() => { button.textContent = 'Copy as curl'; }, 2000);
  });
}
const hint = document.querySelector('.hint');
const box = document.querySelector('#matrix .scroll');
if (box) new ResizeObserver(() => { hint.hidden = box.scrollWidth <= box.clientWidth; }).observe(box);
const reveal = () => {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target) return;
  target.hidden = false;
  for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  target.scrollIntoView();
};
addEventListener('hashchange', reveal);
reveal();
let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('section.violations details:not([open])')];
  for (const details of folded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false;
});
`;

/**
 * Shows only the rows whose operation holds the text that is typed; opens what a link leads to; tells
 * when there is more of the table than is seen.
 */
export const script = `
for (const input of document.querySelectorAll('input[data-filter]')) {
  input.hidden = false;
  input.addEventListener('input', () => {
    const wanted = input.value.toLowerCase();
    for (const row of document.querySelectorAll('[data-operation]')) {
      row.hidden = !row.dataset.operation.toLowerCase().includes(wanted);
    }
  });
}
const hint = document.querySelector('.hint');
const box = document.querySelector('#matrix .scroll');
if (box) new ResizeObserver(() => { hint.hidden = box.scrollWidth <= box.clientWidth; }).observe(box);
const reveal = () => {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  target.scrollIntoView();
};
addEventListener('hashchange', reveal);
reveal();
`;

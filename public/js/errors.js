/** The summary is read first; its links put the cursor into the field, or into the first of a group. */
export function focusErrors() {
  const summary = document.querySelector('[data-error-summary]');
  if (!summary) return;
  summary.focus();
  summary.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches('input, select, textarea')
      ? target
      : target.querySelector('input, select, textarea');
    (target.closest('.field') ?? target).scrollIntoView();
    (control ?? target).focus({ preventScroll: true });
  });
}

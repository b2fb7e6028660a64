/** Stops a second press while the first is on its way, and warns before changes are left behind. */
export function guardForms() {
  for (const form of document.querySelectorAll('form[data-guard]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = '1';
      event.submitter?.setAttribute('aria-disabled', 'true');
    });
  }
  // A page that comes back from the history is ready for another try.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.querySelectorAll('[aria-disabled]').forEach((button) => button.removeAttribute('aria-disabled'));
    }
  });
  const watched = document.querySelectorAll('form[data-unsaved]');
  if (watched.length === 0) return;
  let changed = false;
  for (const form of watched) {
    form.addEventListener('input', () => (changed = true));
    form.addEventListener('submit', () => (changed = false));
  }
  addEventListener('beforeunload', (event) => changed && event.preventDefault());
}

/** On a narrow screen the board comes first: what is seldom wanted waits behind a button. */
export function foldTop() {
  const top = document.querySelector('[data-board-top]');
  const button = top.querySelector('[data-fold]');
  const show = (open) => {
    button.setAttribute('aria-expanded', String(open));
    top.classList.toggle('is-folded', !open);
  };
  button.hidden = false;
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  show(false);
}

const KEY = 'skaryna.stars';
/** More would not fit into an address. */
const MOST = 100;

/** Sessions marked on this device, without an account; `data-stars-href` is the address that takes their keys. */
export function keepStars() {
  const buttons = [...document.querySelectorAll('[data-star]')];
  const links = [...document.querySelectorAll('[data-stars-href]')];
  if (buttons.length + links.length === 0) return;
  const stars = read();
  const show = () => {
    for (const button of buttons) button.setAttribute('aria-pressed', stars.has(button.dataset.star));
    // Those of other days too; the server leaves out what is no session of this programme.
    const keys = [...stars].slice(-MOST).map(encodeURIComponent).join(',');
    for (const link of links) {
      link.hidden = !buttons.some((button) => stars.has(button.dataset.star));
      link.href = link.dataset.starsHref + keys;
    }
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const key = button.dataset.star;
      if (!stars.delete(key)) stars.add(key);
      write(stars);
      show();
    });
  }
  show();
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return new Set();
  }
}

/** Private windows may refuse storage: then the stars hold for this page. */
function write(stars) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...stars]));
  } catch {
    return;
  }
}

// Dragging one chair of a seating plan onto another swaps their people: fills in the form below the plan and sends it.
const plan = document.querySelector('[data-seating]');
const form = document.querySelector('[data-seating-swap]');

if (plan && form) {
  let held = null;
  const chairAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-chair]') ?? null;
  const drop = () => {
    for (const chair of plan.querySelectorAll('.seating-held, .seating-over'))
      chair.classList.remove('seating-held', 'seating-over');
    held = null;
  };

  plan.addEventListener('pointerdown', (event) => {
    const chair = event.target.closest('[data-chair]');
    if (!chair || event.button > 0) return;
    held = chair;
    held.classList.add('seating-held');
    plan.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  plan.addEventListener('pointermove', (event) => {
    if (!held) return;
    const over = chairAt(event);
    for (const chair of plan.querySelectorAll('.seating-over')) chair.classList.toggle('seating-over', chair === over);
    if (over && over !== held) over.classList.add('seating-over');
  });
  plan.addEventListener('pointerup', (event) => {
    const from = held;
    const to = from && chairAt(event);
    drop();
    if (!from || !to || from === to) return;
    form.elements.namedItem('a').value = from.dataset.chair;
    form.elements.namedItem('b').value = to.dataset.chair;
    form.requestSubmit();
  });
  plan.addEventListener('pointercancel', drop);
}

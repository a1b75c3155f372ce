/** A deck in the manner of the usual ones: fixed slides, scaled to the window, walked by the arrow keys. */
const stage = /** @type {HTMLElement} */ (document.querySelector('.stage'));
const slides = [...document.querySelectorAll('section')];
let index = 0;

function fitWindow() {
  const scale = Math.min(innerWidth / 1280, innerHeight / 720);
  stage.style.transform = `scale(${scale}) translate(-50%, -50%)`;
}

/** @type {(next: number) => void} */
function show(next) {
  index = Math.min(Math.max(next, 0), slides.length - 1);
  for (const [place, slide] of slides.entries()) slide.classList.toggle('is-shown', place === index);
}

addEventListener('resize', fitWindow);
addEventListener('keydown', ({ key, defaultPrevented }) => {
  if (defaultPrevented) return;
  if (key === 'ArrowRight') show(index + 1);
  if (key === 'ArrowLeft') show(index - 1);
});
fitWindow();

/** What a page needs to let frames of the lab be as high as they like. */
addEventListener('message', ({ source, data }) => {
  if (data?.dropoutLab !== 1 || data.event !== 'height') return;
  for (const frame of document.querySelectorAll('iframe')) {
    if (frame.contentWindow === source) frame.style.height = `${data.detail.height}px`;
  }
});

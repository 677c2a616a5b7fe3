/** Lets a screen reader say something when it is idle. */
export const announce = (words: string): void => {
  const region = document.getElementById('live');
  if (region !== null && region.textContent !== words) region.textContent = words;
};

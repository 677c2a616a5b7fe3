/** Says something to a screen reader, politely. */
export const announce = (words: string): void => {
  const region = document.getElementById('live');
  if (region !== null && region.textContent !== words) region.textContent = words;
};

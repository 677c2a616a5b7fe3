import { type MapKey, type MapScale, spread } from './scale.ts';
import { fitted, path, type Shape, text } from './shape.ts';

/**
 * Names of keys right of the map. They are moved apart where they would overlap, and joined to the lines of their
 * keys.
 */
export const keyNames = (keys: readonly MapKey[], scale: MapScale): readonly Shape[] => {
  const wanted = keys.map(({ y }) => scale.y(y));
  const at = spread(wanted, 13, scale.top + 2, scale.bottom);
  return keys.flatMap(({ name, isChosen }, index): readonly Shape[] => {
    const [from, to] = [wanted[index] ?? 0, at[index] ?? 0];
    const shown = fitted(name, 98, 11) ?? '…';
    return [
      path(isChosen ? 'key-stem chosen' : 'key-stem', `M${scale.right},${from} L${scale.right + 10},${to}`),
      text(isChosen ? 'key-name chosen' : 'key-name', [scale.right + 14, to + 4], shown, 'start', `key ${index}`),
    ];
  });
};

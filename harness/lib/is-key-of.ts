/** Whether a registry has an own entry of that name, so that `__proto__` is no variant. */
export const isKeyOf = <T extends object>(registry: T, name: string): name is Extract<keyof T, string> =>
  Object.hasOwn(registry, name);

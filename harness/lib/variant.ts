import type { z } from 'zod';

/**
 * One of several ways to do a thing (a producer, a fault, a payload …). Its options are parsed where they are defined,
 * so code that looks a variant up by name needs to know nothing about them.
 */
export type Variant<Made> = {
  /** The name that a scenario gives as `type`. */
  readonly type: string;
  readonly summary: string;
  readonly options: z.ZodType;
  /** Throws the schema's own error for invalid options. */
  readonly make: (options: unknown) => Made;
};

/** As a person writes it: arrays may be readonly. */
type Given<Value> = { readonly [Field in keyof Value]: Given<Value[Field]> };

/**
 * zod infers an object without fields as an index signature of `never`, which cannot be intersected with anything.
 */
type OptionsOf<Schema extends z.ZodType> = string extends keyof z.input<Schema>
  ? Record<never, never>
  : Given<z.input<Schema>>;

type Typed = { readonly type: string; readonly options: z.ZodType };

/** What a scenario holds for one variant: its type and its options. */
export type InputOf<One extends Typed> = { readonly type: One['type'] } & OptionsOf<One['options']>;

/** The same for all variants of a registry. */
export type InputsOf<Registry extends Readonly<Record<string, Typed>>> = {
  [Name in keyof Registry]: InputOf<Registry[Name]>;
}[keyof Registry];

/** The argument is optional if every option is. */
type Builder<Type extends string, Input> = keyof Input extends never
  ? () => { readonly type: Type }
  : Partial<Input> extends Input
    ? (options?: Input) => { readonly type: Type } & Input
    : (options: Input) => { readonly type: Type } & Input;

export type VariantSpec<Type extends string, Schema extends z.ZodType, Made> = {
  readonly type: Type;
  readonly summary: string;
  readonly options: Schema;
  readonly make: (options: z.output<Schema>) => Made;
};

type Facts<Type extends string, Schema extends z.ZodType, Made> = Omit<Variant<Made>, 'type' | 'options'> & {
  readonly type: Type;
  readonly options: Schema;
};

/** A variant is its own builder: `putRecord({ inFlight: 2 })` is what a scenario holds. */
export type Built<Type extends string, Schema extends z.ZodType, Made, Shared = unknown> = Facts<Type, Schema, Made> &
  Builder<Type, OptionsOf<Schema> & Shared>;

/** A variant whose builder has parameters of its own: `Object.assign(build, defineVariant(…))`. */
export const defineVariant = <const Type extends string, Schema extends z.ZodType<object>, Made>(
  spec: VariantSpec<Type, Schema, Made>,
): Facts<Type, Schema, Made> => ({ ...spec, make: (options) => spec.make(spec.options.parse(options)) });

/**
 * A variant with the usual builder: options and builder come from one schema. `Shared`: options that all variants of
 * the kind have. `Traits`: further fields that the kind adds to a variant.
 */
export const defineBuilder = <
  const Type extends string,
  Schema extends z.ZodType<object>,
  Made,
  Shared = unknown,
  Traits extends object = object,
>(
  spec: VariantSpec<Type, Schema, Made> & Traits,
): Built<Type, Schema, Made, Shared> & Traits => {
  const build = (options: object = {}): object => ({ type: spec.type, ...options });
  return Object.assign(build, defineVariant(spec)) as unknown as Built<Type, Schema, Made, Shared> & Traits;
};

/** A registry made from a list of variants, each under its type. */
export type ByType<List extends Readonly<Record<string, Typed>>> = {
  readonly [Name in keyof List as List[Name]['type']]: List[Name];
};

export const byType = <List extends Readonly<Record<string, Typed>>>(list: List): ByType<List> => {
  const registry = new Map(Object.values(list).map((variant) => [variant.type, variant]));
  if (registry.size === Object.keys(list).length) return Object.fromEntries(registry) as ByType<List>;
  const types = Object.values(list).map(({ type }) => type);
  const twice = types.filter((type, index) => types.indexOf(type) !== index);
  throw new Error(`two variants have the type ${twice.join(', ')}: give each its own in its file`);
};

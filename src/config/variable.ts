import { z } from 'zod';
import { isTimezone } from '../kernel/timezone.ts';

/** One variable of the environment: how it is read, and the line of help that `.env.example` shows. */
export interface Variable<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  readonly help: string;
  /** What `.env.example` shows behind the `=`; secrets and optional names show nothing. */
  readonly shown?: string;
}

export function variable<T extends z.ZodType>(schema: T, help: string, shown = ''): Variable<T> {
  return { schema, help, shown };
}

/** Empty means unset, as in a copied `.env.example`. */
const orUnset = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema);

const trimmed = z.string().trim();

export const text = orUnset(trimmed.optional());
export const textOr = (fallback: string) => orUnset(trimmed.default(fallback));

/** A text of one form; `remedy` says how to write it. */
export const textLike = (form: RegExp, remedy: string) => orUnset(trimmed.regex(form, { error: remedy }).optional());

export const flag = orUnset(
  trimmed
    .toLowerCase()
    .pipe(z.enum(['true', 'false'], { error: 'write true or false' }))
    .default('false')
    .transform((value) => value === 'true'),
);

export const oneOf = <const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  fallback: NoInfer<Choice>,
) => orUnset(z.enum(choices, { error: `write one of ${choices.join(', ')}` }).default(fallback as never));

export const numberOr = (fallback: number, { min = 0, max = 1_000_000_000, whole = true } = {}) =>
  orUnset(
    trimmed
      .regex(whole ? /^\d+$/ : /^\d+(\.\d+)?$/, { error: `write a ${whole ? 'whole ' : ''}number` })
      .transform(Number)
      .pipe(
        z.number().refine((value) => value >= min && value <= max, { error: `write a number from ${min} to ${max}` }),
      )
      .default(fallback),
  );

const address = (remedy: string) =>
  z.url({ protocol: /^https?$/, error: remedy }).transform((value) => value.replace(/\/+$/, ''));

/** An http(s) address, without slashes at its end. */
export const url = (remedy: string) => orUnset(address(remedy).optional());
export const urlOr = (fallback: string) => orUnset(address('write an http(s) address').default(fallback));

/** Parts between commas, each read by `read`, which throws on what it can't understand. */
export const listOf = <T>(read: (part: string) => T, remedy: string) =>
  orUnset(
    z
      .string()
      .default('')
      .transform((value, context) => {
        try {
          return value
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
            .map(read);
        } catch {
          context.addIssue({ code: 'custom', message: remedy });
          return z.NEVER;
        }
      }),
  );

export const timezone = orUnset(
  trimmed.refine(isTimezone, { error: 'write a name such as Asia/Shanghai or Europe/Berlin' }).optional(),
);

import { z } from 'zod'
import { readDate } from '#core/calendar-date.ts'
import { readFiscalYear } from '#core/fiscal-year.ts'
import { readUuid } from '#core/ids.ts'
import { type Issue, type Reading, unread } from '#core/issues.ts'
import { languages } from '#core/language.ts'
import { readMoment } from '#core/moment.ts'
import { isPositive, type Money } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import { readCursor, readLimit } from '#core/page.ts'
import {
  controlCharacter,
  loneSurrogate,
  notPositive,
  outOfBounds,
  textEmpty,
} from './input-sentences.ts'

/**
 * The fields every route is made of: strict JSON in, values of `core` out. Nothing is coerced; an
 * amount that comes as a number is of the wrong type, since 0.1 + 0.2 has passed through it. What a
 * field refuses keeps the code of its own reader ('money/ambiguous', 'date/impossible'…). The
 * OpenAPI document shows the side that is sent: text, with its form and an example.
 */
type RefinementContext = z.core.$RefinementCtx

/** For a rule of a route's own: `schema.transform((value, context) => …)`. */
export function refuseInput(context: RefinementContext, issue: Issue): never {
  context.addIssue({ code: 'custom', message: issue.detail.en, params: { issue } })
  return z.NEVER
}

const through =
  <T>(read: (text: string) => Reading<T>) =>
  (text: string, context: RefinementContext): T => {
    const reading = read(text)
    return reading.ok ? reading.value : refuseInput(context, reading.issue)
  }

const amountMeta = {
  format: 'decimal',
  description: 'Canadian dollars as text, never a number; answered with two decimals.',
  examples: ['1234.50'],
}

export const amountField = z.string().meta(amountMeta).transform(through(readAmount))

export const positiveAmountField = z
  .string()
  .meta({ ...amountMeta, description: `${amountMeta.description} Greater than zero.` })
  .transform(
    through((text) => {
      const reading = readAmount(text)
      return reading.ok && !isPositive(reading.value)
        ? unread('input/not-positive', notPositive, reading.value.toString())
        : reading
    }),
  )

function readAmount(text: string): Reading<Money> {
  const reading = readMoney(text)
  return reading.ok ? { ok: true, value: reading.value.value } : reading
}

export const dateField = z
  .string()
  .meta({ format: 'date', description: 'A calendar day.', examples: ['2026-03-31'] })
  .transform(through(readDate))

export const fiscalYearField = z
  .string()
  .meta({
    pattern: '^\\d{4}-(\\d{4}|\\d{2})$',
    description: 'A fiscal year, April 1 to March 31.',
    examples: ['2025-2026'],
  })
  .transform(through(readFiscalYear))

export const momentField = z
  .string()
  .meta({
    description: 'A position of the record, or an instant with its offset.',
    examples: ['1204', '2026-03-31T23:59:59-04:00'],
  })
  .transform(through(readMoment))

export const uuidField = z
  .string()
  .meta({ format: 'uuid', examples: ['0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'] })
  .transform(through(readUuid))

export const languageField = z.enum(languages)

export const limitField = z
  .string()
  .meta({
    pattern: '^[1-9]\\d{0,2}$',
    description: 'Items per page, 1 to 500; 50 when left out.',
    examples: ['50'],
  })
  .optional()
  .transform((text, context) => through(() => readLimit(text))(text ?? '', context))

/** Null for the first page. */
export const cursorField = z
  .string()
  .meta({ description: '`nextCursor` of the page before; left out for the first page.' })
  .optional()
  .transform((text, context) => (text === undefined ? null : through(readCursor)(text, context)))

/** A POST that says everything by its address: no body, or an empty object. */
export const noBody = z.strictObject({}).optional()

/**
 * What a line of text must not hold: controls but tab and line feed, and the noncharacters XML
 * refuses.
 */
const forbidden = /[[\p{Cc}\uFFFE\uFFFF]--[\n\t]]/v

/**
 * Text for people to read, without the space around it; `max` counts characters as the database
 * does.
 */
export const textField = (max: number) =>
  z
    .string()
    .meta({ minLength: 1, maxLength: max })
    .transform(through((text) => readText(text, max)))

/** Text that stays on one line wherever it is printed. */
export const lineField = (max: number) =>
  z
    .string()
    .meta({ minLength: 1, maxLength: max })
    .transform(
      through((text) =>
        /[\n\t\p{Zl}\p{Zp}]/u.test(text)
          ? unread('input/control-character', controlCharacter)
          : readText(text, max),
      ),
    )

function readText(text: string, max: number): Reading<string> {
  if (!text.isWellFormed()) {
    return unread('input/lone-surrogate', loneSurrogate)
  }
  if (forbidden.test(text)) {
    return unread('input/control-character', controlCharacter)
  }
  const value = text.trim()
  if (value === '') {
    return unread('input/too-short', textEmpty)
  }
  return Array.from(value).length > max
    ? unread('input/too-long', outOfBounds('most', 'characters', max))
    : { ok: true, value }
}

/** An instant with its offset, as it was written. */
export const instantField = z.iso.datetime({ offset: true }).meta({
  description: 'An instant, ISO 8601 with offset.',
  examples: ['2026-04-01T00:00:00-04:00'],
})

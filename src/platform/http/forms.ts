import formbody from '@fastify/formbody'
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import type { HttpServer } from './http-server.ts'

/**
 * What a form sends, as the body that the API would take: all texts, a dot where JSON nests
 * (`lines.0.amount`), a name sent several times a list. An empty field is no field, and rows of a
 * list that hold nothing are left out, so that a form of twenty lines may be filled in three. Line
 * ends are LF, whatever the browser made of them.
 */
export type FormValue = string | FormValue[] | { [name: string]: FormValue }

const fieldsMax = 5_000
const nameForm = /^[A-Za-z][A-Za-z0-9_-]{0,63}(?:\.[A-Za-z0-9][A-Za-z0-9_-]{0,63}){0,3}$/

/** And nothing else: values of JSON are not texts. */
export async function acceptForms(server: HttpServer): Promise<void> {
  server.removeContentTypeParser('application/json')
  await server.register(formbody, { parser: readForm })
}

/** @throws Problem `http/form-unreadable` */
export function readForm(text: string): Record<string, FormValue> {
  const pairs = text === '' ? [] : text.split('&')
  if (pairs.length > fieldsMax) {
    throw formUnreadable()
  }
  return nest(pairs.map(readPair))
}

/** The same for the fields beside a file. */
export const nestFields = (fields: Readonly<Record<string, string>>): Record<string, FormValue> =>
  nest(Object.entries(fields))

type Pair = readonly [name: string, value: string]

function readPair(pair: string): Pair {
  const [name = '', ...values] = pair.split('=')
  return [decode(name), decode(values.join('='))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw formUnreadable()
  }
}

function nest(pairs: readonly Pair[]): Record<string, FormValue> {
  const root: Record<string, FormValue> = Object.create(null)
  for (const [name, value] of pairs) {
    if (!nameForm.test(name)) {
      throw formUnreadable()
    }
    const line = value.replaceAll(/\r\n?/g, '\n')
    if (line.trim() !== '') {
      put(root, name.split('.'), line)
    }
  }
  return compact(root) as Record<string, FormValue>
}

function put(into: Record<string, FormValue>, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path
  const held = into[name]
  if (rest.length > 0) {
    const inner = held ?? Object.create(null)
    if (typeof inner === 'string' || Array.isArray(inner)) {
      throw formUnreadable()
    }
    into[name] = inner
    put(inner, rest, value)
    return
  }
  if (held === undefined) {
    into[name] = value
  } else if (typeof held === 'string') {
    into[name] = [held, value]
  } else if (Array.isArray(held)) {
    held.push(value)
  } else {
    throw formUnreadable()
  }
}

/** An object whose names are all numbers is a list in their order. */
function compact(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) {
    return value
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, compact(inner)] as const)
  const isList = entries.length > 0 && entries.every(([name]) => /^\d{1,4}$/.test(name))
  return isList
    ? entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner)
    : Object.fromEntries(entries)
}

/** Back to names of fields, to show what was typed: `lines.0.amount`. */
export function flatten(
  value: FormValue,
  above: readonly string[] = [],
): Record<string, string | readonly string[]> {
  if (typeof value === 'string') {
    return { [above.join('.')]: value }
  }
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return { [above.join('.')]: value }
  }
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]) => flatten(inner, [...above, name])),
  )
}

/** A field that may be sent several times, as check boxes of one name are. */
export const severalOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), z.array(item).min(1))

export const formUnreadable = (): Problem =>
  new Problem('invalid', 'http/form-unreadable', {
    fr: 'Le formulaire n’a pas pu être lu. Rechargez la page et recommencez.',
    en: 'The form could not be read. Load the page again and retry.',
  })

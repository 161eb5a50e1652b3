import { z } from 'zod'
import type { Issue } from '#core/issues.ts'
import { Problem } from '#core/problem.ts'
import type { FormValue } from './forms.ts'
import { issuesOf } from './input-issues.ts'

/**
 * What beside its fields a form carries: the proof that it is of a page of ours, the key under which
 * it is done once, and the version of the document that was shown.
 */
export interface Control {
  readonly csrf: string | null
  readonly key: string | null
  readonly version: string | null
}

export type Fields = Readonly<Record<string, FormValue>>

/** What makes values of the fields that were sent. */
export type FieldsSchema<Output> = z.ZodType<Output>

const controls = ['csrf', 'key', 'version'] as const

export function splitControl(body: Fields): { readonly control: Control; readonly fields: Fields } {
  const [csrf = null, key = null, version = null] = controls.map((name) => {
    const value = body[name]
    return typeof value === 'string' ? value : null
  })
  const fields = Object.entries(body).filter(
    ([name]) => !controls.some((control) => control === name),
  )
  return { control: { csrf, key, version }, fields: Object.fromEntries(fields) }
}

/** @throws Problem `http/form-invalid` with an issue for each field */
export function readFields<Output>(schema: FieldsSchema<Output>, fields: Fields): Output {
  const read = z.safeParse(schema, fields, { reportInput: true })
  if (read.success) {
    return read.data
  }
  throw new Problem(
    'refused',
    'http/form-invalid',
    {
      fr: 'Le formulaire n’a pas été enregistré : voyez les champs signalés.',
      en: 'The form was not saved: see the fields that are marked.',
    },
    { issues: issuesOf(read.error.issues).map((issue) => asTyped(issue, fields)) },
  )
}

/** A list where one text was expected is a field that was sent more than once. */
function asTyped(issue: Issue, fields: Fields): Issue {
  const [, name = '', ...deeper] = issue.pointer.split('/')
  const isRepeated = deeper.length === 0 && Array.isArray(fields[name])
  return isRepeated && issue.code === 'input/wrong-type'
    ? { ...issue, code: 'input/repeated', detail: repeated }
    : issue
}

const repeated = {
  fr: 'Ce champ a été envoyé plusieurs fois. Remplissez-le une seule fois.',
  en: 'This field was sent several times. Fill it in once.',
}

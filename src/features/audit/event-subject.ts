import { fieldsOf, type RecordedEvent } from './event.ts'

/**
 * What an event or an observation speaks of, `noun/id`, and where that is opened. The page of a list
 * comes with it: whoever is not offered the list is not sent to what is in it.
 * Example: `envelope/QC-M12` is opened at `/envelopes/QC-M12`.
 */
const listOf: Readonly<Record<string, string>> = {
  expenditure: '/expenditures',
  import: '/imports',
  commitment: '/commitments',
  revision: '/revisions',
  'year-end': '/year-end',
  envelope: '/envelopes',
  measure: '/measures',
  extract: '/extracts',
  matching: '/matching',
  event: '/events',
  entry: '/journal',
}

export interface Place {
  readonly list: string
  readonly path: string
}

/** Null for what has no page of its own. */
export function placeOf(subject: string): Place | null {
  const [noun = '', id = '', ...more] = subject.split('/')
  const list = Object.hasOwn(listOf, noun) ? listOf[noun] : undefined
  return list === undefined || more.length > 0 || !/^[\w-]{1,60}$/.test(id)
    ? null
    : { list, path: `${list}/${id}` }
}

/** The number or name that the event itself says of its subject. */
export function nameIn({ before, after }: RecordedEvent): string | null {
  for (const said of [fieldsOf(after), fieldsOf(before)]) {
    const name = ['number', 'name', 'fileName'].map((field) => said[field]).find(isText)
    if (name !== undefined) {
      return name
    }
  }
  return null
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

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

/** What is done with an envelope or a relation is done with its proposal, which has a page from the first. */
const proposalOf: Readonly<Record<string, string>> = {
  envelope: '/proposals/envelopes',
  relation: '/proposals/relations',
}

/** Null for what has no page of its own. */
export const placeOf = (subject: string): Place | null => placeIn(subject, listOf)

/** The same of the subject of an event. */
export function placeOfEvent(subject: string): Place | null {
  const proposal = placeIn(subject, proposalOf)
  return proposal === null ? placeOf(subject) : { ...proposal, list: '/proposals' }
}

function placeIn(subject: string, lists: Readonly<Record<string, string>>): Place | null {
  const [noun = '', id = '', ...more] = subject.split('/')
  const list = Object.hasOwn(lists, noun) ? lists[noun] : undefined
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

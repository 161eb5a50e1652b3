import { fiscalYearsBetween } from '#core/fiscal-year.ts'
import type { Bilingual } from '#core/language.ts'
import { periodKey, periodsOf } from '#core/period.ts'
import { type Envelope, isShared, soleMeasure } from '#features/funding/envelope.ts'
import type { Cell } from '#features/journal/entry.ts'
import { leadKey, type Measure } from '#features/programmes/measure.ts'
import type { Balance, Facts, Question } from './facts.ts'

/**
 * Which row a cell belongs to, for each way of asking. Shared money stands once, on its envelope's
 * row; by measure a member's row repeats its part and is marked so. Money without a measure is on
 * its envelope's row by measure and axis, and under the responsible organization by lead.
 */
export type RowKind =
  | 'measure'
  | 'axis'
  | 'lead'
  | 'organization'
  | 'envelope'
  | 'fiscal-year'
  | 'period'
  | 'programme'
  | 'undistributed'
  | 'own-resources'

export interface RowHead {
  readonly key: string
  readonly kind: RowKind
  readonly label: Bilingual
  readonly parent: string | null
  readonly isRepeated: boolean
  /** An envelope that serves several measures. */
  readonly isShared: boolean
  /** Measures whose money could stand here; empty when the row is not a group of measures. */
  readonly measures: readonly Measure[]
  readonly envelopes: readonly string[]
}

export interface Place {
  readonly key: string
  readonly isRepeated: boolean
}

export const undistributedKey = 'undistributed'
export const ownResourcesKey = 'own-resources'

export class Keys {
  readonly #measures: ReadonlyMap<string, Measure>
  readonly #envelopes: ReadonlyMap<string, Envelope>

  constructor(facts: Facts) {
    this.#measures = new Map(facts.measures.map((measure) => [measure.code, measure]))
    this.#envelopes = new Map(facts.envelopes.map((envelope) => [envelope.code, envelope]))
  }

  /** The row of a cell, and by measure the member's row that repeats shared money. */
  placesOf(cell: Cell & Pick<Balance, 'recordedIn'>, by: Question['by']): readonly Place[] {
    const measure = cell.measure === null ? undefined : this.#measures.get(cell.measure)
    const envelope = cell.envelope === null ? undefined : this.#envelopes.get(cell.envelope)
    const own = (key: string): readonly Place[] => [{ key, isRepeated: false }]
    switch (by) {
      case 'organization':
        return own(cell.organization)
      case 'envelope':
        return own(cell.envelope ?? ownResourcesKey)
      case 'fiscal-year':
        return own(cell.fiscalYear ?? undistributedKey)
      case 'period':
        return own(cell.recordedIn === null ? undistributedKey : periodKey(cell.recordedIn))
      case 'programme':
        return own(envelope?.programme ?? measure?.programme ?? '')
      default:
        return this.#group(by, measure, envelope)
    }
  }

  #group(
    by: 'measure' | 'axis' | 'lead',
    measure: Measure | undefined,
    envelope: Envelope | undefined,
  ): readonly Place[] {
    if (envelope !== undefined && (measure === undefined || isShared(envelope))) {
      const key =
        by === 'lead' && envelope.measures.length === 0 ? envelope.organization : envelope.code
      const repeat =
        by === 'measure' && measure !== undefined ? [{ key: measure.code, isRepeated: true }] : []
      return [{ key, isRepeated: false }, ...repeat]
    }
    if (measure === undefined) {
      return []
    }
    const key = by === 'measure' ? measure.code : by === 'axis' ? measure.axis : leadKey(measure)
    return [{ key, isRepeated: false }]
  }
}

/** Every row that must be there, also without any money, in the order of the plan. */
export function rowHeads(facts: Facts, question: Question): readonly RowHead[] {
  switch (question.by) {
    case 'measure':
      return [...facts.measures.map((measure) => measureHead(measure, facts)), ...apart(facts)]
    case 'axis':
      return [...facts.axes.map((axis) => groupHead(axis, 'axis', facts)), ...apart(facts)]
    case 'lead':
      return leadHeads(facts)
    case 'organization':
      return organizationHeads(facts)
    case 'envelope':
      return [...facts.envelopes.map(envelopeHead), ...ownResourcesHead(facts)]
    case 'fiscal-year':
      return yearHeads(question)
    case 'period':
      return periodHeads(question)
    case 'programme':
      return facts.programmes.map(({ code, title }) => head(code, 'programme', title))
  }
}

const head = (
  key: string,
  kind: RowKind,
  label: Bilingual,
  more: Partial<RowHead> = {},
): RowHead => ({
  key,
  kind,
  label,
  parent: null,
  isRepeated: false,
  isShared: false,
  measures: [],
  envelopes: [],
  ...more,
})

const envelopeHead = (envelope: Envelope): RowHead =>
  head(envelope.code, 'envelope', envelope.title, {
    parent: soleMeasure(envelope) ?? envelope.programme,
    isShared: isShared(envelope),
    envelopes: [envelope.code],
  })

/** Envelopes that no single measure can show: shared ones, and those that serve none. */
const apart = (facts: Facts): readonly RowHead[] =>
  facts.envelopes
    .filter((envelope) => soleMeasure(envelope) === null)
    .map((envelope) => ({ ...envelopeHead(envelope), parent: envelope.programme }))

const measureHead = (measure: Measure, facts: Facts): RowHead =>
  head(measure.code, 'measure', measure.title, {
    parent: measure.axis,
    measures: [measure],
    envelopes: measure.envelopes,
    isRepeated: facts.envelopes.some(
      (envelope) => isShared(envelope) && envelope.measures.includes(measure.code),
    ),
  })

function groupHead(
  group: { readonly code: string; readonly title: Bilingual; readonly programme: string },
  kind: 'axis',
  facts: Facts,
): RowHead {
  const measures = facts.measures.filter(({ axis }) => axis === group.code)
  const { code, title, programme } = group
  return head(code, kind, title, { parent: programme, measures, envelopes: ownEnvelopes(measures) })
}

const ownEnvelopes = (measures: readonly Measure[]): readonly string[] =>
  measures.filter(({ funding }) => funding === 'own').flatMap(({ envelopes }) => envelopes)

function leadHeads(facts: Facts): readonly RowHead[] {
  const byLead = Map.groupBy(facts.measures, leadKey)
  const ofMeasures = [...byLead].map(([key, measures]) =>
    head(key, 'lead', namesOf(key, facts), { measures, envelopes: ownEnvelopes(measures) }),
  )
  const shared = apart(facts).filter(({ key }) =>
    facts.envelopes.some(({ code, measures }) => code === key && measures.length > 0),
  )
  const unmeasured = Map.groupBy(
    facts.envelopes.filter(({ measures }) => measures.length === 0),
    ({ organization }) => organization,
  )
  const known = new Set(byLead.keys())
  const responsible = [...unmeasured]
    .filter(([key]) => !known.has(key))
    .map(([key, envelopes]) =>
      head(key, 'lead', namesOf(key, facts), { envelopes: envelopes.map(({ code }) => code) }),
    )
  return [...ofMeasures, ...responsible, ...shared]
}

function organizationHeads(facts: Facts): readonly RowHead[] {
  const codes = [
    ...facts.envelopes.map(({ organization }) => organization),
    ...facts.balances.map(({ organization }) => organization),
  ]
  return [...new Set(codes)].sort().map((code) => head(code, 'organization', namesOf(code, facts)))
}

const ownResourcesHead = (facts: Facts): readonly RowHead[] => {
  const measures = facts.measures.filter(({ funding }) => funding === 'self_funded')
  const label = {
    fr: 'Ressources propres (mesures autofinancées)',
    en: 'Own resources (self-funded measures)',
  }
  return measures.length === 0 ? [] : [head(ownResourcesKey, 'own-resources', label, { measures })]
}

const undistributedHead = head(undistributedKey, 'undistributed', {
  fr: 'Non réparti',
  en: 'Undistributed',
})

const yearHeads = ({ from, to }: Question): readonly RowHead[] => [
  ...fiscalYearsBetween(from, to).map((year) => head(year, 'fiscal-year', { fr: year, en: year })),
  undistributedHead,
]

const periodHeads = ({ from, to }: Question): readonly RowHead[] => [
  ...fiscalYearsBetween(from, to)
    .flatMap(periodsOf)
    .map((period) => {
      const key = periodKey(period)
      return head(key, 'period', { fr: key, en: key }, { parent: period.fiscalYear })
    }),
  undistributedHead,
]

function namesOf(key: string, facts: Facts): Bilingual {
  const found = key
    .split('+')
    .map((code) => facts.organizations.find((organization) => organization.code === code)?.name)
  const join = (language: keyof Bilingual): string =>
    found.map((name, index) => name?.[language] ?? key.split('+')[index]).join(' + ')
  return { fr: join('fr'), en: join('en') }
}

/** A row for money whose key nobody foresaw: shown rather than dropped. */
export const unforeseenHead = (key: string, by: Question['by'], facts: Facts): RowHead =>
  head(key, by, by === 'organization' || by === 'lead' ? namesOf(key, facts) : { fr: key, en: key })

import { excerpt } from '#core/excerpt.ts'
import { type Issue, type Reading, read, unread } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import type { Envelope } from '#features/funding/envelope.ts'

/**
 * What becomes of the money that a closed year leaves in an envelope: all of it is carried to the
 * next year, or a percentage of what the year had planned, or it lapses. An envelope of which
 * nothing is said carries all. Source: docs/words.md, closing a year.
 * Example: 5 % of 1 000.00 planned carries at most 50.00; the rest lapses.
 */
export const policyKinds = ['carry-all', 'carry-percent', 'lapse'] as const
export type PolicyKind = (typeof policyKinds)[number]

export interface Policy {
  readonly envelope: string
  readonly policy: PolicyKind
  /** With two decimals, `5.00`; null but for carry-percent. */
  readonly percent: string | null
}

export interface ChosenPolicy extends Policy {
  /** Nobody stated one. */
  readonly isDefault: boolean
}

export const policyKind = (stored: string): PolicyKind =>
  policyKinds.find((kind) => kind === stored) ?? 'carry-all'

/** `5`, `2.5`, `2,50`: 0 to 100, to the hundredth. */
export function readPercent(text: string): Reading<string> {
  const [, whole = '', decimals = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim()) ?? []
  const hundredths = Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
  return whole === '' || hundredths > 100_00
    ? unread('year-end/percent-malformed', percentMalformed, excerpt(text))
    : read(`${Number(whole)}.${decimals.padEnd(2, '0')}`)
}

const percentMalformed = {
  fr: 'Un pourcentage va de 0 à 100, avec au plus deux décimales : 2.50.',
  en: 'A percentage is 0 to 100 with at most two decimals: 2.50.',
}

/** One for every envelope of the programme, in the order of the plan. */
export const choosePolicies = (
  stated: readonly Policy[],
  envelopes: readonly Pick<Envelope, 'code'>[],
): readonly ChosenPolicy[] =>
  envelopes.map(({ code }) => {
    const said = stated.find(({ envelope }) => envelope === code)
    return said === undefined
      ? { envelope: code, policy: 'carry-all', percent: null, isDefault: true }
      : { ...said, isDefault: false }
  })

/** All findings at once, each with its place. */
export const policyIssues = (
  stated: readonly Policy[],
  programme: string,
  envelopes: ReadonlyMap<string, Pick<Envelope, 'programme'>>,
): readonly Issue[] =>
  stated.flatMap((policy, place) => [
    ...envelopeIssues(policy, stated.slice(0, place), { place, programme, envelopes }),
    ...percentIssues(policy, place),
  ])

interface Standing {
  readonly place: number
  readonly programme: string
  readonly envelopes: ReadonlyMap<string, Pick<Envelope, 'programme'>>
}

function envelopeIssues(
  { envelope }: Policy,
  before: readonly Policy[],
  { place, programme, envelopes }: Standing,
): readonly Issue[] {
  const say = (code: string, detail: Bilingual): readonly Issue[] => [
    { pointer: `/policies/${place}/envelope`, code, detail, value: envelope },
  ]
  const found = envelopes.get(envelope)
  if (found === undefined) {
    return say('year-end/envelope-unknown', {
      fr: `L’enveloppe « ${envelope} » n’existe pas.`,
      en: `There is no envelope “${envelope}”.`,
    })
  }
  if (found.programme !== programme) {
    return say('year-end/of-another-programme', {
      fr: `L’enveloppe ${envelope} est de ${found.programme}, et non de ${programme}.`,
      en: `Envelope ${envelope} is of ${found.programme}, not of ${programme}.`,
    })
  }
  return before.some((other) => other.envelope === envelope)
    ? say('year-end/envelope-twice', {
        fr: `L’enveloppe ${envelope} figure deux fois : gardez une seule politique.`,
        en: `Envelope ${envelope} is there twice: keep one policy.`,
      })
    : []
}

function percentIssues({ policy, percent }: Policy, place: number): readonly Issue[] {
  const pointer = `/policies/${place}/percent`
  if (policy === 'carry-percent' && percent === null) {
    return [
      {
        pointer,
        code: 'year-end/percent-missing',
        detail: {
          fr: 'La politique « carry-percent » demande un pourcentage.',
          en: 'The policy “carry-percent” needs a percentage.',
        },
      },
    ]
  }
  return policy !== 'carry-percent' && percent !== null
    ? [
        {
          pointer,
          code: 'year-end/percent-unused',
          detail: {
            fr: `La politique « ${policy} » ne prend pas de pourcentage.`,
            en: `The policy “${policy}” takes no percentage.`,
          },
        },
      ]
    : []
}

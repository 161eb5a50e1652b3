import type { CalendarDate } from '#core/calendar-date.ts'
import { type FiscalYear, hasFiscalYear } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { isNegative, isPositive, isZero, sum } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { type ClosedYear, isClosedYear, yearClosedWords } from './closed-year.ts'
import { covers, type Envelope, termYears } from './envelope.ts'
import { type RevisionLine, type RevisionStatement, sumOf } from './revision.ts'

/**
 * Whether a revision says something that can be: cells that exist, each once; amounts of the right
 * sign; what must sum to zero does. A fixed total has an undistributed part and its term's years;
 * recurring money has only the years that were opened. All findings at once, each with its place.
 * Whether the money is there is asked at approval (revision-ceiling.ts).
 */
export interface RevisionFacts {
  readonly envelopes: ReadonlyMap<string, Envelope>
  /** Years opened of recurring money, by envelope. */
  readonly opened: ReadonlyMap<string, readonly FiscalYear[]>
  readonly closed: readonly ClosedYear[]
  readonly today: CalendarDate
}

export function revisionIssues(stated: RevisionStatement, facts: RevisionFacts): readonly Issue[] {
  const found = [
    ...dayIssues(stated, facts.today),
    ...stated.lines.flatMap((line, place) => lineIssues(stated, place, line, facts)),
    ...closedIssues(stated, facts),
  ]
  return found.length > 0 ? found : wholeIssues(stated, facts)
}

const issue = (pointer: string, code: string, detail: Bilingual): Issue => ({
  pointer,
  code,
  detail,
})

function dayIssues({ effectiveOn }: RevisionStatement, today: CalendarDate): readonly Issue[] {
  const at = '/effectiveOn'
  if (effectiveOn > today) {
    return [
      issue(at, 'funding/effective-date-ahead', {
        fr: `La date d’effet ${effectiveOn} est postérieure à aujourd’hui (${today}).`,
        en: `The effective date ${effectiveOn} is after today (${today}).`,
      }),
    ]
  }
  return hasFiscalYear(effectiveOn)
    ? []
    : [
        issue(at, 'funding/effective-date-too-early', {
          fr: `La date d’effet ${effectiveOn} précède le premier exercice connu (1990-1991).`,
          en: `The effective date ${effectiveOn} is before the first known fiscal year (1990-91).`,
        }),
      ]
}

function lineIssues(
  { kind, lines }: RevisionStatement,
  place: number,
  line: RevisionLine,
  facts: RevisionFacts,
): readonly Issue[] {
  const at = `/lines/${place}`
  const isSigned = kind === 'transfer' || kind === 'distribution'
  const amounts = (isSigned ? !isZero(line.amount) : isPositive(line.amount))
    ? []
    : [
        isSigned
          ? issue(`${at}/amount`, 'funding/line-moves-nothing', {
              fr: 'Une ligne à zéro ne déplace rien.',
              en: 'A line of zero moves nothing.',
            })
          : issue(`${at}/amount`, 'funding/line-not-positive', {
              fr: 'Le montant d’un crédit supplémentaire ou d’une réduction doit être supérieur à zéro.',
              en: 'The amount of a supplement or a reduction must be greater than zero.',
            }),
      ]
  const isRepeated = lines.slice(0, place).some((other) => cellName(other) === cellName(line))
  const repeated = isRepeated
    ? [
        issue(at, 'funding/line-repeated', {
          fr: `La case ${cellName(line)} figure deux fois : réunissez les deux lignes.`,
          en: `The cell ${cellName(line)} is there twice: join the two lines.`,
        }),
      ]
    : []
  return [...amounts, ...cellIssues(line, at, facts), ...repeated]
}

const cellName = ({ envelope, measure, fiscalYear }: RevisionLine): string =>
  [envelope, measure, fiscalYear].filter((part) => part !== null).join(' ')

function cellIssues(line: RevisionLine, at: string, facts: RevisionFacts): readonly Issue[] {
  const envelope = facts.envelopes.get(line.envelope)
  if (envelope === undefined) {
    return [
      issue(`${at}/envelope`, 'funding/envelope-unknown', {
        fr: `L’enveloppe « ${line.envelope} » n’existe pas.`,
        en: `There is no envelope “${line.envelope}”.`,
      }),
    ]
  }
  const { measure, fiscalYear } = line
  const stranger =
    measure !== null && !envelope.measures.includes(measure)
      ? [
          issue(`${at}/measure`, 'funding/not-a-member', {
            fr: `L’enveloppe ${envelope.code} ne sert pas la mesure ${measure}.`,
            en: `Envelope ${envelope.code} does not serve measure ${measure}.`,
          }),
        ]
      : []
  const year = yearIssue(envelope, fiscalYear, facts)
  return [...stranger, ...(year === null ? [] : [issue(`${at}/fiscalYear`, ...year)])]
}

function yearIssue(
  envelope: Envelope,
  year: FiscalYear | null,
  facts: RevisionFacts,
): readonly [string, Bilingual] | null {
  const { code } = envelope
  const years = termYears(envelope)
  if (year === null) {
    return years.length > 0
      ? null
      : [
          'funding/fiscal-year-needed',
          {
            fr: `L’argent de ${code} vient exercice par exercice : précisez l’exercice.`,
            en: `The money of ${code} comes by fiscal year: say which one.`,
          },
        ]
  }
  if (years.includes(year) || facts.opened.get(code)?.includes(year) === true) {
    return null
  }
  return covers(envelope, year)
    ? [
        'funding/year-not-open',
        {
          fr: `L’exercice ${year} de ${code} n’est pas encore ouvert.`,
          en: `The fiscal year ${year} of ${code} is not open yet.`,
        },
      ]
    : [
        'funding/outside-term',
        {
          fr: `L’exercice ${year} est hors de la durée de ${code}.`,
          en: `The fiscal year ${year} is outside the term of ${code}.`,
        },
      ]
}

/** Asked again at approval: a year may be closed between the submission of a revision and it. */
export const closedIssues = (
  { lines }: Pick<RevisionStatement, 'lines'>,
  { envelopes, closed }: Pick<RevisionFacts, 'envelopes' | 'closed'>,
): readonly Issue[] =>
  lines.flatMap(({ envelope, fiscalYear }, place) => {
    const programme = envelopes.get(envelope)?.programme ?? ''
    return fiscalYear !== null && isClosedYear(closed, programme, fiscalYear)
      ? issue(
          `/lines/${place}/fiscalYear`,
          'funding/year-closed',
          yearClosedWords(programme, fiscalYear),
        )
      : []
  })

function wholeIssues(stated: RevisionStatement, facts: RevisionFacts): readonly Issue[] {
  const { kind, lines } = stated
  const codes = [...new Set(lines.map(({ envelope }) => envelope))]
  const envelopes = codes.flatMap((code) => facts.envelopes.get(code) ?? [])
  const say = (code: string, detail: Bilingual): readonly Issue[] => [issue('/lines', code, detail)]
  const total = sumOf(stated)
  if ((kind === 'transfer' || kind === 'distribution') && !isZero(total)) {
    const words = moneyWords(total)
    return say('funding/unbalanced', {
      fr: `Les lignes doivent s’annuler : leur somme est ${words.fr}.`,
      en: `The lines must cancel out: their sum is ${words.en}.`,
    })
  }
  if (responsible(stated, facts.envelopes).length > 1) {
    return say('funding/several-organizations', {
      fr: 'Ces enveloppes relèvent de plusieurs organismes : faites une révision pour chacun.',
      en: 'These envelopes belong to several organizations: make a revision for each.',
    })
  }
  switch (kind) {
    case 'transfer':
      return transferIssues(lines, envelopes, say)
    case 'distribution':
      return distributionIssues(lines, envelopes, say)
    default:
      return []
  }
}

type Say = (code: string, detail: Bilingual) => readonly Issue[]

function transferIssues(
  lines: readonly RevisionLine[],
  envelopes: readonly Envelope[],
  say: Say,
): readonly Issue[] {
  if (envelopes.length < 2) {
    return say('funding/one-envelope', {
      fr: 'Un virement va d’une enveloppe à une autre; à l’intérieur d’une enveloppe, faites une répartition.',
      en: 'A transfer goes from one envelope to another; inside one envelope, make a distribution.',
    })
  }
  if (new Set(envelopes.map(({ programme }) => programme)).size > 1) {
    return say('funding/several-programmes', {
      fr: 'Un virement reste à l’intérieur d’un programme.',
      en: 'A transfer stays inside one programme.',
    })
  }
  const both = envelopes.find(({ code }) => {
    const own = lines.filter(({ envelope }) => envelope === code)
    return (
      own.some(({ amount }) => isNegative(amount)) && own.some(({ amount }) => isPositive(amount))
    )
  })
  return both === undefined
    ? []
    : say('funding/gives-and-receives', {
        fr: `Dans un virement, ${both.code} ne peut pas à la fois donner et recevoir.`,
        en: `In a transfer ${both.code} cannot both give and receive.`,
      })
}

/** Inside one envelope; money of the term stays in its years, recurring money in its year. */
function distributionIssues(
  lines: readonly RevisionLine[],
  [envelope, ...others]: readonly Envelope[],
  say: Say,
): readonly Issue[] {
  if (envelope === undefined || others.length > 0) {
    return say('funding/several-envelopes', {
      fr: 'Une répartition se fait à l’intérieur d’une enveloppe; d’une enveloppe à une autre, faites un virement.',
      en: 'A distribution is inside one envelope; from one envelope to another, make a transfer.',
    })
  }
  const years = termYears(envelope)
  const parts = Map.groupBy(lines, ({ fiscalYear }) =>
    fiscalYear === null || years.includes(fiscalYear) ? 'term' : fiscalYear,
  )
  const astray = [...parts].find(
    ([part, own]) => part !== 'term' && !isZero(sum(own.map(({ amount }) => amount))),
  )
  return astray === undefined
    ? []
    : say('funding/outside-term', {
        fr: `L’exercice ${astray[0]} est hors de la durée du montant fixe de ${envelope.code} : son argent ne se répartit qu’entre mesures.`,
        en: `The fiscal year ${astray[0]} is outside the term of the fixed total of ${envelope.code}: its money is distributed only among measures.`,
      })
}

/** The organizations whose money it is: of a transfer the givers’. One, or it is refused. */
export function responsible(
  { kind, lines }: Pick<RevisionStatement, 'kind' | 'lines'>,
  envelopes: ReadonlyMap<string, Envelope>,
): readonly string[] {
  const concerned = kind === 'transfer' ? lines.filter(({ amount }) => isNegative(amount)) : lines
  return [
    ...new Set(concerned.flatMap(({ envelope }) => envelopes.get(envelope)?.organization ?? [])),
  ].sort()
}

import { compareFiscalYears, type FiscalYear } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { isPositive } from '#core/money.ts'
import type { Organization } from '#features/organizations/organization.ts'
import type { Measure } from '#features/programmes/measure.ts'
import type { Programme, SourceDocument } from '#features/programmes/programme.ts'
import { type ClosedYear, closedTermIssues } from './closed-year.ts'
import type { FundingTerm } from './envelope.ts'
import type { EnvelopeStatement } from './envelope-proposal.ts'
import { wordsIssues } from './envelope-terms.ts'

/**
 * Whether an envelope that people enter can be one of the plan: a code of its own, in the form of
 * its jurisdiction (CA-2018); measures of its programme, which are paid the way the plan says they
 * are; terms that follow one another and bring nothing to a closed year. Federal programmes have no measures. All findings at once.
 * A measure with an envelope of its own takes no part of a shared one, nor the reverse: its row
 * would show money that counts beside money that another row counts already.
 */
export interface EnvelopeFacts {
  readonly programme: Programme | null
  readonly organization: Organization | null
  /** Those that exist, of any programme. */
  readonly measures: readonly Measure[]
  readonly isCodeTaken: boolean
  /** The document of that code, when it is known. */
  readonly source: SourceDocument | null
  readonly closed: readonly ClosedYear[]
  /** The fiscal year of today. */
  readonly current: FiscalYear
}

export function envelopeIssues(stated: EnvelopeStatement, facts: EnvelopeFacts): readonly Issue[] {
  return [
    ...codeIssues(stated, facts),
    ...ownerIssues(stated, facts),
    ...stated.measures.flatMap((code, place) => measureIssues(stated, place, code, facts)),
    ...termIssues(stated.terms),
    ...closedTermIssues(stated, facts),
    ...stated.terms.flatMap(wordsIssues),
    ...sourceIssues(stated, facts),
  ]
}

const say = (pointer: string, code: string, detail: Bilingual): readonly Issue[] => [
  { pointer, code, detail },
]

const codeMax = 60
const codeForm = /^(QC|CA)-[A-Z0-9]+(-[A-Z0-9]+)*$/

function codeIssues(
  { code }: EnvelopeStatement,
  { programme, isCodeTaken }: EnvelopeFacts,
): readonly Issue[] {
  const jurisdiction = programme?.jurisdiction ?? 'CA'
  if (
    !codeForm.test(code) ||
    code.length > codeMax ||
    (programme !== null && !code.startsWith(`${jurisdiction}-`))
  ) {
    return say('/code', 'funding/code-malformed', {
      fr: `Le code doit commencer par ${jurisdiction}- et ne contenir que des majuscules, des chiffres et des traits d’union, par exemple ${jurisdiction}-2018.`,
      en: `The code must begin with ${jurisdiction}- and hold only capitals, digits and hyphens, for example ${jurisdiction}-2018.`,
    })
  }
  return isCodeTaken
    ? say('/code', 'funding/code-taken', {
        fr: `Le code ${code} est déjà pris : choisissez-en un autre.`,
        en: `The code ${code} is already taken: choose another one.`,
      })
    : []
}

function ownerIssues(
  stated: EnvelopeStatement,
  { programme, organization }: EnvelopeFacts,
): readonly Issue[] {
  if (programme === null) {
    return say('/programme', 'funding/programme-unknown', {
      fr: `Le programme « ${stated.programme} » n’existe pas.`,
      en: `There is no programme “${stated.programme}”.`,
    })
  }
  if (organization === null) {
    return say('/organization', 'organizations/unknown', {
      fr: `L’organisme « ${stated.organization} » n’existe pas.`,
      en: `There is no organization “${stated.organization}”.`,
    })
  }
  const { jurisdiction } = organization
  return jurisdiction === null || jurisdiction === programme.jurisdiction
    ? []
    : say('/organization', 'funding/organization-elsewhere', {
        fr: `${organization.code} n’est pas du gouvernement de ${programme.code}.`,
        en: `${organization.code} is not of the government of ${programme.code}.`,
      })
}

function measureIssues(
  { measures, programme }: EnvelopeStatement,
  place: number,
  code: string,
  facts: EnvelopeFacts,
): readonly Issue[] {
  const at = `/measures/${place}`
  const measure = facts.measures.find((known) => known.code === code)
  if (measure === undefined) {
    return say(at, 'funding/measure-unknown', {
      fr: `La mesure « ${code} » n’existe pas dans le plan.`,
      en: `There is no measure “${code}” in the plan.`,
    })
  }
  if (measure.programme !== programme) {
    return say(at, 'funding/measure-elsewhere', {
      fr: `La mesure ${code} n’est pas du programme ${programme}.`,
      en: `Measure ${code} is not of the programme ${programme}.`,
    })
  }
  if (measures.indexOf(code) < place) {
    return say(at, 'funding/measure-repeated', {
      fr: `La mesure ${code} figure deux fois.`,
      en: `Measure ${code} is there twice.`,
    })
  }
  const taken = measures.length > 1 ? 'shared' : 'own'
  return measure.funding === taken ? [] : say(at, 'funding/measure-paid-otherwise', paid(measure))
}

function paid({ code, funding }: Measure): Bilingual {
  switch (funding) {
    case 'own':
      return {
        fr: `La mesure ${code} a une enveloppe propre : elle ne prend pas part à une enveloppe partagée.`,
        en: `Measure ${code} has an envelope of its own: it takes no part of a shared one.`,
      }
    case 'shared':
      return {
        fr: `La mesure ${code} est dans une enveloppe partagée : elle ne prend pas d’enveloppe propre.`,
        en: `Measure ${code} is in a shared envelope: it takes none of its own.`,
      }
    default:
      return {
        fr: `Le plan dit que la mesure ${code} est autofinancée : elle ne prend aucune enveloppe.`,
        en: `The plan says that measure ${code} is self-funded: it takes no envelope.`,
      }
  }
}

function termIssues(terms: readonly FundingTerm[]): readonly Issue[] {
  if (terms.length === 0) {
    return say('/terms', 'funding/terms-missing', {
      fr: 'Une enveloppe a au moins une modalité : un montant fixe, ou un montant par exercice.',
      en: 'An envelope has at least one funding term: a fixed total, or an amount a fiscal year.',
    })
  }
  const fixed = terms.flatMap(({ kind }, place) => (kind === 'term' ? [place] : []))
  const several = fixed.slice(1).flatMap((place) =>
    say(`/terms/${place}/kind`, 'funding/several-terms', {
      fr: 'Une enveloppe a au plus un montant fixe; faites une autre enveloppe.',
      en: 'An envelope has at most one fixed total; make another envelope.',
    }),
  )
  return [...terms.flatMap((term, place) => yearIssues(terms, term, place)), ...several]
}

function yearIssues(
  terms: readonly FundingTerm[],
  term: FundingTerm,
  place: number,
): readonly Issue[] {
  const { kind, firstFiscalYear, lastFiscalYear } = term
  const at = `/terms/${place}`
  if (!isPositive(term.amount) || !isPositive(term.precision)) {
    return say(`${at}/amount`, 'funding/term-not-positive', {
      fr: 'Le montant d’une modalité et sa précision doivent être supérieurs à zéro.',
      en: 'The amount of a funding term and its precision must be greater than zero.',
    })
  }
  if (lastFiscalYear === null && kind === 'term') {
    return say(`${at}/lastFiscalYear`, 'funding/term-without-end', {
      fr: 'Un montant fixe porte sur une durée : indiquez son dernier exercice.',
      en: 'A fixed total is over a run of years: say its last fiscal year.',
    })
  }
  if (lastFiscalYear !== null && compareFiscalYears(lastFiscalYear, firstFiscalYear) < 0) {
    return say(`${at}/lastFiscalYear`, 'funding/term-backwards', {
      fr: `Le dernier exercice, ${lastFiscalYear}, précède le premier, ${firstFiscalYear}.`,
      en: `The last fiscal year, ${lastFiscalYear}, is before the first, ${firstFiscalYear}.`,
    })
  }
  return terms.slice(0, place).some((other) => overlap(other, term))
    ? say(`${at}/firstFiscalYear`, 'funding/terms-overlap', {
        fr: 'Deux modalités couvrent le même exercice.',
        en: 'Two terms cover the same fiscal year.',
      })
    : []
}

const overlap = (a: FundingTerm, b: FundingTerm): boolean =>
  beginsBy(a.firstFiscalYear, b.lastFiscalYear) && beginsBy(b.firstFiscalYear, a.lastFiscalYear)

const beginsBy = (first: FiscalYear, last: FiscalYear | null): boolean =>
  last === null || compareFiscalYears(first, last) <= 0

/** A known document is what it is: the same code for another one would change what others cite. */
function sourceIssues(
  { source: cited }: EnvelopeStatement,
  { source: known }: EnvelopeFacts,
): readonly Issue[] {
  if (cited.sha256 !== null && !/^[0-9a-f]{64}$/.test(cited.sha256)) {
    return say('/source/sha256', 'funding/sha256-malformed', {
      fr: 'L’empreinte SHA-256 s’écrit en 64 chiffres hexadécimaux minuscules.',
      en: 'A SHA-256 hash is written in 64 lower-case hexadecimal digits.',
    })
  }
  if (known === null || cited.sha256 === null || cited.sha256 === known.sha256) {
    return []
  }
  return say('/source/sha256', 'funding/source-differs', {
    fr: `Le document ${cited.document} est déjà connu avec une autre empreinte : donnez au vôtre un autre code.`,
    en: `The document ${cited.document} is already known with another hash: give yours another code.`,
  })
}

import type { Bilingual } from '#core/language.ts'
import { add, Money } from '#core/money.ts'
import type { Cell } from '#features/journal/entry.ts'
import { type Exception, type ExceptionFlag, exception } from './exception.ts'
import type { Facts, Question } from './facts.ts'
import { isWithin } from './range.ts'

/**
 * What was noticed when spending was posted and still stands: flags of the journal's entries, less
 * those of entries taken back, a cell of the journal a line.
 */
const meanings: Readonly<Partial<Record<ExceptionFlag, Bilingual>>> = {
  'outside-term': {
    fr: 'La date de service tombe hors des exercices de l’enveloppe ou du plan.',
    en: 'The service date falls outside the fiscal years of the envelope or of the plan.',
  },
  'late-item': {
    fr: 'Inscrite dans un autre exercice que celui du service, ou une fois celui-ci fermé.',
    en: 'Recorded in another fiscal year than that of the service, or once that one was closed.',
  },
  'possible-duplicate': {
    fr: 'Même organisme, fournisseur, document, montant et date qu’une autre dépense.',
    en: 'Same organization, supplier, document, amount and date as another expenditure.',
  },
  'covers-two-years': {
    fr: 'Le versement couvre deux exercices et est inscrit en entier à sa date.',
    en: 'The payment covers two fiscal years and is recorded whole at its date.',
  },
  'upper-bound': {
    fr: 'La source est plus large que l’enveloppe : la dépense est un maximum.',
    en: 'The source is wider than the envelope: the spending is a maximum.',
  },
  'not-a-lead': {
    fr: 'L’organisme n’est ni porteur ni collaborateur de la mesure.',
    en: 'The organization is neither a lead nor a collaborator of the measure.',
  },
}

export function noticedExceptions(facts: Facts, question: Question): readonly Exception[] {
  const spent = spentByCell(facts)
  const counted = new Map<string, { flag: ExceptionFlag; cell: Cell; entries: number }>()
  for (const { flag: code, entries, envelope, measure, organization, fiscalYear } of facts.flags) {
    const flag = Object.keys(meanings).find((known) => known === code)
    if (flag !== undefined && fiscalYear !== null && isWithin(fiscalYear, question)) {
      const cell = { envelope, measure, organization, fiscalYear }
      const key = `${flag} ${cellKey(cell)}`
      const before = counted.get(key)?.entries ?? 0
      counted.set(key, { flag: flag as ExceptionFlag, cell, entries: before + entries })
    }
  }
  return [...counted.values()]
    .filter(({ entries }) => entries > 0)
    .map(({ flag, cell, entries }) => {
      const { key, kind, label } = subjectOf(cell, facts)
      return exception({
        ...{ flag, kind, key, label, entries },
        envelope: cell.envelope,
        organization: cell.organization,
        fiscalYear: cell.fiscalYear,
        spent: spent.get(cellKey(cell)) ?? Money.zero,
        why: meanings[flag] ?? label,
        href: hrefOf(cell),
      })
    })
}

function spentByCell({ balances }: Facts): ReadonlyMap<string, Money> {
  const spent = new Map<string, Money>()
  for (const { account, amount, ...cell } of balances) {
    if (account === 'spent') {
      const key = cellKey(cell)
      spent.set(key, add(spent.get(key) ?? Money.zero, amount))
    }
  }
  return spent
}

const cellKey = ({ envelope, measure, organization, fiscalYear }: Cell): string =>
  JSON.stringify([envelope, measure, organization, fiscalYear])

function subjectOf(cell: Cell, facts: Facts): Pick<Exception, 'key' | 'kind' | 'label'> {
  const measure = facts.measures.find(({ code }) => code === cell.measure)
  if (measure !== undefined) {
    return { key: measure.code, kind: 'measure', label: measure.title }
  }
  const envelope = facts.envelopes.find(({ code }) => code === cell.envelope)
  const key = cell.envelope ?? cell.measure ?? ''
  return { key, kind: 'envelope', label: envelope?.title ?? { fr: key, en: key } }
}

function hrefOf({ envelope, measure, organization, fiscalYear }: Cell): string {
  const filter = {
    ...(measure === null ? {} : { measure }),
    ...(envelope === null ? {} : { envelope }),
    ...(fiscalYear === null ? {} : { fiscalYear }),
    organization,
    state: 'posted',
  }
  return `/api/v1/expenditures?${new URLSearchParams(filter)}`
}

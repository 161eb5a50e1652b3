import type { Bilingual } from '#core/language.ts'
import { add, equals, Money, subtract, sum } from '#core/money.ts'
import { absorptions, isAbsorbed } from '#features/funding/relation.ts'
import type { Programme } from '#features/programmes/programme.ts'
import { addColumns, type Columns, emptyColumns, plannedOf } from './columns.ts'
import { Keys, type RowHead, rowHeads, undistributedKey, unforeseenHead } from './dimension.ts'
import { type Facts, factsOf, type Question } from './facts.ts'
import {
  type AmountKey,
  amountKeys,
  assertFigures,
  type Figures,
  figuresOf,
  type Totals,
} from './figures.ts'
import { firstYears } from './first-years.ts'
import { hrefOf } from './links.ts'
import { type Portion, selectPortions } from './portion.ts'
import { isWithin } from './range.ts'
import { fundingOf, rowFlags } from './row-flags.ts'

/**
 * The reconciliation: planned against committed against spent, for one government, by one
 * dimension. Whatever the dimension, the rows that are not repeated add up to one grand total, and
 * the proof line says it: rows − repeats = total. This is the only place that computes it; screens,
 * files and answers print what it returns.
 */
export interface Finding extends Figures {
  readonly head: RowHead
  readonly funding: 'own' | 'shared' | 'self_funded' | 'none'
  readonly flags: readonly string[]
  readonly isDerived: boolean
  readonly href: string | null
  /** Printed authorities of a federal year, beside the spending; null elsewhere. */
  readonly publishedAuthorities: Money | null
}

export interface ProofLine {
  readonly rows: Money
  readonly repeats: Money
  readonly total: Money
}

export interface Note {
  readonly code: string
  readonly text: Bilingual
}

export interface TieOut {
  readonly announced: Money
  readonly table: Money
  readonly unexplained: Money
}

export interface Reconciliation {
  readonly question: Question
  /** The money that the question selects: what every row and total is made of. */
  readonly portions: readonly Portion[]
  readonly findings: readonly Finding[]
  readonly totals: Totals
  /** CA only: what is left when every unknown relation is read as not additive. */
  readonly plannedLow: Money | null
  readonly proof: { readonly planned: ProofLine; readonly spent: ProofLine }
  readonly tieOut: TieOut | null
  readonly leftOut: ReadonlyMap<string, Money>
}

export function reconcile(allFacts: Facts, question: Question): Reconciliation {
  const facts = factsOf(allFacts, question.jurisdiction)
  const { portions, leftOut } = selectPortions(facts, question)
  const rows = gather(facts, question, portions)
  const findings = rows.map((row) => findingOf(row, facts, question, leftOut))
  findings.forEach(assertFigures)
  const totals = totalsOf(findings)
  return {
    question,
    portions,
    findings,
    totals,
    plannedLow: question.jurisdiction === 'CA' ? lowReading(facts, portions) : null,
    proof: {
      planned: proofOf(findings, 'planned', totals.planned),
      spent: proofOf(findings, 'spent', totals.spent),
    },
    tieOut: tieOutOf(facts),
    leftOut,
  }
}

interface GatheredRow {
  readonly head: RowHead
  readonly columns: Columns
  readonly isDerived: boolean
  readonly noticed: readonly string[]
}

function gather(
  facts: Facts,
  question: Question,
  portions: readonly Portion[],
): readonly GatheredRow[] {
  const keys = new Keys(facts)
  const columns = new Map<string, Columns>()
  const derived = new Set<string>()
  for (const portion of portions) {
    for (const { key } of keys.placesOf(portion, question.by)) {
      columns.set(key, addColumns(columns.get(key) ?? emptyColumns, portion.columns))
      if (portion.isDerived) {
        derived.add(key)
      }
    }
  }
  const noticed = noticedBy(facts, question, keys)
  const heads = rowHeads(facts, question).filter(
    ({ key }) => key !== undistributedKey || question.spread === 'none' || columns.has(key),
  )
  const foreseen = new Set(heads.map(({ key }) => key))
  const others = [...columns.keys()].filter((key) => !foreseen.has(key)).sort()
  return [...heads, ...others.map((key) => unforeseenHead(key, question.by, facts))].map(
    (head) => ({
      head,
      columns: columns.get(head.key) ?? emptyColumns,
      isDerived: derived.has(head.key),
      noticed: noticed.get(head.key) ?? [],
    }),
  )
}

/** A flag is noticed on a row when more of its entries carry it than were taken back. */
function noticedBy(
  facts: Facts,
  question: Question,
  keys: Keys,
): ReadonlyMap<string, readonly string[]> {
  const counts = new Map<string, Map<string, number>>()
  for (const count of facts.flags) {
    if (count.fiscalYear !== null && isWithin(count.fiscalYear, question)) {
      for (const { key } of keys.placesOf(count, question.by)) {
        const ofRow = counts.get(key) ?? new Map<string, number>()
        counts.set(key, ofRow.set(count.flag, (ofRow.get(count.flag) ?? 0) + count.entries))
      }
    }
  }
  return new Map([...counts].map(([key, ofRow]) => [key, standing(ofRow)]))
}

/** The flags that still stand, in alphabetical order. */
export const standing = (counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts].flatMap(([flag, entries]) => (entries > 0 ? [flag] : [])).sort()

function findingOf(
  row: GatheredRow,
  facts: Facts,
  question: Question,
  leftOut: ReadonlyMap<string, Money>,
): Finding {
  const { head, columns, isDerived, noticed } = row
  const isLeftOut = head.envelopes.some((envelope) => leftOut.has(envelope))
  return {
    ...figuresOf(head, columns, showsOwnResources(head, columns, facts)),
    head,
    funding: fundingOf(head),
    flags: rowFlags(head, { columns, isDerived, noticed, isLeftOut }, question, facts),
    isDerived,
    href: hrefOf(head, question),
    publishedAuthorities: authoritiesOf(head, facts),
  }
}

/** Own resources are shown where self-funded measures could stand, and wherever some were spent. */
function showsOwnResources(head: RowHead, columns: Columns, facts: Facts): boolean {
  const candidates = ['fiscal-year', 'period', 'programme'].includes(head.kind)
    ? facts.measures
    : head.measures
  return (
    columns.ownResources !== null || candidates.some(({ funding }) => funding === 'self_funded')
  )
}

function authoritiesOf(head: RowHead, facts: Facts): Money | null {
  if (head.kind !== 'fiscal-year') {
    return null
  }
  const printed = facts.authorities.filter(({ fiscalYear }) => fiscalYear === head.key)
  return printed.length === 0 ? null : sum(printed.map(({ amount }) => amount))
}

function totalsOf(findings: readonly Finding[]): Totals {
  const counted = findings.filter(({ head }) => !head.isRepeated)
  const total = (key: AmountKey): Money => sum(counted.map((finding) => finding[key] ?? Money.zero))
  return Object.fromEntries(amountKeys.map((key) => [key, total(key)])) as Totals
}

/** @throws RangeError when the rows do not prove the total: a bug of ours, never printed. */
function proofOf(findings: readonly Finding[], key: 'planned' | 'spent', total: Money): ProofLine {
  const of = (list: readonly Finding[]): Money => sum(list.map((row) => row[key] ?? Money.zero))
  const rows = of(findings)
  const repeats = of(findings.filter(({ head }) => head.isRepeated))
  if (!equals(subtract(rows, repeats), total)) {
    throw new RangeError(`${key}: ${rows} − ${repeats} is not ${total}`)
  }
  return { rows, repeats, total }
}

function lowReading(facts: Facts, portions: readonly Portion[]): Money {
  const absorbed = absorptions(facts.relations, firstYears(facts), () => true)
  const counted = portions.filter(
    ({ envelope, fiscalYear }) => envelope === null || !isAbsorbed(absorbed, envelope, fiscalYear),
  )
  return counted.reduce(
    (total, { columns }) => add(total, plannedOf(columns) ?? Money.zero),
    Money.zero,
  )
}

/** The plan as announced against the plan as its own table adds up; the rest stays unexplained. */
function tieOutOf(facts: Facts): TieOut | null {
  const announcing = facts.programmes.find(({ announced }) => announced !== null)
  if (announcing?.announced == null) {
    return null
  }
  const table = sum(
    facts.envelopes
      .filter((envelope) => isOfTable(envelope, announcing))
      .flatMap(({ terms }) => terms.map(({ amount }) => amount)),
  )
  const { amount } = announcing.announced
  return { announced: amount, table, unexplained: subtract(amount, table) }
}

const isOfTable = (
  envelope: { readonly programme: string; readonly source: { readonly document: string } },
  programme: Programme,
): boolean =>
  envelope.programme === programme.code && envelope.source.document === programme.source.document

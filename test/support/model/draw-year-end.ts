import { type Book, named } from './book.ts'
import { yearName } from './calendar.ts'
import type { Draw, Game, Move } from './game.ts'
import { giveBack } from './signing.ts'
import {
  type AskedYearEnd,
  approveYearEnd,
  type Figures,
  prepareYearEnd,
  preview,
  yearEndKey,
} from './year-end.ts'
import { type Policy, percentText } from './year-end-money.ts'

/** Closing fiscal years of the plan: previewed, prepared, prepared again, approved or returned. */
export const endYear: Draw = (game) => {
  const asked = { year: yearToEnd(game), policies: policies(game) }
  const by = game.officer()
  const body = bodyOf(asked)
  if (game.isOnce(4)) {
    return {
      says: `${by} previews ${said(asked)}`,
      tell: (book) => void preview(book, asked),
      ask: (desk) => desk.preview(by, body),
      figures: (book) => preview(book, asked),
    }
  }
  const key = yearEndKey(asked.year)
  return {
    says: `${by} prepares ${said(asked)}`,
    tell: (book) => prepareYearEnd(book, asked, by),
    ask: (desk) => desk.enter('year-end', { key, by, body }),
    figures: figuresOf(key),
  }
}

const figuresOf =
  (key: string) =>
  ({ yearEnds }: Book): Figures =>
    named(yearEnds, key).prepared

/** Now and then one that is closed, has not ended, or is not of the plan. */
function yearToEnd(game: Game): number {
  const { book, chance } = game
  const open = [2021, 2022, 2023, 2024, 2025].filter((year) => !book.closedYears.includes(year))
  const wrong = [2020, 2026, ...book.closedYears]
  return chance.of(open.length === 0 || game.isOnce(3) ? wrong : open)
}

function policies(game: Game): readonly Policy[] {
  const { book, chance } = game
  const stated = book.envelopes
    .filter(() => chance.below(3) > 0)
    .map((one) => policy(game, one.code))
  const [first] = stated
  return first === undefined || !game.isOnce(10) ? stated : [...stated, first]
}

function policy(game: Game, envelope: string): Policy {
  const kind = game.chance.of(['carry-all', 'carry-percent', 'carry-percent', 'lapse'] as const)
  const hasPercent = (kind === 'carry-percent') !== game.isOnce(40)
  const hundredths = game.chance.of([0, 1, 250, 1_000, 3_333, 10_000, game.chance.below(10_001)])
  return { envelope, policy: kind, percent: hasPercent ? BigInt(hundredths) : null }
}

const bodyOf = ({ year, policies: stated }: AskedYearEnd) => ({
  programme: 'QC-PLAN-2021',
  fiscalYear: yearName(year),
  policies: stated.map((one) => ({ ...one, percent: percentText(one.percent) })),
})

const said = ({ year, policies: stated }: AskedYearEnd): string =>
  `the closing of ${yearName(year)}: ${stated.map(({ envelope, policy: kind, percent }) => `${envelope} ${kind} ${percentText(percent) ?? ''}`).join(', ')}`

/** Now and then one that is approved already. */
export const decideYearEnd: Draw = (game) => {
  const waiting = game.book.yearEnds.filter(({ state }) => state === 'submitted')
  const found = game.recent(game.isOnce(8) ? game.book.yearEnds : waiting)
  if (found === null) {
    return null
  }
  const { key } = found
  const isOwn = found.preparedBy === 'both' && game.isOnce(2)
  const by = isOwn ? 'both' : game.approver()
  return game.isOnce(12) ? returning(key, by) : approving(key, by)
}

const returning = (key: string, by: ReturnType<Game['approver']>): Move => ({
  says: `${by}: return ${key}`,
  tell: (book) => giveBack(named(book.yearEnds, key), 'funding'),
  ask: (desk) =>
    desk.step({ kind: 'year-end', key, verb: 'return', by, body: { reason: 'À revoir' } }),
})

const approving = (key: string, by: ReturnType<Game['approver']>): Move => ({
  says: `${by}: approve ${key}`,
  tell: (book) => approveYearEnd(book, named(book.yearEnds, key), by),
  ask: (desk) => desk.step({ kind: 'year-end', key, verb: 'approve', by }),
  figures: figuresOf(key),
})

import { added, type Envelope, heldBy, type Movement, named, textOf } from './book.ts'
import { yearName } from './calendar.ts'
import { holdingsOf, openedYears, termYears } from './ceiling.ts'
import { type Draw, type Game, lineSaid, type Move, type Verb } from './game.ts'
import {
  approveEnvelope,
  approveRevision,
  enterEnvelope,
  enterRevision,
  sharedMeasures,
} from './planning.ts'
import { giveBack, submit } from './signing.ts'

/** Envelopes that people propose, and revisions of what is planned. */
export const proposeEnvelope: Draw = (game) => {
  const { chance } = game
  const closed = game.isOnce(6) ? [] : game.book.closedYears
  const first = Math.max(2021 + chance.below(5), ...closed.map((year) => year + 1))
  const last = first + chance.below(4) - (game.isOnce(30) ? 4 : 0)
  const next = last + 1 - (game.isOnce(30) ? 1 : 0)
  const [total, cents] = [BigInt(1 + chance.below(300_000)), BigInt(1 + chance.below(100_000))]
  const hasTerm = !game.isOnce(4)
  const isOpen = !hasTerm || game.isOnce(3)
  const isTaken = game.isOnce(30)
  const envelope: Envelope = {
    code: isTaken ? game.envelope().code : game.name('QC-T'),
    organization: 'MSP',
    measures: members(game),
    term: hasTerm ? { first, last } : null,
    recurring: isOpen
      ? { first: hasTerm ? next : first, last: game.isOnce(2) ? null : next + 3, cents }
      : null,
    total,
  }
  const by = game.officer()
  return {
    says: `${by} proposes ${JSON.stringify(envelope, (_, value) => (typeof value === 'bigint' ? textOf(value) : value))}`,
    tell: (book) => enterEnvelope(book, envelope, by),
    ask: (desk) => desk.enter('envelopes', { key: envelope.code, by, body: bodyOf(envelope) }),
  }
}

function members(game: Game): readonly string[] {
  const { chance } = game
  if (game.isOnce(2)) {
    return [chance.of(game.isOnce(30) ? sharedMeasures : ['QC-2', 'QC-12', 'QC-18'])]
  }
  const from = chance.below(sharedMeasures.length - 1)
  return sharedMeasures.slice(from, from + 2 + chance.below(3))
}

const bodyOf = ({ code, organization, measures, term, recurring, total }: Envelope) => ({
  ...{ code, organization, measures, programme: 'QC-PLAN-2021' },
  title: { fr: code, en: code },
  terms: [
    ...(term === null ? [] : [{ kind: 'term', amount: textOf(total), ...yearsOf(term) }]),
    ...(recurring === null
      ? []
      : [{ kind: 'recurring', amount: textOf(recurring.cents), ...yearsOf(recurring) }]),
  ],
  source: { document: 'DECISION', quote: 'Décision' },
})

const yearsOf = ({ first, last }: { first: number; last: number | null }) => ({
  firstFiscalYear: yearName(first),
  lastFiscalYear: last === null ? null : yearName(last),
  stated: true,
})

const bodyFor = (verb: Verb) => (verb === 'return' ? { body: { reason: 'À revoir' } } : {})

export const stepEnvelope: Draw = (game) => {
  const found = game.recent(game.book.proposals.filter(({ state }) => state !== 'approved'))
  if (found === null) {
    return null
  }
  const { key } = found
  const verb = game.verb(found.state)
  const by = game.handFor(verb)
  return {
    says: `${by}: ${verb} ${key}`,
    tell(book) {
      const proposal = named(book.proposals, key)
      if (verb === 'submit') {
        submit(proposal, 'funding', by)
      } else if (verb === 'return') {
        giveBack(proposal, 'funding')
      } else {
        approveEnvelope(book, proposal, by)
      }
    },
    ask: (desk) => desk.step({ kind: 'envelopes', key, verb, by, ...bodyFor(verb) }),
  }
}

export const stepRevision: Draw = (game) => {
  const found = game.recent(game.book.revisions.filter(({ state }) => state !== 'approved'))
  if (found === null) {
    return null
  }
  const { key } = found
  const verb = game.verb(found.state)
  const by = game.handFor(verb)
  return {
    says: `${by}: ${verb} ${key}`,
    tell(book) {
      const revision = named(book.revisions, key)
      if (verb === 'submit') {
        submit(revision, 'funding', by)
      } else if (verb === 'return') {
        giveBack(revision, 'funding')
      } else {
        approveRevision(book, revision, by)
      }
    },
    ask: (desk) => desk.step({ kind: 'revisions', key, verb, by, ...bodyFor(verb) }),
  }
}

export const proposeRevision: Draw = (game) => {
  const kind = game.chance.of(['supplement', 'reduction', 'transfer', 'distribution', 'sharing'])
  return kind === 'sharing' ? shareOut(game) : revise(game, kind, linesFor(game, kind))
}

function linesFor(game: Game, kind: string): readonly Movement[] {
  const giver = game.envelope()
  const from = somewhere(game, giver)
  const held = added(
    holdingsOf(game.book.postings, giver.code)
      .filter(({ measure, year }) => measure === from.measure && year === from.year)
      .map(({ cents }) => cents),
  )
  const cents = game.cents(held)
  const faulty = game.isOnce(7)
  if (kind === 'supplement' || kind === 'reduction') {
    return [{ ...from, cents: faulty ? -cents : cents }]
  }
  const receiver = kind === 'transfer' && !game.isOnce(15) ? game.envelope() : giver
  const part = cents / BigInt(1 + game.chance.below(3))
  const rest = cents - part
  return [
    { ...from, cents: -cents },
    { ...somewhere(game, receiver), cents: part + (faulty ? 1n : 0n) },
    ...(rest === 0n ? [] : [{ ...somewhere(game, receiver), cents: rest }]),
  ]
}

/** All of a part of an envelope to its members or its years; or what a member has, back. */
function shareOut(game: Game): Move {
  const envelope = game.envelope()
  const { code, measures } = envelope
  const holdings = holdingsOf(game.book.postings, code)
  const shares = [...new Set(holdings.map(({ measure }) => measure))]
    .filter((measure) => measure !== null && measures.length > 1)
    .map((measure) => ({
      ...{ envelope: code, measure, year: null },
      cents: heldBy(
        game.book.postings,
        (one) =>
          one.envelope === code &&
          one.account === 'available' &&
          one.measure === measure &&
          one.year === null,
      ),
    }))
    .filter(({ cents }) => cents > 0n)
  const back = added(shares.map(({ cents }) => cents))
  if (shares.length > 0 && game.isOnce(2)) {
    return revise(game, 'distribution', [
      ...shares.map((share) => ({ ...share, cents: -share.cents })),
      { envelope: code, measure: null, year: null, cents: back },
    ])
  }
  const common = heldBy(
    game.book.postings,
    ({ envelope: at, account, year, measure }) =>
      at === code &&
      account === 'available' &&
      year === null &&
      (measures.length === 1 || measure === null),
  )
  const targets =
    measures.length > 1
      ? measures.map((measure) => ({ measure, year: null }))
      : game.lively(termYears(envelope)).map((year) => ({ measure: null, year }))
  const each = BigInt(targets.length || 1)
  const whole = common > 0n ? common : 100n
  const parts = targets.map((target, place) => ({
    ...{ envelope: code, ...target },
    cents: whole / each + (BigInt(place) < whole % each ? 1n : 0n),
  }))
  return revise(game, 'distribution', [
    { envelope: code, measure: null, year: null, cents: -whole },
    ...parts,
  ])
}

function somewhere(game: Game, envelope: Envelope): Omit<Movement, 'cents'> {
  const years = [
    ...(envelope.term === null ? [] : [null, null]),
    ...game.lively([...termYears(envelope), ...openedYears(envelope, game.book.today)]),
  ]
  const isAny = years.length === 0 || game.isOnce(12)
  const year = isAny ? 2020 + game.chance.below(8) : game.chance.of(years)
  return { envelope: envelope.code, measure: game.member(envelope), year }
}

function revise(game: Game, kind: string, lines: readonly Movement[]): Move {
  const key = game.name('R')
  const by = game.officer()
  const day = game.isOnce(30) ? '2026-11-17' : '2026-11-02'
  return {
    says: `${by} enters ${key}: ${kind} ${lines.map(lineSaid).join(' ')} on ${day}`,
    tell: (book) => enterRevision(book, { key, kind, lines, day }, by),
    ask: (desk) =>
      desk.enter('revisions', {
        ...{ key, by },
        body: {
          ...{ kind, effectiveOn: day, reason: 'Décision', documentReference: 'CT 1' },
          lines: lines.map(({ envelope, measure, year, cents }) => ({
            ...{ envelope, amount: textOf(cents) },
            ...{ measure, fiscalYear: year === null ? null : yearName(year) },
          })),
        },
      }),
  }
}

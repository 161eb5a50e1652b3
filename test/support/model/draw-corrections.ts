import { added, type Expenditure, named, type Refund, type Request, textOf } from './book.ts'
import { recordingSlot, type Slot, slotName, yearOf } from './calendar.ts'
import { closeSlot, reopenSlot } from './closing.ts'
import { ask, decide, refuseRequest } from './correcting.ts'
import { type Draw, type Game, lineSaid, type Move } from './game.ts'

/** What is asked about posted expenditures and decided; periods closed and reopened. */
export const askCorrection: Draw = (game) => {
  const { expenditures } = game.book
  const posted = expenditures.filter(
    ({ state, request }) => state === 'posted' && (request === null || game.isOnce(15)),
  )
  const found = game.recent(game.isOnce(20) ? expenditures : posted)
  if (found === null) {
    return null
  }
  const askedBy = game.officer()
  switch (game.chance.below(4)) {
    case 0:
      return asking(found, { kind: 'reverse', askedBy }, {})
    case 1:
      return reclassifying(game, found, askedBy)
    default: {
      const refund = refundOf(game, found)
      const body = { amount: textOf(refund.cents), date: refund.day }
      return asking(found, { kind: 'refund', askedBy, ...refund }, body)
    }
  }
}

function refundOf(game: Game, { place, cents, refunds }: Expenditure): Refund {
  const left = cents - added(refunds.map((one) => one.cents))
  const asked = game.chance.of([left, left / 2n, 1n, left / 3n, left + (game.isOnce(3) ? 1n : 0n)])
  const day = game.chance.of([place.day, game.book.today, `${yearOf(place.day) + 1}-03-31`])
  const before = game.isOnce(20) ? '2020-05-05' : day
  return {
    cents: asked > 0n ? asked : 1n,
    day: before > game.book.today && !game.isOnce(8) ? game.book.today : before,
  }
}

function reclassifying(game: Game, { key, place: old }: Expenditure, askedBy: string): Move {
  const drawn = game.isOnce(2) ? game.place() : { ...game.place(), day: old.day }
  const place = game.isOnce(3) ? { ...old, day: drawn.day } : game.isOnce(20) ? old : drawn
  const { measure, envelope, day } =
    place.day > game.book.today ? { ...place, day: old.day } : place
  const asked = { measure, envelope, day }
  return asking(
    { key },
    { kind: 'reclassify', askedBy, ...asked },
    {
      ...{ measure, envelope, serviceDate: day },
    },
  )
}

const saidOf = (request: Request): string =>
  request.kind === 'reverse'
    ? 'a reversal'
    : request.kind === 'refund'
      ? `a refund of ${textOf(request.cents)} on ${request.day}`
      : `a move to ${lineSaid({ ...request, year: null, cents: 0n })} on ${request.day}`

function asking(
  { key }: Pick<Expenditure, 'key'>,
  request: Request,
  body: Record<string, unknown>,
): Move {
  const by = request.askedBy === 'both' ? 'both' : 'officer'
  const verb = request.kind
  return {
    says: `${by} asks ${saidOf(request)} of ${key}`,
    about: key,
    tell: (book) => ask(book, named(book.expenditures, key), request),
    ask: (desk) =>
      desk.step({ kind: 'expenditures', key, verb, by, body: { reason: 'Erreur', ...body } }),
  }
}

export const decideCorrection: Draw = (game) => {
  const found = game.recent(game.book.expenditures.filter(({ request }) => request !== null))
  if (found === null) {
    return null
  }
  const { key, request } = found
  const isOwn = request?.askedBy === 'both' && game.isOnce(2)
  const by = isOwn ? 'both' : game.approver()
  if (game.isOnce(10)) {
    return {
      says: `${by} refuses what is asked of ${key}`,
      about: key,
      tell: (book) => refuseRequest(named(book.expenditures, key), by),
      ask: (desk) => desk.decide({ key, verb: 'refuse', by, body: { reason: 'Bien placée' } }),
    }
  }
  const [moved, isJustified] = [game.name('D'), game.isOnce(2)]
  const body = isJustified ? { justification: 'Autorisé' } : {}
  return {
    says: `${by} approves what is asked of ${key}${isJustified ? ', justified' : ''}`,
    about: key,
    tell: (book) => decide(book, named(book.expenditures, key), { by, isJustified, key: moved }),
    async ask(desk) {
      const answer = await desk.decide({ key, verb: 'approve', by, body })
      if (typeof answer.body?.reclassifiedTo === 'string') {
        desk.remember(moved, answer.body.reclassifiedTo)
      }
      return answer
    },
  }
}

/** Mostly reopened again soon, so that there is somewhere to record. */
export const turnPeriod: Draw = (game) => {
  const { book } = game
  const [last] = book.closed.slice(-1)
  if (last !== undefined && !game.isOnce(3)) {
    const slot = slotNamed(last)
    return {
      says: `the administrator reopens ${last}`,
      tell: () => reopenSlot(book, slot),
      ask: (desk) => desk.turn('reopen', slot),
    }
  }
  const slot = slotToTurn(game)
  const verb = game.isOnce(20) ? 'reopen' : 'close'
  return {
    says: `the administrator ${verb}s ${slotName(slot)}`,
    tell: () => (verb === 'close' ? closeSlot(book, slot) : reopenSlot(book, slot)),
    ask: (desk) => desk.turn(verb, slot),
  }
}

/** Any; or the one that would record what waits. */
function slotToTurn(game: Game): Slot {
  const { book, chance } = game
  const waiting = book.expenditures.filter(({ state }) => ['draft', 'submitted'].includes(state))
  const [last] = waiting.slice(-1)
  const holding = last === undefined ? null : recordingSlot(last.place.day, book.today, book.closed)
  if (holding !== null && game.isOnce(3)) {
    return slotNamed(holding)
  }
  const year = 2021 + chance.below(6)
  return { year, number: 1 + chance.below(year === 2026 && !game.isOnce(5) ? 8 : 13) }
}

const slotNamed = (name: string): Slot => ({
  year: Number(name.slice(0, 4)),
  number: Number(name.slice(-2)),
})

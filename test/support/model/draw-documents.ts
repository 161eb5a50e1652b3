import { type Commitment, named, type Place, textOf } from './book.ts'
import { yearName, yearOf } from './calendar.ts'
import { type Draw, type Game, lineSaid, type Move, type Verb } from './game.ts'
import { approveCommitment, enterCommitment, leftOf, release } from './reserving.ts'
import { giveBack, submit } from './signing.ts'
import {
  type AskedExpenditure,
  approveExpenditure,
  changeExpenditure,
  enterExpenditure,
  submitExpenditure,
} from './spending.ts'

/** Commitments and expenditures, from draft to posted, released or closed. */
const organization = 'MSP'

export const reserve: Draw = (game) => {
  const envelope = game.envelope()
  const year = game.year(envelope)
  const isSelfFunded = game.isOnce(30)
  const place = isSelfFunded
    ? { measure: 'QC-6', envelope: null }
    : { measure: game.member(envelope), envelope: envelope.code }
  const cents = game.cents(game.roomAt(envelope.code, year))
  const [key, by] = [game.name('E'), game.officer()]
  return {
    says: `${by} enters ${key}: ${lineSaid({ ...place, year, cents })}`,
    about: key,
    tell: (book) => enterCommitment(book, { key, organization, place, year, cents }, by),
    ask: (desk) =>
      desk.enter('commitments', {
        ...{ key, by },
        body: {
          ...{ organization, ...place, fiscalYear: yearName(year), amount: textOf(cents) },
          ...{ supplier: 'PIPQ', reference: key, description: 'Projet' },
        },
      }),
  }
}

export const stepCommitment: Draw = (game) => {
  const found = game.recent(
    game.book.commitments.filter(({ state }) => ['draft', 'submitted'].includes(state)),
  )
  if (found === null) {
    return null
  }
  const { key } = found
  const verb = game.verb(found.state)
  const by = game.handFor(verb)
  const body = verb === 'return' ? { body: { reason: 'À revoir' } } : {}
  return {
    says: `${by}: ${verb} ${key}`,
    about: key,
    tell(book) {
      const commitment = named(book.commitments, key)
      if (verb === 'submit') {
        submit(commitment, 'commitments', by)
      } else if (verb === 'return') {
        giveBack(commitment, 'commitments')
      } else {
        approveCommitment(book, commitment, by)
      }
    },
    ask: (desk) => desk.step({ kind: 'commitments', key, verb, by, ...body }),
  }
}

/** Once in a while of one that is not open, or more than it holds. */
export const letGo: Draw = (game) => {
  const { commitments } = game.book
  const open = commitments.filter(({ state }) => state === 'approved')
  const found = game.recent(game.isOnce(10) ? commitments : open)
  if (found === null) {
    return null
  }
  const { key } = found
  const by = game.approver()
  const left = leftOf(found)
  const cents = game.isOnce(2) || left < 2n ? null : left / 2n + (game.isOnce(4) ? left : 0n)
  const amount = cents === null ? {} : { amount: textOf(cents) }
  return {
    says: `${by} releases ${cents === null ? 'what is left' : textOf(cents)} of ${key}`,
    about: key,
    tell: (book) => release(book, named(book.commitments, key), { cents, by }),
    ask: (desk) =>
      desk.step({
        ...{ kind: 'commitments', key, verb: 'release', by },
        body: { reason: 'Terminé', ...amount },
      }),
  }
}

/** Often with a commitment: of its own cell, another year or member, or now and then elsewhere. */
function stated(game: Game): AskedExpenditure {
  const { commitments } = game.book
  const open = commitments.filter(({ state }) => state === 'approved')
  const held = game.isOnce(3) ? null : game.recent(game.isOnce(15) ? commitments : open)
  const isJustified = game.isOnce(3)
  if (held === null) {
    const place = placeToCome(game, game.place())
    const cents = game.cents(game.roomAt(place.envelope, yearOf(place.day)))
    return { place, cents, commitment: null, isJustified }
  }
  return {
    place: placeToCome(game, placeBeside(game, held)),
    cents: game.cents(leftOf(held)),
    commitment: held.key,
    isJustified,
  }
}

function placeBeside(game: Game, { cell }: Commitment): Place {
  const { envelope, measure, year } = cell
  const elsewhere = game.place()
  if (game.isOnce(10)) {
    return elsewhere
  }
  const isOther = game.isOnce(3) && elsewhere.envelope === envelope
  return isOther ? elsewhere : { envelope, measure, day: `${year}-10-31` }
}

/** A service is rendered before it is entered; now and then it is not. */
const placeToCome = (game: Game, place: Place): Place =>
  place.day > game.book.today && !game.isOnce(20) ? { ...place, day: game.book.today } : place

const bodyOf = ({ place, cents, isJustified }: AskedExpenditure) => ({
  ...{ measure: place.measure, envelope: place.envelope, serviceDate: place.day },
  ...{ amount: textOf(cents), justification: isJustified ? 'Autorisé' : null },
})

const said = ({ place, cents, commitment, isJustified }: AskedExpenditure): string =>
  `${lineSaid({ ...place, year: null, cents })} on ${place.day}, commitment ${commitment}${isJustified ? ', justified' : ''}`

export const spendSome: Draw = (game) => {
  const asked = stated(game)
  const [key, by] = [game.name('D'), game.officer()]
  return {
    says: `${by} enters ${key}: ${said(asked)}`,
    about: key,
    tell: (book) => enterExpenditure(book, key, asked, by),
    ask: (desk) =>
      desk.enter('expenditures', {
        ...{ key, by },
        body: {
          ...{ organization, documentNumber: key, supplier: 'PIPQ', description: 'Projet' },
          ...bodyOf(asked),
          ...(asked.commitment === null ? {} : { commitment: desk.idOf(asked.commitment) }),
        },
      }),
  }
}

export const stepExpenditure: Draw = (game) => {
  const waiting = game.book.expenditures.filter(({ state }) =>
    ['draft', 'submitted'].includes(state),
  )
  const found = game.recent(game.isOnce(20) ? game.book.expenditures : waiting)
  if (found === null) {
    return null
  }
  const { key, state } = found
  return state === 'draft' && game.isOnce(6)
    ? changed(game, key)
    : moved(game, key, game.verb(state))
}

function changed(game: Game, key: string): Move {
  const asked = stated(game)
  const by = game.officer()
  return {
    says: `${by} changes ${key}: ${said(asked)}`,
    about: key,
    tell: (book) => changeExpenditure(book, named(book.expenditures, key), asked, by),
    ask: (desk) =>
      desk.change({
        ...{ key, by },
        body: {
          ...bodyOf(asked),
          commitment: asked.commitment === null ? null : desk.idOf(asked.commitment),
        },
      }),
  }
}

function moved(game: Game, key: string, verb: Verb): Move {
  const by = game.handFor(verb)
  const isJustified = verb === 'approve' && game.isOnce(2)
  const body =
    verb === 'return'
      ? { body: { reason: 'À revoir' } }
      : isJustified
        ? { body: { justification: 'Autorisé' } }
        : {}
  return {
    says: `${by}: ${verb} ${key}${isJustified ? ', justified' : ''}`,
    about: key,
    tell(book) {
      const document = named(book.expenditures, key)
      if (verb === 'submit') {
        submitExpenditure(document, by)
      } else if (verb === 'return') {
        giveBack(document, 'expenditures')
      } else {
        approveExpenditure(book, document, { isJustified, by })
      }
    },
    ask: (desk) => desk.step({ kind: 'expenditures', key, verb, by, ...body }),
  }
}

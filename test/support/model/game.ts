import type { Answered } from '#test/support/app.ts'
import type { Chance } from '#test/support/seed.ts'
import { type Book, type Envelope, type Place, textOf } from './book.ts'
import { yearName } from './calendar.ts'
import { openedYears, roomOfYear, termYears } from './ceiling.ts'
import type { Desk, Hand } from './desk.ts'
import { selfFundedMeasures } from './reserving.ts'
import type { Figures } from './year-end.ts'

/** One action, said to the model and to the service. */
export interface Move {
  readonly says: string
  readonly tell: (book: Book) => void
  readonly ask: (desk: Desk) => Promise<Answered>
  /** The commitment or expenditure whose answer the model foretells too. */
  readonly about?: string
  /** What closing a year does, where the answer says it. */
  readonly figures?: (book: Book) => Figures
}

/** Draws the next action from what the book holds; null where there is none of its kind. */
export type Draw = (game: Game) => Move | null

export type Verb = 'submit' | 'return' | 'approve'

export class Game {
  readonly book: Book
  chance: Chance
  #named = 0

  constructor(book: Book, chance: Chance) {
    this.book = book
    this.chance = chance
  }

  name(prefix: string): string {
    this.#named += 1
    return `${prefix}${this.#named}`
  }

  isOnce(among: number): boolean {
    return this.chance.below(among) === 0
  }

  /** Mostly one of the latest: what a sequence began it should also carry on. */
  recent<T>(list: readonly T[]): T | null {
    const latest = this.isOnce(4) ? list : list.slice(-4)
    return latest.length === 0 ? null : this.chance.of(latest)
  }

  officer(): Hand {
    return this.isOnce(6) ? 'both' : 'officer'
  }

  approver(): Hand {
    return this.isOnce(5) ? 'both' : 'approver'
  }

  /** The next step of what is under way; now and then one that its state does not allow. */
  verb(state: string): Verb {
    if (this.isOnce(18)) {
      return this.chance.of(['submit', 'return', 'approve'] as const)
    }
    return state === 'draft' ? 'submit' : this.isOnce(12) ? 'return' : 'approve'
  }

  handFor(verb: Verb): Hand {
    return verb === 'submit' ? this.officer() : this.approver()
  }

  envelope(): Envelope {
    const found = this.recent(this.book.envelopes)
    if (found === null) {
      throw new RangeError('there is no envelope yet')
    }
    return found
  }

  /** A year that an envelope may have, and now and then one that it has not. */
  year(envelope: Envelope): number {
    const years = this.lively([...termYears(envelope), ...openedYears(envelope, this.book.today)])
    return years.length === 0 || this.isOnce(12)
      ? 2020 + this.chance.below(8)
      : this.chance.of(years)
  }

  /** Mostly those not closed, where money still moves. */
  lively(years: readonly number[]): readonly number[] {
    const open = years.filter((year) => !this.book.closedYears.includes(year))
    return open.length === 0 || this.isOnce(6) ? years : open
  }

  member({ measures }: Envelope): string | null {
    return this.isOnce(3) ? null : this.isOnce(15) ? 'QC-8' : this.chance.of(measures)
  }

  /** Around what there is: that is where the ends are. */
  cents(room: bigint): bigint {
    const there = room > 0n ? room : 100_000n
    const some = BigInt(1 + this.chance.below(30_000))
    return this.chance.of([some, some, some, there / 2n + 1n, there, there + 1n, there * 2n, 1n])
  }

  /** Where money is spent: an envelope's measure on a day of one of its years, or nowhere. */
  place(): Place {
    const day = this.chance.of(['04-01', '06-15', '11-16', '12-31', '03-31'])
    const envelope = this.envelope()
    const year = this.year(envelope)
    const on = `${day === '03-31' ? year + 1 : year}-${day}`
    return this.isOnce(8)
      ? { envelope: null, measure: this.chance.of(selfFundedMeasures), day: on }
      : { envelope: envelope.code, measure: this.member(envelope), day: on }
  }

  roomAt(code: string | null, year: number): bigint {
    return code === null ? 0n : roomOfYear(this.book, code, year)
  }
}

export const lineSaid = (at: {
  readonly envelope: string | null
  readonly measure: string | null
  readonly year: number | null
  readonly cents: bigint
}): string =>
  `${at.envelope ?? '-'}/${at.measure ?? '-'}@${at.year === null ? '-' : yearName(at.year)}=${textOf(at.cents)}`

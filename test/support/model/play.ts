import { expect } from 'vitest'
import type { TestApp } from '#test/support/app.ts'
import type { Chance } from '#test/support/seed.ts'
import {
  everyGrouping,
  expectIdentities,
  expectReports,
  figuresForetold,
  figuresHeard,
  foretold,
  heard,
  postingsKept,
  rowsForetold,
  rowsKept,
} from './agree.ts'
import { type Envelope, foretell, newBook, type Posting } from './book.ts'
import { Desk } from './desk.ts'
import { askCorrection, decideCorrection, turnPeriod } from './draw-corrections.ts'
import { letGo, reserve, spendSome, stepCommitment, stepExpenditure } from './draw-documents.ts'
import { relate, rename } from './draw-names.ts'
import { proposeEnvelope, proposeRevision, stepEnvelope, stepRevision } from './draw-planning.ts'
import { decideYearEnd, endYear } from './draw-year-end.ts'
import { type Draw, Game, type Move } from './game.ts'

/**
 * Plays sequences of actions on the service and on the model, and holds them side by side. A new
 * action is one more draw here, with its rule in a file of the model.
 */
const draws: readonly (readonly [weight: number, draw: Draw])[] = [
  [1, proposeEnvelope],
  [2, stepEnvelope],
  [3, proposeRevision],
  [7, stepRevision],
  [3, reserve],
  [6, stepCommitment],
  [2, letGo],
  [5, spendSome],
  [10, stepExpenditure],
  [4, askCorrection],
  [5, decideCorrection],
  [2, turnPeriod],
  [2, endYear],
  [4, decideYearEnd],
  [2, rename],
  [2, relate],
]
const lots = draws.flatMap(([weight, draw]) => Array.from({ length: weight }, () => draw))

const ofThePlan = {
  ...{ organization: 'MSP', term: { first: 2021, last: 2025 }, recurring: null, total: 0n },
}

/** Envelopes of the official plan that are small enough to reach their ends. */
const official: readonly Envelope[] = [
  { code: 'QC-MA4', measures: ['QC-A4'] },
  { code: 'QC-M2', measures: ['QC-2'] },
  { code: 'QC-COMMUNICATION', measures: ['QC-3', 'QC-4', 'QC-5', 'QC-7', 'QC-A1', 'QC-A2'] },
].map((one) => ({ ...ofThePlan, ...one }))

/** The others of the plan, each for one measure, are as their appropriations say. */
const besideThem = (postings: readonly Posting[]): readonly Envelope[] =>
  postings.flatMap(({ envelope, account, kind, measure, organization }) =>
    kind === 'appropriation' &&
    account === 'available' &&
    envelope?.startsWith('QC-') === true &&
    official.every(({ code }) => code !== envelope)
      ? [
          {
            ...ofThePlan,
            code: envelope,
            organization,
            measures: measure === null ? [] : [measure],
          },
        ]
      : [],
  )

interface Kept {
  readonly url: string
  readonly position: number
  readonly text: string
}

const questions = [
  '/reports/reconciliation?by=envelope',
  '/reports/reconciliation?by=measure&spread=straight-line',
  '/reports/reconciliation?by=fiscal-year&from=2024-2025&to=2025-2026',
  '/reports/reconciliation?by=period',
  '/reports/exceptions?jurisdiction=QC',
  '/reports/forecast?from=2021-2022&to=2025-2026',
]

export class Play {
  /** The codes that were refused; those about closing a year also as such. */
  readonly refusals = new Set<string>()
  readonly #desk: Desk
  readonly #game: Game
  readonly #transcript: string[] = []

  private constructor(desk: Desk, game: Game) {
    this.#desk = desk
    this.#game = game
  }

  static async on(app: TestApp, chance: Chance): Promise<Play> {
    const desk = await Desk.open(app)
    const book = newBook('2026-11-16')
    book.postings = await postingsKept(app.database.owner)
    book.envelopes = official
    book.aside = besideThem(book.postings)
    return new Play(desk, new Game(book, chance))
  }

  /** A number of actions, then every cell, total and seal; and what was known in between. */
  async sequence(chance: Chance, steps: number): Promise<void> {
    this.#game.chance = chance
    this.#transcript.push(`— sequence ${this.#transcript.length}`)
    const [keptAt, begins] = [chance.below(steps), chance.below(3) === 0]
    let kept: Kept | null = null
    for (let step = 0; step < steps; step += 1) {
      await this.#do(this.#draw(begins ? step : 3))
      if (step === keptAt) {
        kept = await this.#keep(chance)
      }
    }
    await this.#agree(kept)
  }

  /** A number of actions, each answered as the model foretells it. */
  async actions(chance: Chance, count: number): Promise<void> {
    this.#game.chance = chance
    for (let action = 0; action < count; action += 1) {
      await this.#do(this.#draw(action))
    }
  }

  /** Some sequences begin with an envelope of their own. */
  #draw(step: number): Move {
    const begun =
      step === 0 ? proposeEnvelope(this.#game) : step < 3 ? stepEnvelope(this.#game) : null
    for (let move = begun; ; ) {
      if (move !== null) {
        return move
      }
      move = this.#game.chance.of(lots)(this.#game)
    }
  }

  async #do(move: Move): Promise<void> {
    const { book } = this.#game
    const refusal = foretell(book, move.tell)
    this.#transcript.push(`${move.says}: ${refusal ?? 'done'}`)
    const answer = await move.ask(this.#desk)
    const said = answer.status < 300 ? null : (answer.body?.code ?? answer.text)
    expect(said, this.#told()).toEqual(refusal)
    if (refusal === null && move.about !== undefined) {
      expect(heard(answer), this.#told()).toEqual(foretold(book, move.about))
    }
    if (refusal === null && move.figures !== undefined) {
      const figures = move.figures(book)
      expect(figuresHeard(answer), this.#told()).toEqual(figuresForetold(figures))
    }
    if (refusal !== null) {
      this.refusals.add(refusal)
      if (move.figures !== undefined) {
        this.refusals.add(`year-end: ${refusal}`)
      }
    }
  }

  async #agree(kept: Kept | null): Promise<void> {
    const { book, chance } = this.#game
    expect(await rowsKept(this.#desk), this.#told()).toEqual(rowsForetold(book))
    expectIdentities(await postingsKept(this.#desk.app.database.owner), book)
    await this.expectReports([chance.of(everyGrouping)])
    const { auditor } = this.#desk
    expect((await auditor.get('/verify')).body, this.#told()).toMatchObject({ isIntact: true })
    if (kept !== null) {
      const { url, position, text } = kept
      const again = await auditor.get(`${url}${url.includes('?') ? '&' : '?'}asOf=${position}`)
      expect([url, again.text], this.#told()).toEqual([url, text])
    }
  }

  /** Rows and totals, by some ways to cut them or by all. */
  async expectReports(groupings: readonly string[] = everyGrouping): Promise<void> {
    await expectReports(this.#desk, this.#game.book, { groupings, told: this.#told() })
  }

  /** A report of this moment, to be asked again as of it. */
  async #keep(chance: Chance): Promise<Kept> {
    const url = chance.of(questions)
    const { status, body, text } = await this.#desk.auditor.get(url)
    expect([url, status], this.#told()).toEqual([url, 200])
    return { url, position: body.position, text }
  }

  /** What the service recorded, by type. */
  async recorded(): Promise<ReadonlySet<string>> {
    const { rows } = await this.#desk.app.database.owner.query('select distinct type from event')
    return new Set(rows.map(({ type }) => type))
  }

  #told(): string {
    return this.#transcript.slice(-60).join('\n')
  }
}

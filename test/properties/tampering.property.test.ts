import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { anchorNow, keeperCall } from '#features/audit/anchors.actions.ts'
import { verifyRecord } from '#features/audit/audit.actions.ts'
import { guardChecks } from '#features/audit/audit.public.ts'
import type { Verification } from '#features/audit/check.ts'
import { type Handle, handleOf } from '#platform/db/transaction.ts'
import { recordChecks } from '#src/record.ts'
import { anchorFilesOfTest } from '#test/support/anchor-files.ts'
import { type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { type Random, randomOf } from '#test/support/random.ts'
import { cutTail, harmless, rewriteFrom } from '#test/support/rewriting.ts'
import { disarm, tamperings } from '#test/support/tampering.ts'
import { runs } from '#test/support/tier.ts'

/**
 * Direct SQL as the superuser, triggers switched off: at or before the last anchor whatever is
 * altered is found where it is, and what alters nothing raises nothing. Each run is undone.
 */
vi.setConfig({ testTimeout: 1_200_000, hookTimeout: 120_000 })

const seed = process.env.TEST_SEED ?? 'tampering 1'
const files = anchorFilesOfTest()
/** Guards are switched off here by design; test/features/audit/guards.test.ts is theirs. */
const checks = recordChecks.filter((check) => !guardChecks.includes(check))
const anchored: number[] = []
let app: TestApp
let owner: Handle

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  owner = handleOf(app.database.owner)
  const anchor = async () => {
    const made = await anchorNow(app.database.service, files)
    anchored.push(made?.sequence ?? 0)
  }
  await anchor()
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  await anchor()
  await post(officer, approver, { supplier: 'Été, 𝒜 et « guillemets »' })
  const waiting = [await submitted(officer), await submitted(officer, { measure: 'QC-6' })]
  await anchor()
  const items = waiting.map(({ id, version }) => ({ id, version }))
  await approver.send('POST', '/expenditures/approve', { body: { items } })
  await officer.send('POST', '/expenditures', { body: draft({ supplier: 'Brouillon' }) })
  await anchor()
})
afterAll(() => app.close())

class Undone extends Error {}

/** Verifies on the connection that tampered, then takes everything back. */
async function verifiedAfter<T>(
  work: (handle: Handle) => Promise<T>,
): Promise<{ readonly told: T; readonly found: Verification }> {
  let outcome: { told: T; found: Verification } | null = null
  const attempt = owner.transaction().execute(async (handle) => {
    const told = await work(handle)
    const viewing = { ...keeperCall, handle, today: calendarDate('2026-06-01') }
    outcome = {
      told,
      found: await verifyRecord(viewing, checks, { files, bytes: Number.MAX_SAFE_INTEGER }),
    }
    throw new Undone()
  })
  await attempt.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error
  })
  if (outcome === null) throw new Error('nothing was verified')
  return outcome
}

const breaksOf = ({ checks: results }: Verification) =>
  results.flatMap(({ code, breaks }) => breaks.map((broken) => ({ code, ...broken })))

const isAt = (place: string, places: readonly string[]): boolean =>
  places.some((each) => place === each || place.startsWith(`${each} `))

/** Until the database itself takes the change: a constraint that refuses one has found it too. */
async function tamperOnce(name: string, random: Random) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const outcome = await verifiedAfter(async (handle) => {
      await disarm(handle)
      return (await tamperings[name]?.(handle, random)) ?? null
    }).catch((error: { code?: string }) => {
      if (/^(22|23)/.test(error.code ?? '')) return null
      throw error
    })
    if (outcome !== null && outcome.told !== null) {
      return { places: outcome.told, found: outcome.found }
    }
  }
  throw new Error(`${name}: the database took none of 60`)
}

test('the record is intact before anybody touches it', async () => {
  const { found } = await verifiedAfter(async () => undefined)
  expect(breaksOf(found)).toEqual([])
  expect(found.unanchored).toBeNull()
  expect(found.position).toBe(anchored.at(-1))
})

describe(`what was altered, from the seed “${seed}”`, () => {
  const names = Object.keys(tamperings)
  const total = runs(50, 500)

  test(`is found at its place, ${total} times of ${total}`, async () => {
    const missed: string[] = []
    for (let turn = 0; turn < total; turn += 1) {
      const random = randomOf(`${seed}/${turn}`)
      const name = names[turn % names.length] ?? ''
      const { places, found } = await tamperOnce(name, random)
      const breaks = breaksOf(found)
      if (found.isIntact || !breaks.some(({ place }) => isAt(place, places))) {
        missed.push(`${turn} ${name} ${places.join()}: ${JSON.stringify(breaks.slice(0, 3))}`)
      }
    }
    expect(missed).toEqual([])
  })

  test('as a tail cut off with its head is found by the first anchor after the cut', async () => {
    for (let turn = 0; turn < runs(6, 60); turn += 1) {
      const kept = randomOf(`${seed}/cut/${turn}`).below(anchored.at(-1) ?? 0)
      const { found } = await verifiedAfter(async (handle) => {
        await disarm(handle)
        await cutTail(handle, kept)
      })
      const first = anchored.find((position) => position > kept)
      expect(found.checks.find(({ code }) => code === 'chain')?.breaks).toEqual([])
      expect([kept, found.checks.find(({ code }) => code === 'anchors')?.breaks[0]]).toMatchObject([
        kept,
        { place: expect.stringMatching(`^event ${first} \\(anchor`), found: 'no event' },
      ])
    }
  })

  test('as a record rewritten with a fresh chain is found by the first anchor it lacks', async () => {
    for (let turn = 0; turn < runs(6, 60); turn += 1) {
      const random = randomOf(`${seed}/rewrite/${turn}`)
      const from = 1 + random.below(anchored.at(-1) ?? 0)
      const { found } = await verifiedAfter(async (handle) => {
        await disarm(handle)
        await rewriteFrom(handle, from, random)
      })
      const first = anchored.find((position) => position >= from)
      expect(found.checks.filter(({ code }) => code.startsWith('chain'))).toMatchObject([
        { breaks: [] },
        { breaks: [] },
      ])
      expect([from, found.checks.find(({ code }) => code === 'anchors')?.breaks[0]]).toMatchObject([
        from,
        { place: expect.stringMatching(`^event ${first} \\(anchor`) },
      ])
    }
  })
})

describe('what alters nothing', () => {
  const names = Object.keys(harmless)
  const total = runs(50, 500)

  test(`raises nothing, ${total} times of ${total}`, async () => {
    const alarms: string[] = []
    for (let turn = 0; turn < total; turn += 1) {
      const random = randomOf(`${seed}/harmless/${turn}`)
      const name = names[turn % names.length] ?? ''
      const { found } = await verifiedAfter(
        (handle) => harmless[name]?.(handle, random) ?? Promise.resolve(),
      )
      if (!found.isIntact) {
        alarms.push(`${turn} ${name}: ${JSON.stringify(breaksOf(found).slice(0, 2))}`)
      }
    }
    expect(alarms).toEqual([])
  })

  test('nor does a table packed anew, which no transaction can take back', async () => {
    for (const table of ['event', 'journal_entry', 'journal_line']) {
      await sql.raw(`vacuum (full, analyze) ${table}`).execute(owner)
      const { found } = await verifiedAfter(async () => undefined)
      expect([table, breaksOf(found)]).toEqual([table, []])
    }
  })
})

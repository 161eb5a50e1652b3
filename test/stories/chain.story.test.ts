import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { within } from '#test/support/bounds.ts'
import { post, submitted } from '#test/support/drafts.ts'

/** The chain as somebody recomputes it who has read the format and not our SQL. */
let app: TestApp

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  await post(officer, approver, { supplier: 'Été, 𝒜 et « guillemets »' })
  const [one, two] = [await submitted(officer), await submitted(officer, { measure: 'QC-6' })]
  const items = [one, two].map(({ id, version }) => ({ id, version }))
  await approver.send('POST', '/expenditures/approve', { body: { items } })
})
afterAll(() => app.close())

const allEvents = () =>
  within(app.database.handle, {}, (work) =>
    work.selectFrom('event').selectAll().orderBy('sequence').execute(),
  )

const prefixed = (parts: readonly string[]) =>
  parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('')
const sha256 = (...parts: readonly (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** Pair by pair; an odd one moves up alone. */
function merkleRoot(leaves: readonly Buffer[]): string {
  const [first, ...others] = leaves
  if (first === undefined || others.length === 0) {
    return first?.toString('hex') ?? ''
  }
  return merkleRoot(
    leaves.flatMap((left, place) => {
      const right = leaves[place + 1]
      return place % 2 === 1 ? [] : [right === undefined ? left : sha256('\x01', left, right)]
    }),
  )
}

async function leavesOf(event: string): Promise<readonly Buffer[]> {
  const entries = await app.database.handle
    .selectFrom('journal_entry')
    .selectAll()
    .where('event', '=', event)
    .orderBy('id')
    .execute()
  const lines = await app.database.handle.selectFrom('journal_line').selectAll().execute()
  return entries.map((entry) =>
    sha256(
      '\0',
      prefixed([
        entry.id,
        entry.kind,
        entry.organization,
        entry.effective_on,
        entry.recorded_fiscal_year ?? '',
        String(entry.recorded_period ?? ''),
        entry.document_type,
        entry.document,
        entry.reverses ?? '',
        entry.flags.join(' '),
      ]),
      ...lines
        .filter((line) => line.entry === entry.id)
        .toSorted((a, b) => a.place - b.place)
        .map((line) =>
          prefixed([
            String(line.place),
            line.account,
            line.envelope ?? '',
            line.measure ?? '',
            line.organization,
            line.fiscal_year ?? '',
            line.amount,
          ]),
        ),
    ),
  )
}

describe('the chain', () => {
  test('numbers events from 1 without a gap, each after the one before', async () => {
    const events = await allEvents()
    expect(events.length).toBeGreaterThan(10)
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(
      events.map((_, place) => place + 1),
    )
    const hashes = ['0'.repeat(64), ...events.map(({ hash }) => hash)]
    expect(events.map(({ previous }) => previous)).toEqual(hashes.slice(0, -1))
    const [head] = await app.database.handle.selectFrom('chain_head').selectAll().execute()
    expect(head).toMatchObject({ sequence: events.at(-1)?.sequence, hash: hashes.at(-1) })
  })

  test('seals each event and its entries as anybody can recompute', async () => {
    const events = await allEvents()
    for (const event of events) {
      const leaves = await leavesOf(event.id)
      expect([event.entry_count, event.entry_root]).toEqual([leaves.length, merkleRoot(leaves)])
      const text = prefixed([
        event.sequence,
        event.id,
        event.type,
        String(event.version),
        event.actor,
        event.request,
        new Date(event.at).toISOString(),
        event.subject,
        event.payload,
        String(event.entry_count),
        event.entry_root,
        event.previous,
      ])
      expect(sha256(text).toString('hex')).toBe(event.hash)
    }
    const counts = events.map(({ entry_count }) => entry_count)
    expect(counts).toEqual(expect.arrayContaining([0, 1, 2, 74]))
  })

  test('lets nobody choose a place, an instant or a seal', async () => {
    const event = randomUUID()
    const { rows } = await within(app.database.handle, { event }, (work) =>
      sql<Record<string, string>>`
        insert into event (sequence, id, type, actor, request, at, subject, payload, entry_count,
          entry_root, previous, hash)
        values (999, ${event}, 'test.forged', 'test', 'test', '2001-01-01', 'test', 'n;', 9,
          'x', 'y', 'z')
        returning sequence, at, entry_count, entry_root, previous, hash
      `.execute(work),
    )
    const [before, forged] = (await allEvents()).slice(-2)
    expect(rows[0]).toMatchObject({
      sequence: String(Number(before?.sequence) + 1),
      entry_count: 0,
      entry_root: '',
      previous: before?.hash,
      hash: forged?.hash,
    })
    expect(Date.parse(rows[0]?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(before?.at ?? ''))
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'
import { runs } from '#test/support/tier.ts'
import { untilTaken } from '#test/support/waiting.ts'

/**
 * One approves what one saw. Many correct and submit documents, several return and approve them at
 * versions they saw some time ago. What was posted is what the approval named; any other is 412.
 */
let app: TestApp
let officer: Person
let auditor: Person
let approvers: readonly Person[]

const seed = 64_008
const editors = 64
const approversAtOnce = 8
const rounds = runs(6, 120)
const slots = 12

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  officer = await app.person('officer', 'officer')
  auditor = await app.person('auditor', 'auditor')
  const made: Person[] = []
  for (let place = 0; place < approversAtOnce; place += 1) {
    made.push(await app.person(`approver-${place}`, 'approver'))
  }
  approvers = made
})
afterAll(() => app.close())

interface Seen {
  readonly id: string
  readonly version: number
  readonly amount: string
}

interface Attempt extends Seen {
  readonly status: number
  readonly posted: string | null
}

/** The documents that are worked on; a posted one makes room for a new one. */
const documents: string[] = []
const enter = async () =>
  (
    await untilTaken(() =>
      officer.send('POST', '/expenditures', { body: draft({ amount: '1.00' }) }),
    )
  ).body.id

const read = async (person: Person, slot: number) =>
  (await untilTaken(() => person.get(`/expenditures/${documents[slot]}`))).body

async function edit(slot: number, cents: number): Promise<void> {
  const seen = await read(officer, slot)
  if (seen.state === 'posted') {
    documents[slot] = await enter()
    return
  }
  const url = `/expenditures/${seen.id}`
  const amount = `1.${String(cents).padStart(2, '0')}`
  const changed = await officer.send('PATCH', url, { version: seen.version, body: { amount } })
  if (changed.status === 200) {
    await officer.step(`${url}/submit`, changed.body.version)
  }
}

/** Looks at a document, then decides about the one seen the last time, at the version it had. */
async function decide(
  person: Person,
  slot: number,
  remembered: Map<number, Seen>,
  isReturned: boolean,
): Promise<Attempt | null> {
  const before = remembered.get(slot)
  const { id, version, amount, state } = await read(person, slot)
  if (state === 'submitted') {
    remembered.set(slot, { id, version, amount })
  } else {
    remembered.delete(slot)
  }
  if (before === undefined) {
    return null
  }
  const url = `/expenditures/${before.id}`
  if (isReturned) {
    await person.step(`${url}/return`, before.version, { reason: 'À corriger' })
    return null
  }
  const answer = await untilTaken(() => person.step(`${url}/approve`, before.version))
  return {
    ...before,
    status: answer.status,
    posted: answer.status === 200 ? answer.body.amount : null,
  }
}

test(`${editors} editors and ${approversAtOnce} approvers: a version that changed since is never approved (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  for (let slot = 0; slot < slots; slot += 1) {
    documents.push(await enter())
  }
  const draws = fc.sample(
    fc.tuple(fc.nat({ max: slots - 1 }), fc.nat({ max: 99 }), fc.nat({ max: 2 })),
    { seed, numRuns: (editors + approversAtOnce * 4) * rounds },
  )
  const next = (): readonly [number, number, number] => draws.pop() ?? [0, 0, 0]
  const attempts: Attempt[] = []
  const editing = Array.from({ length: editors }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [slot, cents] = next()
      await edit(slot, cents)
    }
  })
  const approving = approvers.map(async (person) => {
    const remembered = new Map<number, Seen>()
    for (let round = 0; round < rounds * 4; round += 1) {
      const [slot, , choice] = next()
      const attempt = await decide(person, slot, remembered, choice === 0)
      attempts.push(...(attempt === null ? [] : [attempt]))
    }
  })
  await Promise.all([...editing, ...approving])

  const wrong = attempts.filter(({ status }) => status !== 200 && status !== 412)
  expect(wrong).toEqual([])
  const approved = attempts.filter(({ status }) => status === 200)
  expect(approved.filter(({ amount, posted }) => amount !== posted)).toEqual([])
  // Both happened, or nothing was raced.
  expect(approved.length).toBeGreaterThan(0)
  expect(attempts.length).toBeGreaterThan(approved.length)
  for (const { id, version, amount } of approved) {
    const { body } = await auditor.get(`/events?subject=expenditure/${id}&type=expenditure.posted`)
    expect(body.items).toMatchObject([
      { before: { version, amount, state: 'submitted' }, after: { version: version + 1, amount } },
    ])
  }
})

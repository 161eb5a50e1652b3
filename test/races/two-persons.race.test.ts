import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseCanonical } from '#core/canonical.ts'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'
import { type Chance, chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

vi.setConfig({ testTimeout: runs(180_000, 3_600_000) })

/**
 * Four people who each may both enter and approve, and lose and regain that right while they do,
 * act on one document at once, with what they last saw of it. Whatever came of it is read back from
 * the events alone: whoever approved had neither entered, last changed nor submitted it.
 */
let app: TestApp
let people: readonly Person[]

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  const made: Person[] = []
  for (const name of ['anne', 'bruno', 'carla', 'denis']) {
    await app.person(name, 'officer')
    made.push(await app.person(name, 'approver'))
  }
  people = made
})
afterAll(() => app.close())

interface Seen {
  readonly id: string
  readonly version: number
}

const acts: readonly ((person: Person, seen: Seen) => Promise<Answered>)[] = [
  (person, { id, version }) =>
    person.send('PATCH', `/expenditures/${id}`, { version, body: { description: 'Autrement' } }),
  (person, { id, version }) => person.step(`/expenditures/${id}/submit`, version),
  (person, { id, version }) => person.step(`/expenditures/${id}/submit`, version),
  (person, { id, version }) =>
    person.step(`/expenditures/${id}/return`, version, { reason: 'À revoir' }),
  (person, { id, version }) => person.step(`/expenditures/${id}/approve`, version),
  (person, { id, version }) => person.step(`/expenditures/${id}/approve`, version),
  (person, { id, version }) =>
    person.send('POST', '/expenditures/approve', { body: { items: [{ id, version }] } }),
]

const codes = new Map<string, number>()

async function history(chance: Chance): Promise<void> {
  const entered = await chance.of(people).send('POST', '/expenditures', { body: draft() })
  if (entered.status !== 201) {
    // Whoever was chosen may not enter just now.
    expect(entered.status).toBe(403)
    return
  }
  const { id } = entered.body
  for (let round = 0; round < 6; round += 1) {
    const version = await versionOf(id)
    const answers = await Promise.all(
      Array.from({ length: 1 + chance.below(3) }, () =>
        // Now and then somebody guesses what comes next.
        chance.of(acts)(chance.of(people), { id, version: version + chance.below(2) }),
      ),
    )
    for (const { status, body } of answers) {
      const said = status < 300 ? 'done' : body.code
      codes.set(said, (codes.get(said) ?? 0) + 1)
      expect([status, status < 500]).toEqual([status, true])
    }
  }
}

async function versionOf(id: string): Promise<number> {
  const { rows } = await app.database.owner.query(
    'select expenditure.version from expenditure where expenditure.id = $1',
    [id],
  )
  return rows[0].version
}

/** Away and back, under the feet of what is under way. */
async function changeRoles(chance: Chance): Promise<void> {
  const [email, role] = [chance.of(people).email, chance.of(['officer', 'approver'])]
  await app.database.owner.query(
    `delete from person_role using person
    where person.id = person_role.person and person.email = $1 and person_role.role = $2`,
    [email, role],
  )
  await new Promise((resolve) => setTimeout(resolve, 10))
  await app.database.owner.query(
    `insert into person_role (person, role, organization)
    select person.id, $2, 'MSP' from person where person.email = $1 on conflict do nothing`,
    [email, role],
  )
}

test('in random histories nobody approves what they entered, last changed or submitted', async () => {
  const chance = chanceOf('two persons')
  const histories = runs(120, 10_000)
  let begun = 0
  let isDone = false
  const changing = (async () => {
    for (const roles = chance.branch('roles'); !isDone; ) await changeRoles(roles)
  })()
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      while (begun < histories) {
        begun += 1
        await history(chance.branch(begun))
      }
    }),
  )
  isDone = true
  await changing
  expect(await approvedAlone()).toEqual([])
  // Both came about: approvals, and refusals of people's own work.
  const { rows } = await app.database.owner.query(
    "select count(*)::integer as posted from expenditure where expenditure.state = 'posted'",
  )
  expect(rows[0].posted).toBeGreaterThan(histories / 20)
  expect(codes.get('expenditures/own-work') ?? 0).toBeGreaterThan(histories / 20)
})

interface Hands {
  readonly entered: string
  readonly changed: string
  readonly submitted: string
}

/** From what happened, in the order it did; the documents' own columns are not asked. */
async function approvedAlone(): Promise<readonly string[]> {
  const { rows } = await app.database.owner.query(`
    select event.type, event.actor, event.payload from event
    where event.type like 'expenditure.%' order by event.sequence`)
  const hands = new Map<string, Hands>()
  const wrong: string[] = []
  for (const { type, actor, payload } of rows) {
    const { after } = parseCanonical(payload) as unknown as { after: { id: string } & Items }
    for (const { id } of after.items ?? [after]) {
      const before = hands.get(id) ?? { entered: actor, changed: actor, submitted: '' }
      if (type === 'expenditure.posted' && Object.values(before).includes(actor)) {
        wrong.push(`${actor} approved ${id}`)
      }
      hands.set(id, {
        ...before,
        ...(type === 'expenditure.changed' ? { changed: actor } : {}),
        ...(type === 'expenditure.submitted' ? { submitted: actor } : {}),
      })
    }
  }
  return wrong
}

interface Items {
  readonly items?: readonly { readonly id: string }[]
}

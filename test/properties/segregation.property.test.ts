import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft } from '#test/support/drafts.ts'
import { runs } from '#test/support/tier.ts'

/**
 * The life of one document among four people, any of whom may be officer and approver at once, and
 * whose roles change between the moments. In a moment up to three of them act, at the same time.
 */
let app: TestApp
let people: readonly Person[]

beforeAll(async () => {
  app = await testApp({ poolMax: 6 })
  const made: Person[] = []
  for (const name of ['ada', 'blaise', 'chantal', 'denis']) {
    await app.person(name, 'officer')
    made.push(await app.person(name, 'approver'))
  }
  people = made
})
afterAll(() => app.close())

const owned = async (question: string, values: unknown[] = []) =>
  (await app.database.owner.query(question, values)).rows

interface Found {
  readonly state: string
  readonly version: number
  readonly request: string | null
}

type Attempt = (person: Person, id: string, found: Found) => Promise<Answered>

const reason = { reason: 'Motif' }
const attempts: Readonly<Record<string, Attempt>> = {
  change: (person, id, { version }) =>
    person.send('PATCH', `/expenditures/${id}`, { version, body: { supplier: person.email } }),
  submit: (person, id, { version }) => person.step(`/expenditures/${id}/submit`, version),
  approve: (person, id, { version }) => person.step(`/expenditures/${id}/approve`, version),
  'approve in bulk': (person, id, { version }) =>
    person.send('POST', '/expenditures/approve', { body: { items: [{ id, version }] } }),
  return: (person, id, { version }) => person.step(`/expenditures/${id}/return`, version, reason),
  ask: (person, id, { version }) => person.step(`/expenditures/${id}/reverse`, version, reason),
  decide: (person, id, { version, request }) =>
    person.step(`/expenditures/${id}/requests/${request}/approve`, version),
  refuse: (person, id, { version, request }) =>
    person.step(`/expenditures/${id}/requests/${request}/refuse`, version, reason),
}

/** What is worth trying next; anything else is refused for the state alone. */
const nextOf = ({ state, request }: Found): readonly string[] => {
  switch (state) {
    case 'draft':
      return ['change', 'submit', 'submit']
    case 'submitted':
      return ['approve', 'approve', 'approve in bulk', 'return']
    case 'posted':
      return request === null ? ['ask'] : ['decide', 'decide', 'refuse']
    default:
      return []
  }
}

const somebody = fc.nat({ max: 3 })
const moment = fc.record({
  acts: fc.array(fc.record({ who: somebody, what: fc.nat({ max: 11 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  /** Before it, somebody gains or loses a role. */
  turn: fc.record({
    who: somebody,
    role: fc.constantFrom('officer', 'approver'),
    isHeld: fc.boolean(),
  }),
})
const history = fc.record({
  enters: somebody,
  moments: fc.array(moment, { minLength: 4, maxLength: 12 }),
})

async function give(who: number, role: string, isHeld: boolean): Promise<void> {
  const { email } = at(who)
  await owned(
    isHeld
      ? `insert into person_role (person, role, organization)
        select person.id, $2, 'MSP' from person where person.email = $1
        on conflict do nothing`
      : `delete from person_role using person
        where person.id = person_role.person and person.email = $1 and person_role.role = $2`,
    [email, role],
  )
}

const at = (who: number): Person => {
  const person = people[who]
  if (person === undefined) {
    throw new RangeError(`there is no person ${who}`)
  }
  return person
}

async function find(id: string): Promise<Found> {
  const [found] = await owned(
    `select expenditure.state, expenditure.version,
      (
        select expenditure_request.id from expenditure_request
        where expenditure_request.expenditure = expenditure.id
          and expenditure_request.state = 'asked'
      ) as request
    from expenditure where expenditure.id = $1`,
    [id],
  )
  return found
}

type Life = typeof history extends fc.Arbitrary<infer Value> ? Value : never

/** Answers the document's id and the codes of what was refused. */
async function live({ enters, moments }: Life): Promise<{ id: string; codes: readonly string[] }> {
  for (const who of people.keys()) {
    await give(who, 'officer', true)
    await give(who, 'approver', true)
  }
  const { body } = await at(enters).send('POST', '/expenditures', { body: draft() })
  const codes: string[] = []
  for (const { acts, turn } of moments) {
    await give(turn.who, turn.role, turn.isHeld)
    const found = await find(body.id)
    const next = nextOf(found)
    const answers = await Promise.all(
      acts.map(({ who, what }) =>
        attempts[next[what % next.length] ?? '']?.(at(who), body.id, found),
      ),
    )
    const heard = answers.filter((answer) => answer !== undefined)
    expect(heard.filter(({ status }) => status >= 500)).toEqual([])
    codes.push(...heard.filter(({ status }) => status >= 400).map((answer) => answer.body.code))
  }
  return { id: body.id, codes }
}

interface Signed {
  readonly type: string
  readonly actor: string
}

/** Read from the chain, not from the document: who did what, in the order of commits. */
async function signaturesOf(id: string): Promise<readonly Signed[]> {
  const rows = await owned(
    `select event.type, event.actor from event where event.subject = $1 order by event.sequence`,
    [`expenditure/${id}`],
  )
  return rows.map(({ type, actor }) => ({ type: type.replace('expenditure.', ''), actor }))
}

/** Every decision of somebody about what they prepared or asked for themselves. */
function ownDecisions(signed: readonly Signed[]): readonly Signed[] {
  const last = (types: readonly string[], before: number): string | undefined =>
    signed.slice(0, before).findLast(({ type }) => types.includes(type))?.actor
  return signed.filter(({ type, actor }, place) => {
    const prepared = [
      last(['entered'], place),
      last(['entered', 'changed'], place),
      last(['submitted'], place),
    ]
    return type === 'posted'
      ? prepared.includes(actor)
      : ['reversed', 'reversal-refused'].includes(type) && last(['reversal-asked'], place) === actor
  })
}

const replay = { seed: 20_261_121, numRuns: runs(80, 10_000) }

test(`whatever happens at once and whoever becomes what, nobody decides about their own work (${replay.numRuns} histories, seed ${replay.seed})`, {
  timeout: 3_600_000,
}, async () => {
  const reached = new Map<string, number>()
  const count = (what: string): void => {
    reached.set(what, (reached.get(what) ?? 0) + 1)
  }
  await fc.assert(
    fc.asyncProperty(history, async (life) => {
      const { id, codes } = await live(life)
      const signed = await signaturesOf(id)
      expect(ownDecisions(signed)).toEqual([])
      const [kept] = await owned(
        `select approved_by in (prepared_by, changed_by, submitted_by) as is_own
          from expenditure where expenditure.id = $1`,
        [id],
      )
      expect(kept.is_own).not.toBe(true)
      for (const what of [...signed.map(({ type }) => type), ...codes]) {
        count(what)
      }
    }),
    { ...replay, endOnFailure: true },
  )
  // The histories went where it matters, and somebody tried.
  for (const what of [
    ...['changed', 'posted', 'reversed', 'reversal-refused', 'returned'],
    ...['expenditures/own-work', 'expenditures/own-request', 'identity/forbidden'],
  ]) {
    expect([what, reached.get(what) ?? 0]).toEqual([what, expect.any(Number)])
    expect(reached.get(what) ?? 0, what).toBeGreaterThan(0)
  }
})

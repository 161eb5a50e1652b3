import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { commitment } from '#test/support/commitments.ts'
import { revision } from '#test/support/revisions.ts'
import { type Chance, chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

/**
 * The life of one commitment, revision or envelope among four people, who may each be officer and
 * approver at once and gain and lose roles meanwhile. In a moment up to three of them act, at the
 * same time. What was signed is read from the chain.
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

interface Kind {
  readonly path: string
  readonly table: string
  readonly key: string
  readonly subject: string
  readonly method: 'PATCH' | 'PUT'
  readonly body: (name: string, word: string) => object
  readonly change: (name: string, word: string) => object
}

const envelope = (code: string, word: string) => ({
  ...{ code, programme: 'QC-PLAN-2021', measures: ['QC-2'], organization: 'MSP' },
  title: { fr: word, en: word },
  terms: [
    { kind: 'term', amount: '100.00', firstFiscalYear: '2024-2025', lastFiscalYear: '2025-2026' },
  ].map((term) => ({ ...term, stated: true })),
  source: { document: 'DECISION', quote: word },
})
const revised = (_name: string, reason: string) => revision({ reason })

const kinds: readonly Kind[] = [
  {
    ...{ path: 'commitments', table: 'commitment', key: 'id', subject: 'commitment' },
    ...{ method: 'PATCH', change: (_name, description) => ({ description }) },
    body: (_name, description) => commitment({ amount: '0.01', description }),
  },
  {
    ...{ path: 'revisions', table: 'revision', key: 'id', subject: 'revision' },
    ...{ method: 'PUT', change: revised, body: revised },
  },
  {
    ...{ path: 'envelopes', table: 'envelope_proposal', key: 'code', subject: 'envelope' },
    ...{ method: 'PUT', change: envelope, body: envelope },
  },
]

/** What is worth trying next; anything else is refused for the state alone. */
const nextOf: Readonly<Record<string, readonly string[]>> = {
  draft: ['change', 'submit', 'submit'],
  submitted: ['approve', 'approve', 'return'],
  approved: ['release'],
}

async function give(person: Person, role: string, isHeld: boolean): Promise<void> {
  await owned(
    isHeld
      ? `insert into person_role (person, role, organization)
        select person.id, $2, 'MSP' from person where person.email = $1
        on conflict do nothing`
      : `delete from person_role using person
        where person.id = person_role.person and person.email = $1 and person_role.role = $2`,
    [person.email, role],
  )
}

interface Document {
  readonly kind: Kind
  readonly name: string
}

/** Answers the codes of what was refused. */
async function live({ kind, name }: Document, id: string, chance: Chance): Promise<string[]> {
  const codes: string[] = []
  for (let moment = 0; moment < 8; moment += 1) {
    await give(chance.of(people), chance.of(['officer', 'approver']), chance.below(2) === 0)
    const [found] = await owned(
      `select state, version from ${kind.table} where ${kind.key}::text = $1`,
      [id],
    )
    const next = nextOf[found.state] ?? []
    if (next.length === 0 || (found.state === 'approved' && kind.path !== 'commitments')) {
      return codes
    }
    const acts = Array.from({ length: 1 + chance.below(3) }, () => ({
      ...{ who: chance.of(people), what: chance.of(next), word: `mot ${chance.below(99)}` },
    }))
    const answers = await Promise.all(
      acts.map(({ who, what, word }): Promise<Answered> => {
        const url = `/${kind.path}/${id}`
        const { version } = found
        return what === 'change'
          ? who.send(kind.method, url, { version, body: kind.change(name, word) })
          : who.step(`${url}/${what}`, version, bodies[what])
      }),
    )
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    codes.push(...answers.filter(({ status }) => status >= 400).map(({ body }) => body.code))
  }
  return codes
}

const reason = { reason: 'Motif' }
const bodies: Readonly<Record<string, object>> = { return: reason, release: reason }

interface Signed {
  readonly type: string
  readonly actor: string
}

async function signaturesOf(subject: string): Promise<readonly Signed[]> {
  const rows = await owned(
    'select event.type, event.actor from event where event.subject = $1 order by event.sequence',
    [subject],
  )
  return rows.map(({ type, actor }) => ({ type: type.split('.')[1], actor }))
}

/** Every approval or release by somebody who entered, last changed or last submitted it. */
function ownDecisions(signed: readonly Signed[]): readonly Signed[] {
  return signed.filter(({ type, actor }, place) => {
    const last = (...types: string[]): string | undefined =>
      signed.slice(0, place).findLast((one) => types.includes(one.type))?.actor
    const hands = [last('entered'), last('entered', 'changed'), last('submitted')]
    return ['approved', 'released'].includes(type) && hands.includes(actor)
  })
}

const histories = runs(60, 3_000)

test(`nobody decides about a commitment, a revision or an envelope of their own, whoever becomes what (${histories} histories)`, {
  timeout: 3_600_000,
}, async () => {
  const chance = chanceOf('segregation of planned money')
  const reached = new Set<string>()
  for (let history = 0; history < histories; history += 1) {
    const turn = chance.branch(history)
    const [kind, name] = [turn.of(kinds), `QC-S${history}`]
    for (const person of people) {
      await give(person, 'officer', true)
      await give(person, 'approver', true)
    }
    const entered = await turn.of(people).send('POST', `/${kind.path}`, {
      body: kind.body(name, 'mot'),
    })
    expect(entered.status).toBe(201)
    const id: string = entered.body[kind.key]
    const codes = await live({ kind, name }, id, turn)
    const signed = await signaturesOf(`${kind.subject}/${id}`)
    expect([history, id, ownDecisions(signed)]).toEqual([history, id, []])
    for (const what of [...signed.map(({ type }) => `${kind.subject}.${type}`), ...codes]) {
      reached.add(what)
    }
  }
  // The histories went where it matters, and somebody tried.
  const wanted = [
    ...['commitment', 'revision', 'envelope'].flatMap((what) => [
      ...[`${what}.changed`, `${what}.submitted`, `${what}.returned`, `${what}.approved`],
    ]),
    ...['commitments/own-work', 'funding/own-work', 'identity/forbidden'],
  ]
  expect(wanted.filter((what) => !reached.has(what))).toEqual([])
})

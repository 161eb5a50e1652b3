import { randomUUID } from 'node:crypto'
import type { RouteOptions } from 'fastify'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Act, may } from '#features/identity/permission.ts'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type Audience, audienceOf, type Listener } from '#test/support/audience.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { collectRoutes } from '#test/support/registered-routes.ts'
import { everyWay } from '#test/support/reports.ts'
import { listenToStatements } from '#test/support/statements.ts'

/** Who may do what to a document of MSP, in each of its states; and what others learn of it. */
let app: TestApp
let audience: Audience
let steps: readonly Step[]
let officer: Person
let approver: Person
const statements = listenToStatements()

interface Step {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the document's own address. */
  readonly path: string
  readonly act: Act
}

beforeAll(async () => {
  const { made, routes } = await collectRoutes(() => testApp())
  app = made
  steps = routes.flatMap(stepsOf)
  audience = await audienceOf(app)
  officer = personOf('officer')
  approver = personOf('approver')
})
afterAll(async () => {
  await app.close()
  statements.stop()
})

const personOf = (name: string): Person => listenerOf(name).person

function listenerOf(name: string): Listener {
  const listener = audience[name]
  if (listener === undefined) {
    throw new RangeError(`there is no ${name}`)
  }
  return listener
}

const below = '/api/v1/expenditures/:id'

/** A HEAD answers no words to compare; it is walked with the other routes. */
const stepsOf = ({ method, url, config }: RouteOptions): readonly Step[] =>
  [method]
    .flat()
    .flatMap((each) =>
      url.startsWith(below) && each !== 'HEAD' && config?.act !== undefined
        ? [{ method: each as Step['method'], path: url.slice(below.length), act: config.act }]
        : [],
    )

const reason = { reason: 'Motif' }

/** What each step that wants a body wants. */
const bodies: Readonly<Record<string, unknown>> = {
  'PATCH ': { supplier: 'Autre' },
  'POST /return': reason,
  'POST /reverse': reason,
  'POST /refund': { ...reason, amount: '1.00', date: '2025-06-15' },
  'POST /reclassify': { ...reason, measure: 'QC-15' },
  'POST /requests/:requestId/refuse': reason,
}

interface Document {
  readonly id: string
  readonly version: number
  readonly requests: readonly { readonly id: string }[]
}

const states: Readonly<Record<string, () => Promise<Document>>> = {
  draft: async () => (await officer.send('POST', '/expenditures', { body: draft() })).body,
  submitted: () => submitted(officer),
  posted: () => post(officer, approver),
  'asked to be reversed': () => asked(),
  reversed: async () => {
    const { id, version, requests } = await asked()
    const url = `/expenditures/${id}/requests/${requests[0]?.id}/approve`
    return (await approver.step(url, version)).body
  },
}

async function asked(): Promise<Document> {
  const { id, version } = await post(officer, approver)
  return (await officer.step(`/expenditures/${id}/reverse`, version, reason)).body
}

const nameOf = ({ method, path }: Step): string => `${method} ${path}`

function ask(person: Person, step: Step, document: Document): Promise<Answered> {
  const request = document.requests[0]?.id ?? randomUUID()
  const url = `/expenditures/${document.id}${step.path.replace(':requestId', request)}`
  const body = bodies[nameOf(step)]
  return step.method === 'GET'
    ? person.get(url)
    : person.send(step.method, url, {
        version: document.version,
        ...(body === undefined ? {} : { body }),
      })
}

/** From the table alone. A version nobody saw: who is let through hears that it is stale. */
function expectedOf({ method, act }: Step, { actor }: Listener): number {
  if (actor === null) {
    return 401
  }
  if (!may(actor, act)) {
    return 403
  }
  if (!may(actor, 'expenditure.read', 'MSP')) {
    return 404
  }
  if (!may(actor, act, 'MSP')) {
    return 403
  }
  return method === 'GET' ? 200 : 412
}

const words = ({ status, body }: Answered): unknown => [status, { ...body, instance: '' }]

describe('a document of MSP', () => {
  test.each(Object.keys(states))('that is %s is open to whom the table says', async (state) => {
    const document = { ...(await states[state]?.()), version: 999 } as Document
    const found: unknown[] = []
    const expected: unknown[] = []
    for (const step of steps) {
      for (const [who, listener] of Object.entries(audience)) {
        const { status } = await ask(listener.person, step, document)
        found.push([nameOf(step), who, status])
        expected.push([nameOf(step), who, expectedOf(step, listener)])
      }
    }
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThanOrEqual(9 * 14)
  })

  test('is spoken of to strangers, in each state, like one that does not exist', async () => {
    for (const make of Object.values(states)) {
      const document = await make()
      for (const step of steps) {
        const stranger = personOf(
          step.act === 'expenditure.decide' ? 'approver of MJQ' : 'officer of MJQ',
        )
        statements.take()
        const foreign = await ask(stranger, step, document)
        const sentForForeign = statements.take()
        const unknown = await ask(stranger, step, { ...document, id: randomUUID() })
        const sentForUnknown = statements.take()
        expect(words(foreign)).toEqual(words(unknown))
        expect(foreign.body.code).toBe('expenditures/not-found')
        expect(sentForForeign).toEqual(sentForUnknown)
        expect(sentForForeign.length).toBeGreaterThan(4)
      }
    }
  })

  test('is not found in a bulk approval of somebody else’s either, and nothing is posted', async () => {
    const theirs = await submitted(officer)
    const own = await submitted(personOf('officer of MJQ'), {
      organization: 'MJQ',
      measure: 'QC-28',
    })
    const items = [own, theirs].map(({ id, version }) => ({ id, version }))
    const stranger = personOf('approver of MJQ')
    const answer = await stranger.send('POST', '/expenditures/approve', { body: { items } })
    const unknown = [items[0], { id: randomUUID(), version: 2 }]
    const other = await stranger.send('POST', '/expenditures/approve', { body: { items: unknown } })
    expect(words(answer)).toEqual(words(other))
    expect(answer.status).toBe(404)
    expect((await stranger.get(`/expenditures/${own.id}`)).body.state).toBe('submitted')
  })
})

/** For who may do it, with the version that was shown; what else the state allows is a conflict. */
const takenFrom: Readonly<Record<string, readonly string[]>> = {
  'GET ': Object.keys(states),
  'PATCH ': ['draft'],
  'DELETE ': ['draft'],
  'POST /submit': ['draft'],
  'POST /approve': ['submitted'],
  'POST /return': ['submitted'],
  'POST /reverse': ['posted'],
  'POST /refund': ['posted'],
  'POST /reclassify': ['posted'],
  'POST /requests/:requestId/approve': ['asked to be reversed'],
  'POST /requests/:requestId/refuse': ['asked to be reversed'],
}

describe('a step', () => {
  test('is one of those written here', () => {
    expect(steps.map(nameOf).toSorted()).toEqual(Object.keys(takenFrom).toSorted())
  })

  test.each(Object.keys(states))(
    'from %s is taken where the life of a document has it',
    async (state) => {
      for (const step of steps) {
        const document = await states[state]?.()
        if (document === undefined) {
          throw new RangeError(`no way to ${state}`)
        }
        const { status } = await ask(
          step.act === 'expenditure.decide' ? approver : officer,
          step,
          document,
        )
        const isTaken = takenFrom[nameOf(step)]?.includes(state) === true
        const isUnasked = step.path.startsWith('/requests') && document.requests.length === 0
        const refusal = isUnasked ? 404 : 409
        const done = step.method === 'DELETE' ? 204 : 200
        expect([nameOf(step), state, status]).toEqual([
          nameOf(step),
          state,
          isTaken ? done : refusal,
        ])
      }
    },
  )
})

describe('totals are for everybody, the documents behind them are not', () => {
  /** Everything a reader can have of every report, as text. */
  async function everythingFor(person: Person): Promise<string> {
    const texts: string[] = []
    const names = ['reconciliation', 'comparison', 'announcements']
    for (const format of ['', '.csv', '.xlsx']) {
      const questions = format === '' ? everyWay : ['']
      for (const url of [
        ...names.map((name) => `/reports/${name}${format}`),
        ...questions.map((query) => `/reports/reconciliation${format}${query}`),
      ]) {
        const { statusCode, rawPayload } = await app.server.inject({
          url: `/api/v1${url}`,
          headers: { authorization: `Bearer ${person.token}` },
        })
        expect([url, statusCode]).toEqual([url, 200])
        texts.push(format === '.xlsx' ? textOf(rawPayload) : rawPayload.toString())
      }
    }
    return texts.join('\n')
  }

  const textOf = (workbook: Buffer): string =>
    Object.values(unzipSync(workbook))
      .map((part) => strFromU8(part))
      .join('\n')

  test('in JSON, CSV and workbooks: who may open them all has them, nobody else', async () => {
    const mark = `Fournisseur ${randomUUID()}`
    const { id, number } = await post(officer, approver, { supplier: mark, amount: '7654.32' })
    for (const who of ['analyst', 'administrator', 'officer', 'approver of MJQ']) {
      const everything = await everythingFor(personOf(who))
      const disclosed = [mark, id, number].filter((secret) => everything.includes(secret))
      expect([who, disclosed]).toEqual([who, []])
    }
    const everything = await everythingFor(personOf('auditor'))
    expect([mark, id, number].every((shown) => everything.includes(shown))).toBe(true)
  })
})

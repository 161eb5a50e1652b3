import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { type Expected, expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let people: Readonly<Record<Who, Person>>

const whos = [
  'officer',
  'approver',
  'auditor',
  'analyst',
  'administrator',
  'officer of MJQ',
  'approver of MJQ',
] as const
type Who = (typeof whos)[number]

beforeAll(async () => {
  app = await testApp()
  people = {
    officer: await app.person('officer', 'officer'),
    approver: await app.person('approver', 'approver'),
    auditor: await app.person('auditor', 'auditor'),
    analyst: await app.person('analyst', 'analyst'),
    administrator: await app.person('administrator', 'administrator'),
    'officer of MJQ': await app.person('officer-mjq', 'officer', 'MJQ'),
    'approver of MJQ': await app.person('approver-mjq', 'approver', 'MJQ'),
  }
})
afterAll(() => app.close())

/** A document of MSP in the state that a step starts from, and the address of the step. */
interface Stage {
  readonly url: string
  readonly version?: number
  readonly body?: unknown
}

const reason = { reason: 'Motif' }

const entered = async () =>
  (await people.officer.send('POST', '/expenditures', { body: draft() })).body
const handedIn = () => submitted(people.officer)
const posted = () => post(people.officer, people.approver)
const askedToReverse = async () => {
  const { id, version } = await posted()
  return (await people.officer.step(`/expenditures/${id}/reverse`, version, reason)).body
}

type Method = 'POST' | 'PATCH' | 'DELETE'

const steps: readonly (readonly [
  what: string,
  who: 'officer' | 'approver',
  Method,
  () => Promise<Stage>,
])[] = [
  [
    'changes a draft',
    'officer',
    'PATCH',
    async () => {
      const { id, version } = await entered()
      return { url: `/expenditures/${id}`, version, body: { supplier: 'Autre' } }
    },
  ],
  [
    'deletes a draft',
    'officer',
    'DELETE',
    async () => {
      const { id, version } = await entered()
      return { url: `/expenditures/${id}`, version }
    },
  ],
  [
    'submits a draft',
    'officer',
    'POST',
    async () => {
      const { id, version } = await entered()
      return { url: `/expenditures/${id}/submit`, version }
    },
  ],
  [
    'asks for a reversal',
    'officer',
    'POST',
    async () => {
      const { id, version } = await posted()
      return { url: `/expenditures/${id}/reverse`, version, body: reason }
    },
  ],
  [
    'approves',
    'approver',
    'POST',
    async () => {
      const { id, version } = await handedIn()
      return { url: `/expenditures/${id}/approve`, version }
    },
  ],
  [
    'approves in bulk',
    'approver',
    'POST',
    async () => {
      const { id, version } = await handedIn()
      return { url: '/expenditures/approve', body: { items: [{ id, version }] } }
    },
  ],
  [
    'returns',
    'approver',
    'POST',
    async () => {
      const { id, version } = await handedIn()
      return { url: `/expenditures/${id}/return`, version, body: reason }
    },
  ],
  [
    'approves a reversal',
    'approver',
    'POST',
    async () => {
      const { id, version, requests } = await askedToReverse()
      return { url: `/expenditures/${id}/requests/${requests[0].id}/approve`, version }
    },
  ],
  [
    'refuses a reversal',
    'approver',
    'POST',
    async () => {
      const { id, version, requests } = await askedToReverse()
      const url = `/expenditures/${id}/requests/${requests[0].id}/refuse`
      return { url, version, body: reason }
    },
  ],
]

const forbidden: Expected = { status: 403, code: 'identity/forbidden' }
const unseen: Expected = { status: 404, code: 'expenditures/not-found' }
/** Who may do it somewhere hears of no document; the others, before anything, that it is not theirs. */
const elsewhere = (who: 'officer' | 'approver'): Who => `${who} of MJQ`

describe('who may do what', () => {
  test.each(steps)('only somebody of the organization %s: the %s', async (_what, who, ...step) => {
    const [method, stage] = step
    const { url, ...options } = await stage()
    for (const other of whos.filter((candidate) => candidate !== who)) {
      await expectRefusal(app, other === elsewhere(who) ? unseen : forbidden, (headers) =>
        people[other].send(method, url, { ...options, headers }),
      )
    }
    const done = await people[who].send(method, url, options)
    expect(done.status).toBe(method === 'DELETE' ? 204 : 200)
  })

  test('only an officer enters, and only for an organization of theirs', async () => {
    for (const who of whos.filter((candidate) => candidate !== 'officer')) {
      await expectRefusal(app, forbidden, (headers) =>
        people[who].send('POST', '/expenditures', { body: draft(), headers }),
      )
    }
    const own = draft({ organization: 'MJQ', measure: 'QC-28' })
    const theirs = await people['officer of MJQ'].send('POST', '/expenditures', { body: own })
    expect(theirs.status).toBe(201)
    await expectRefusal(app, forbidden, (headers) =>
      people.officer.send('POST', '/expenditures', { body: own, headers }),
    )
  })

  test('an officer does not hand a document over to an organization of somebody else', async () => {
    const { id, version } = await entered()
    await expectRefusal(app, forbidden, (headers) =>
      people.officer.send('PATCH', `/expenditures/${id}`, {
        version,
        body: { organization: 'MJQ' },
        headers,
      }),
    )
  })

  test.each<[string, readonly Who[]]>([
    ['/journal/entries', ['auditor']],
    ['/events', ['auditor']],
    ['/verify', ['auditor']],
    ['/expenditures', ['officer', 'approver', 'auditor', 'officer of MJQ', 'approver of MJQ']],
    ['/reports/reconciliation', whos],
    ['/reports/comparison', whos],
    ['/reports/announcements', whos],
    ['/measures', whos],
    ['/envelopes/QC-M12', whos],
  ])('%s is read by %s', async (url, readers) => {
    for (const who of whos) {
      const { status } = await people[who].get(url)
      expect([who, status]).toEqual([who, readers.includes(who) ? 200 : 403])
    }
  })

  test('totals do not depend on who reads', async () => {
    await posted()
    const answers = new Set<string>()
    for (const who of whos) {
      answers.add((await people[who].get('/reports/reconciliation')).text)
    }
    expect(answers.size).toBe(1)
  })
})

describe('a document of another organization', () => {
  test('is spoken of in the same words as one that does not exist', async () => {
    const { id } = await handedIn()
    const words = ({ status, body }: Answered) => [status, { ...body, instance: '' }]
    for (const [who, step, body] of [
      ['officer', 'submit', undefined],
      ['approver', 'approve', undefined],
      ['approver', 'return', reason],
      ['officer', 'reverse', reason],
      ['approver', `requests/${randomUUID()}/approve`, undefined],
      ['approver', `requests/${randomUUID()}/refuse`, reason],
    ] as const) {
      const stranger = people[elsewhere(who)]
      const ask = async (of: string) =>
        words(await stranger.step(`/expenditures/${of}/${step}`, 2, body))
      expect(await ask(id)).toEqual(await ask(randomUUID()))
      expect((await ask(id))[0]).toBe(404)
    }
    const stranger = people['approver of MJQ']
    const ask = async (of: string) => words(await stranger.get(`/expenditures/${of}`))
    expect(await ask(id)).toEqual(await ask(randomUUID()))
    await expectRefusal(app, unseen, (headers) => stranger.get(`/expenditures/${id}`, headers))
  })

  test('is in nobody’s list but of those who may read it', async () => {
    const mark = `Liste ${randomUUID()}`
    await people.officer.send('POST', '/expenditures', { body: draft({ supplier: mark }) })
    const url = `/expenditures?text=${encodeURIComponent(mark)}`
    for (const [who, count, total] of [
      ['officer', 1, '1234.50'],
      ['approver', 1, '1234.50'],
      ['auditor', 1, '1234.50'],
      ['officer of MJQ', 0, '0.00'],
      ['approver of MJQ', 0, '0.00'],
    ] as const) {
      expect((await people[who].get(url)).body).toMatchObject({ count, total })
    }
  })
})

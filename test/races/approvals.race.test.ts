import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { untilWaiting } from '#test/support/waiting.ts'

let app: TestApp
let officer: Person
let approvers: readonly Person[]

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  officer = await app.person('officer', 'officer')
  const made: Person[] = []
  for (let place = 0; place < 10; place += 1) {
    made.push(await app.person(`approver-${place}`, 'approver'))
  }
  approvers = made
})
afterAll(() => app.close())

const owner = () => app.database.owner
const at = (place: number): Person => {
  const person = approvers[place]
  if (person === undefined) {
    throw new RangeError(`there is no approver ${place}`)
  }
  return person
}

/** One of them did it; the others were told that they saw something older, or that it is done. */
function expectOneWinner(answers: readonly Answered[]): Answered {
  const [winner, ...others] = answers.filter(({ status }) => status === 200)
  expect(others).toEqual([])
  const losers = answers.filter((answer) => answer !== winner).map(({ status }) => status)
  expect(losers.filter((status) => status !== 412 && status !== 409)).toEqual([])
  if (winner === undefined) {
    throw new Error('nobody won')
  }
  return winner
}

const entriesOf = async (id: string) =>
  (
    await owner().query(
      `select journal_entry.id, journal_entry.reverses from journal_entry
      where journal_entry.document = $1 order by journal_entry.id`,
      [id],
    )
  ).rows

const reason = { reason: 'Erreur' }

describe('at once', () => {
  test('ten approvals of one document: exactly one posts it', async () => {
    const { id, version } = await submitted(officer)
    const url = `/expenditures/${id}/approve`
    const answers = await Promise.all(approvers.map((person) => person.step(url, version)))
    const winner = expectOneWinner(answers)
    expect(await entriesOf(id)).toEqual([{ id: winner.body.entry, reverses: null }])
    expect((await officer.get(`/expenditures/${id}`)).body).toEqual(winner.body)
  })

  test('ten bulk approvals that share documents, in opposite orders: one posts them', async () => {
    const documents = []
    for (let place = 0; place < 4; place += 1) {
      documents.push(await submitted(officer, { measure: place % 2 === 0 ? 'QC-12' : 'QC-15' }))
    }
    const items = documents.map(({ id, version }) => ({ id, version }))
    const answers = await Promise.all(
      approvers.map((person, place) =>
        person.send('POST', '/expenditures/approve', {
          body: { items: place % 2 === 0 ? items : items.toReversed() },
        }),
      ),
    )
    expectOneWinner(answers)
    for (const { id } of items) {
      expect(await entriesOf(id)).toHaveLength(1)
    }
  })

  test('ten decisions of one reversal: it is reversed once', async () => {
    const posted = await post(officer, at(0))
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, reason)
    const url = `/expenditures/${posted.id}/requests/${asked.body.requests[0].id}`
    const answers = await Promise.all(
      approvers.map((person, place) =>
        place % 2 === 0
          ? person.step(`${url}/approve`, asked.body.version)
          : person.step(`${url}/refuse`, asked.body.version, reason),
      ),
    )
    const winner = expectOneWinner(answers)
    const [request] = winner.body.requests
    const isReversed = request.state === 'approved'
    expect(winner.body.state).toBe(isReversed ? 'reversed' : 'posted')
    expect(await entriesOf(posted.id)).toHaveLength(isReversed ? 2 : 1)
  })

  test('ten approvals of one reversal: one mirror', async () => {
    const posted = await post(officer, at(0))
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, reason)
    const url = `/expenditures/${posted.id}/requests/${asked.body.requests[0].id}/approve`
    const answers = await Promise.all(
      approvers.map((person) => person.step(url, asked.body.version)),
    )
    const winner = expectOneWinner(answers)
    expect(await entriesOf(posted.id)).toEqual([
      { id: posted.entry, reverses: null },
      { id: winner.body.reversedBy, reverses: posted.entry },
    ])
  })

  test('ten requests for a reversal: one is open', async () => {
    const { id, version } = await post(officer, at(0))
    const answers = await Promise.all(
      approvers.map(() => officer.step(`/expenditures/${id}/reverse`, version, reason)),
    )
    expect(expectOneWinner(answers).body.requests).toHaveLength(1)
  })

  test('ten corrections of one draft: none is lost, nine are told', async () => {
    const { body: entered } = await officer.send('POST', '/expenditures', { body: draft() })
    const answers = await Promise.all(
      approvers.map((_, place) =>
        officer.send('PATCH', `/expenditures/${entered.id}`, {
          version: entered.version,
          body: { supplier: `Fournisseur ${place}` },
        }),
      ),
    )
    const winner = expectOneWinner(answers)
    const read = await officer.get(`/expenditures/${entered.id}`)
    expect(read.body).toMatchObject({ version: 2, supplier: winner.body.supplier })
  })

  test('a correction and a submission: one of them, never both', async () => {
    const { body: entered } = await officer.send('POST', '/expenditures', { body: draft() })
    const url = `/expenditures/${entered.id}`
    const answers = await Promise.all([
      officer.send('PATCH', url, { version: 1, body: { amount: '9.99' } }),
      officer.step(`${url}/submit`, 1),
      officer.send('DELETE', url, { version: 1 }),
    ])
    const done = answers.filter(({ status }) => status === 200 || status === 204)
    expect(done).toHaveLength(1)
    const others = answers.filter(({ status }) => ![200, 204].includes(status))
    expect(others.every(({ status }) => [404, 409, 412].includes(status))).toBe(true)
  })
})

describe('the same key at once', () => {
  test('sixteen entries: one document and sixteen equal answers', async () => {
    const key = randomUUID()
    const body = draft({ supplier: key })
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => officer.send('POST', '/expenditures', { body, key })),
    )
    const said = answers.map(({ status, text, headers }) => [status, headers.etag, text])
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(said[0]?.slice(0, 2)).toEqual([201, '"1"'])
    const { body: list } = await officer.get(`/expenditures?text=${key}`)
    expect(list).toMatchObject({ count: 1, items: [{ id: answers[0]?.body.id }] })
  })

  test('sixteen approvals: one entry and sixteen equal answers', async () => {
    const { id, version } = await submitted(officer)
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        at(0).send('POST', `/expenditures/${id}/approve`, { version, key }),
      ),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.body.state).toBe('posted')
    expect(await entriesOf(id)).toHaveLength(1)
  })

  test('two bodies: one is done, the other is refused', async () => {
    const key = randomUUID()
    const answers = await Promise.all(
      ['1.00', '2.00'].map((amount) =>
        officer.send('POST', '/expenditures', { body: draft({ amount, supplier: key }), key }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
    expect((await officer.get(`/expenditures?text=${key}`)).body.count).toBe(1)
  })
})

describe('whoever waited for a document', () => {
  /** Holds its row until both have asked, so that the order is the one in which they asked. */
  async function inOrder(id: string, asks: readonly (() => Promise<Answered>)[]) {
    const client = await owner().connect()
    try {
      await client.query('begin')
      await client.query('select from expenditure where expenditure.id = $1 for update', [id])
      const answers: Promise<Answered>[] = []
      for (const ask of asks) {
        answers.push(ask())
        await untilWaiting(owner(), answers.length)
      }
      await client.query('commit')
      return await Promise.all(answers)
    } finally {
      client.release()
    }
  }

  test('and guessed its next version sees the decision, not the request as it was', async () => {
    const posted = await post(officer, at(0))
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, reason)
    const { version, requests } = asked.body
    const url = `/expenditures/${posted.id}/requests/${requests[0].id}`
    const [refused, approved] = await inOrder(posted.id, [
      () => at(1).step(`${url}/refuse`, version, reason),
      () => at(2).step(`${url}/approve`, version + 1),
    ])
    expect(refused?.body.requests).toMatchObject([{ state: 'refused' }])
    expect(approved).toMatchObject({
      status: 409,
      body: { code: 'expenditures/request-decided' },
    })
    expect(await entriesOf(posted.id)).toHaveLength(1)
  })

  test('that was deleted meanwhile is told that there is none', async () => {
    const { body: entered } = await officer.send('POST', '/expenditures', { body: draft() })
    const url = `/expenditures/${entered.id}`
    const [gone, late] = await inOrder(entered.id, [
      () => officer.send('DELETE', url, { version: 1 }),
      () => officer.step(`${url}/submit`, 1),
    ])
    expect([gone?.status, late?.status]).toEqual([204, 404])
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { type Expected, expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let officer: Person
let approver: Person
let auditor: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
})
afterAll(() => app.close())

const reason = { reason: 'Motif' }
const entered = async () => (await officer.send('POST', '/expenditures', { body: draft() })).body
const approveAll = (person: Person, items: unknown, options: object = {}) =>
  person.send('POST', '/expenditures/approve', { body: { items }, ...options })
const seen = ({ id, version }: { id: string; version: number }) => ({ id, version })

describe('a bulk approval', () => {
  const at = (status: number, place: number, code: string): Expected => ({
    status,
    code,
    errors: [[`/items/${place}`, code]],
  })

  test('posts everything, in the order asked, in one event', async () => {
    const documents = [await submitted(officer), await submitted(officer), await submitted(officer)]
    const answer = await approveAll(approver, documents.map(seen))
    const ids = answer.body.items.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(documents.map(({ id }) => id))
    const positions = answer.body.items.map(({ position }: { position: number }) => position)
    expect(new Set(positions).size).toBe(1)
    const entries = answer.body.items.map(({ entry }: { entry: string }) => Number(entry))
    expect(entries).toEqual(entries.toSorted((a: number, b: number) => a - b))
    const events = await auditor.get('/events?type=expenditure.posted&subject=expenditures')
    expect(events.body.items.at(-1)).toMatchObject({ position: positions[0] })
    expect(events.body.items.at(-1).after.items).toHaveLength(3)
  })

  test('with one stale document posts nothing, and points at it', async () => {
    const [first, last] = [await submitted(officer), await submitted(officer)]
    const stale = { ...seen(await submitted(officer)), version: 1 }
    await expectRefusal(app, at(412, 1, 'expenditures/stale'), (headers) =>
      approveAll(approver, [seen(first), stale, seen(last)], { headers }),
    )
    expect((await approveAll(approver, [seen(first), seen(last)])).status).toBe(200)
  })

  test('of one stale document points at it too', async () => {
    const { id } = await submitted(officer)
    await expectRefusal(app, at(412, 0, 'expenditures/stale'), (headers) =>
      approveAll(approver, [{ id, version: 1 }], { headers }),
    )
  })

  test('with a draft, a posted one or the same one twice posts nothing', async () => {
    const good = seen(await submitted(officer))
    const others = [seen(await entered()), seen(await post(officer, approver))]
    for (const other of others) {
      await expectRefusal(app, at(409, 1, 'expenditures/wrong-state'), (headers) =>
        approveAll(approver, [good, other], { headers }),
      )
    }
    await expectRefusal(app, at(422, 1, 'expenditures/repeated'), (headers) =>
      approveAll(approver, [good, { ...good, id: good.id.toUpperCase() }], { headers }),
    )
  })

  test('with a document one may not see posts nothing', async () => {
    const good = seen(await submitted(officer))
    const unknown = { id: randomUUID(), version: 1 }
    await expectRefusal(app, { status: 404, code: 'expenditures/not-found' }, (headers) =>
      approveAll(approver, [good, unknown], { headers }),
    )
  })

  test.each([
    ['no document', [], '/items', 'input/too-short'],
    ['a version of text', [{ id: randomUUID(), version: '2' }], '/items/0/version'],
    ['no id', [{ version: 2 }], '/items/0/id', 'input/missing'],
  ])('of %s is refused', (_what, items, pointer, code = 'input/wrong-type') =>
    expectRefusal(
      app,
      { status: 422, code: 'http/invalid-body', errors: [[pointer, code]] },
      (headers) => approveAll(approver, items, { headers }),
    ),
  )

  test('is deleted once for a key, and its deletion answered again', async () => {
    const { id } = (await officer.send('POST', '/expenditures', { body: draft() })).body
    const ask = (key: string) => officer.send('DELETE', `/expenditures/${id}`, { version: 1, key })
    const answers = [await ask('gone'), await ask('gone'), await ask('another')]
    expect(answers.map(({ status, text }) => [status, text.slice(0, 1)])).toEqual([
      [204, ''],
      [204, ''],
      [404, '{'],
    ])
  })

  test('is answered again only to whoever may still see all of it', async () => {
    await app.person('two', 'approver', 'MSP')
    const two = await app.person('two', 'approver', 'MJQ')
    const jurist = await app.person('jurist', 'officer', 'MJQ')
    const theirs = await submitted(jurist, { organization: 'MJQ', measure: 'QC-28' })
    const items = [seen(await submitted(officer)), seen(theirs)].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    )
    const key = randomUUID()
    const first = await approveAll(two, items, { key })
    expect((await approveAll(two, items, { key })).text).toBe(first.text)
    const leave = (organization: string) =>
      app.database.owner.query(
        `delete from person_role using person
        where person.id = person_role.person and person.email = $1 and organization = $2`,
        [two.email, organization],
      )
    // Whichever comes first in the list, the other one decides as well.
    await leave(items[0]?.id === theirs.id ? 'MSP' : 'MJQ')
    await expectRefusal(app, { status: 404, code: 'expenditures/not-found' }, (headers) =>
      approveAll(two, items, { key, headers }),
    )
  })
})

describe('a return', () => {
  test.each([
    ['without a body', undefined, { status: 400, code: 'http/body-missing' }],
    [
      'without a reason',
      {},
      { status: 422, code: 'http/invalid-body', errors: [['/reason', 'input/missing']] },
    ],
    [
      'with a reason of spaces',
      { reason: ' \t ' },
      { status: 422, code: 'http/invalid-body', errors: [['/reason', 'input/too-short']] },
    ],
  ] satisfies [string, unknown, Expected][])('%s is refused', async (_what, body, expected) => {
    const { id, version } = await submitted(officer)
    await expectRefusal(app, expected, (headers) =>
      approver.send('POST', `/expenditures/${id}/return`, { version, headers, body }),
    )
  })

  test('gives the draft back, says why, and lets it be corrected and posted', async () => {
    const { id, version } = await submitted(officer)
    const back = await approver.step(`/expenditures/${id}/return`, version, {
      reason: 'Pièce manquante',
    })
    expect(back.body).toMatchObject({ state: 'draft', version: version + 1, submittedBy: null })
    const events = await auditor.get(`/events?subject=expenditure/${id}`)
    expect(events.body.items.at(-1)).toMatchObject({
      type: 'expenditure.returned',
      actor: approver.email,
      reason: 'Pièce manquante',
    })
    await expectRefusal(app, { status: 409, code: 'expenditures/wrong-state' }, (headers) =>
      approver.send('POST', `/expenditures/${id}/approve`, { version: version + 1, headers }),
    )
    const changed = await officer.send('PATCH', `/expenditures/${id}`, {
      version: version + 1,
      body: { documentNumber: 'F-1001-B' },
    })
    const handed = await officer.step(`/expenditures/${id}/submit`, changed.body.version)
    const posted = await approver.step(`/expenditures/${id}/approve`, handed.body.version)
    expect(posted.body).toMatchObject({ state: 'posted', documentNumber: 'F-1001-B' })
  })
})

describe('a step out of turn', () => {
  const wrong: Expected = { status: 409, code: 'expenditures/wrong-state' }
  const stages = {
    'a draft': entered,
    'a submitted document': () => submitted(officer),
    'a posted document': () => post(officer, approver),
  }
  const turns: readonly (readonly [keyof typeof stages, 'PATCH' | 'DELETE' | string])[] = [
    ['a draft', 'approve'],
    ['a draft', 'return'],
    ['a draft', 'reverse'],
    ['a submitted document', 'PATCH'],
    ['a submitted document', 'DELETE'],
    ['a submitted document', 'submit'],
    ['a submitted document', 'reverse'],
    ['a posted document', 'PATCH'],
    ['a posted document', 'DELETE'],
    ['a posted document', 'submit'],
    ['a posted document', 'approve'],
    ['a posted document', 'return'],
  ]

  test.each(turns)('%s refuses %s', async (stage, step) => {
    const { id, version, number } = await stages[stage]()
    await expectRefusal(app, { ...wrong, says: [number] }, (headers) => {
      const person = ['approve', 'return'].includes(step) ? approver : officer
      const body = ['return', 'reverse'].includes(step) ? reason : undefined
      return step === 'PATCH' || step === 'DELETE'
        ? officer.send(step, `/expenditures/${id}`, {
            version,
            headers,
            ...(step === 'PATCH' ? { body: { supplier: 'Autre' } } : {}),
          })
        : person.send('POST', `/expenditures/${id}/${step}`, { version, headers, body })
    })
  })

  test('a reversal is asked for once at a time, decided once, and done once', async () => {
    const { id, version } = await post(officer, approver)
    const asked = await officer.step(`/expenditures/${id}/reverse`, version, reason)
    await expectRefusal(app, { status: 409, code: 'expenditures/request-open' }, (headers) =>
      officer.send('POST', `/expenditures/${id}/reverse`, {
        version: asked.body.version,
        body: reason,
        headers,
      }),
    )
    const url = (request: { id: string }, decision: string) =>
      `/expenditures/${id}/requests/${request.id}/${decision}`
    const [first] = asked.body.requests
    const no = await approver.step(url(first, 'refuse'), asked.body.version, reason)
    expect(no.body).toMatchObject({ state: 'posted', requests: [{ state: 'refused' }] })
    await expectRefusal(app, { status: 409, code: 'expenditures/request-decided' }, (headers) =>
      approver.send('POST', url(first, 'approve'), { version: no.body.version, headers }),
    )
    const again = await officer.step(`/expenditures/${id}/reverse`, no.body.version, reason)
    const yes = await approver.step(url(again.body.requests[1], 'approve'), again.body.version)
    expect(yes.body).toMatchObject({ state: 'reversed', requests: [{}, { state: 'approved' }] })
    await expectRefusal(app, wrong, (headers) =>
      officer.send('POST', `/expenditures/${id}/reverse`, {
        version: yes.body.version,
        body: reason,
        headers,
      }),
    )
  })

  test('a request nobody made is not found', async () => {
    const { id, version } = await post(officer, approver)
    const refusal: Expected = { status: 404, code: 'expenditures/request-not-found' }
    await expectRefusal(app, refusal, (headers) =>
      approver.send('POST', `/expenditures/${id}/requests/${randomUUID()}/approve`, {
        version,
        headers,
      }),
    )
  })
})

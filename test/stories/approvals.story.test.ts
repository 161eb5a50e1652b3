import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { draft, post, submitted } from '#test/support/drafts.ts'
import { closePeriods, startedPeriods } from '#test/support/periods.ts'
import { expectRefusal } from '#test/support/refusals.ts'

let app: TestApp
let officer: Person
let approver: Person
/** Officer and approver of MSP in one. */
let both: Person
let jurist: Person
let chief: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  await app.person('both', 'officer')
  both = await app.person('both', 'approver')
  jurist = await app.person('jurist', 'officer', 'MJQ')
  chief = await app.person('chief', 'approver', 'MJQ')
})
afterAll(() => app.close())

interface Item {
  readonly kind: string
  readonly request: string | null
  readonly flags: readonly string[]
  readonly reasons: readonly { readonly flag: string; readonly text: { fr: string; en: string } }[]
  readonly needsJustification: boolean
  readonly expenditure: { readonly id: string; readonly number: string; readonly version: number }
}

const queueOf = async (person: Person, query = '') =>
  (await person.get(`/approvals${query}`)).body as {
    items: Item[]
    count: number
    total: string
    nextCursor: string | null
  }
const numbersOf = async (person: Person) =>
  (await queueOf(person)).items.map(({ expenditure }) => expenditure.number)
const itemOf = async (person: Person, { id }: { id: string }) =>
  (await queueOf(person, '?limit=500')).items.find(({ expenditure }) => expenditure.id === id)
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')

describe('what waits for an approver', () => {
  test('is what others submitted and asked, the oldest first, with what it would add', async () => {
    const posted = await post(officer, approver, { documentNumber: 'Q-0', amount: '30.00' })
    const [first, second] = [
      await submitted(officer, { documentNumber: 'Q-1', amount: '100.00' }),
      await submitted(officer, { documentNumber: 'Q-2', amount: '0.50' }),
    ]
    const asked = await officer.step(`/expenditures/${posted.id}/reverse`, posted.version, {
      reason: 'Erreur',
    })
    await officer.send('POST', '/expenditures', { body: draft({ documentNumber: 'Q-3' }) })
    const { items, ...rest } = await queueOf(approver)
    expect(rest).toEqual({ count: 3, total: '70.50', nextCursor: null })
    expect(items).toMatchObject([
      { kind: 'expenditure', request: null, expenditure: first, flags: [], reasons: [] },
      { kind: 'expenditure', request: null, expenditure: second, needsJustification: false },
      { kind: 'reverse', request: asked.body.requests[0].id, expenditure: asked.body },
    ])
    expect(items[0]).toMatchObject({
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      recordsIn: { fiscalYear: '2025-2026', period: 3 },
    })
  })

  test('is read page by page, in the same order', async () => {
    const whole = await queueOf(approver)
    const first = await queueOf(approver, '?limit=2')
    const second = await queueOf(approver, `?limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items]).toEqual(whole.items)
    expect([first.count, second.count, second.nextCursor]).toEqual([3, 3, null])
  })

  test('is never their own work', async () => {
    const before = await numbersOf(both)
    const entered = (await both.send('POST', '/expenditures', { body: draft({ supplier: 'A' }) }))
      .body
    await officer.step(`/expenditures/${entered.id}/submit`, 1)
    const corrected = (
      await officer.send('POST', '/expenditures', { body: draft({ supplier: 'B' }) })
    ).body
    await both.send('PATCH', `/expenditures/${corrected.id}`, {
      version: 1,
      body: { amount: '2.00' },
    })
    await officer.step(`/expenditures/${corrected.id}/submit`, 2)
    const handedIn = (
      await officer.send('POST', '/expenditures', { body: draft({ supplier: 'C' }) })
    ).body
    await both.step(`/expenditures/${handedIn.id}/submit`, 1)
    const done = await post(officer, approver, { supplier: 'D' })
    await both.step(`/expenditures/${done.id}/reverse`, done.version, { reason: 'Erreur' })
    expect(await numbersOf(both)).toEqual(before)
    expect(await numbersOf(approver)).toEqual([
      ...before,
      ...[entered, corrected, handedIn, done].map(({ number }) => number),
    ])
  })

  test('is nothing of another organization', async () => {
    const theirs = await submitted(jurist, { organization: 'MJQ', measure: 'QC-28' })
    expect(await numbersOf(chief)).toEqual([theirs.number])
    expect(await numbersOf(approver)).not.toContain(theirs.number)
  })

  test('goes to the end of the queue when it comes back', async () => {
    const [oldest] = (await queueOf(approver)).items
    const { id, number, version } = oldest?.expenditure ?? { id: '', number: '', version: 0 }
    await approver.step(`/expenditures/${id}/return`, version, { reason: 'Pièce manquante' })
    expect(await numbersOf(approver)).not.toContain(number)
    await officer.step(`/expenditures/${id}/submit`, version + 1)
    expect((await numbersOf(approver)).at(-1)).toBe(number)
  })

  test('is asked by approvers only', async () => {
    const others = [officer, await app.person('auditor', 'auditor')]
    others.push(await app.person('administrator', 'administrator'))
    for (const person of others) {
      await expectRefusal(app, { status: 403, code: 'identity/forbidden' }, (headers) =>
        person.get('/approvals', headers),
      )
    }
  })

  test('has no cursor but its own', () =>
    expectRefusal(app, { status: 400, code: 'page/cursor' }, (headers) =>
      approver.get('/approvals?cursor=YTE6czEwOjIwMjYtMDMtMzE7Ow', headers),
    ))
})

describe('the reasons beside what waits', () => {
  test('say the date, the organization and the document', async () => {
    const odd = {
      measure: 'QC-8',
      serviceDate: '2020-06-15',
      justification: 'Ententes antérieures',
    }
    await submitted(officer, { ...odd, documentNumber: 'R-1' })
    const twin = await submitted(officer, { ...odd, documentNumber: 'R-1' })
    const reasons = (await itemOf(approver, twin))?.reasons ?? []
    expect(reasons.map(({ flag }) => flag)).toEqual([
      'outside-term',
      'not-a-lead',
      'possible-duplicate',
      // A year outside the term was given nothing.
      'over-spent',
    ])
    expect(reasons.slice(0, 3).map(({ text }) => text.fr)).toEqual([
      'La date de service 2020-06-15 tombe hors des exercices de QC-M8.',
      'MSP n’est ni porteur ni collaborateur de QC-8.',
      'Une autre dépense de MSP porte la pièce R-1 de PIPQ, à la même date et au même montant.',
    ])
  })

  test('say, before anybody approves, that the ceiling is passed and by what', async () => {
    // QC-M18 grants 68 466.00.
    const document = await submitted(officer, { measure: 'QC-18', amount: '68466.01' })
    const item = await itemOf(approver, document)
    expect(item).toMatchObject({ flags: ['over-spent'], needsJustification: true })
    const [reason] = item?.reasons ?? []
    expect(plain(reason?.text.fr)).toMatch(
      /^68 466,01 \$ dépasse la marge de QC-M18 pour 2025-2026, 68 466,00 \$ \(/,
    )
    const refused = await approver.step(`/expenditures/${document.id}/approve`, document.version)
    expect(refused.body.code).toBe('expenditures/above-headroom')
    expect(refused.body.detail).toContain(reason?.text.fr)
    const posted = await approver.step(`/expenditures/${document.id}/approve`, document.version, {
      justification: 'Décision du 3 juin',
    })
    expect(posted.body.flags).toEqual(item?.flags)
    expect(await itemOf(approver, document)).toBeUndefined()
  })

  test('say where a late one would be recorded', async () => {
    const late = await submitted(jurist, {
      organization: 'MJQ',
      measure: 'QC-28',
      documentNumber: 'R-2',
    })
    await closePeriods(app.database.owner, 'MJQ', startedPeriods('2025-2026'))
    const item = await itemOf(chief, late)
    expect(item).toMatchObject({
      flags: ['late-item'],
      recordsIn: { fiscalYear: '2026-2027', period: 1 },
      reasons: [
        {
          text: {
            fr: 'L’exercice 2025-2026 est fermé : l’inscription se ferait à la période 2026-2027-P01.',
          },
        },
      ],
    })
  })
})

describe('several at once', () => {
  const over = async (documentNumber: string) =>
    submitted(officer, { measure: 'QC-2', amount: '50000.01', documentNumber })

  test('are approved with the justification of each, the others keeping their own', async () => {
    const [needs, has] = [
      await over('S-1'),
      await submitted(officer, {
        serviceDate: '2020-06-15',
        justification: 'Ententes antérieures',
        documentNumber: 'S-2',
      }),
    ]
    const items = [needs, has].map(({ id, version }) => ({ id, version }))
    const refused = await approver.send('POST', '/expenditures/approve', { body: { items } })
    expect(refused.body.code).toBe('expenditures/above-headroom')
    const [first, second] = items
    const approved = await approver.send('POST', '/expenditures/approve', {
      body: { items: [{ ...first, justification: 'Décision du 3 juin' }, second] },
    })
    expect(approved.body.items).toMatchObject([
      { state: 'posted', justification: 'Décision du 3 juin', flags: ['over-spent'] },
      { state: 'posted', justification: 'Ententes antérieures' },
    ])
  })

  test('are not approved with a blank justification', async () => {
    const { id, version } = await over('S-3')
    const items = [{ id, version, justification: '  ' }]
    await expectRefusal(
      app,
      {
        status: 422,
        code: 'http/invalid-body',
        errors: [['/items/0/justification', 'input/too-short']],
      },
      (headers) => approver.send('POST', '/expenditures/approve', { body: { items }, headers }),
    )
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { givePassword, goodPassword } from '#test/support/browser.ts'
import { post } from '#test/support/drafts.ts'
import { bring as bringExtract, extractHeader, ledgerRow } from '#test/support/extracts.ts'
import { bringRows, csvOf, imported, formOf as multipartOf } from '#test/support/imports.ts'
import {
  type Fields,
  type FileForm,
  type Seen,
  textOf,
  type Visitor,
  visitor,
} from '#test/support/pages.ts'
import { recordOf } from '#test/support/refusals.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** A session ends while somebody types: nothing of it is lost, and nothing is done twice. */
let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  for (const { email } of [officer, approver]) {
    await givePassword(app, email)
  }
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')
const events = async (): Promise<number> => {
  const { rows } = await app.database.owner.query('select count(*)::integer as count from event')
  return rows[0].count
}

interface Ended {
  readonly browser: Visitor
  /** The page to sign in at, with what was typed. */
  readonly asked: Seen
}

/** Somebody opens a form, their session ends, and they send what they typed. */
async function sendLate(
  person: Person,
  url: string,
  typed: Fields,
  action?: string,
): Promise<Ended> {
  const browser = visitor(app, await sessionFor(app, person.email))
  const page = await browser.get(url)
  expect([url, page.status]).toEqual([url, 200])
  browser.cookie = undefined
  const before = await recordOf(app.database.owner)
  const asked = await browser.send(page, typed, action === undefined ? {} : { action })
  expect([asked.status, plain(asked)]).toEqual([
    401,
    expect.stringContaining('Ce que vous avez saisi est gardé'),
  ])
  expect(await recordOf(app.database.owner)).toEqual(before)
  return { browser, asked }
}

/** Signs in, looks at what was kept, and sends it; answers where that leads. */
async function goOn({ browser, asked }: Ended, person: Person, kept: readonly string[] = []) {
  const resumed = await browser.send(asked, { email: person.email, password: goodPassword })
  expect(resumed.status).toBe(200)
  for (const each of kept) {
    expect(plain(resumed)).toContain(each)
  }
  const before = await events()
  const sent = await browser.send(resumed, {})
  const twice = await browser.send(resumed, {})
  expect([twice.status, twice.location]).toEqual([sent.status, sent.location])
  return { browser, sent, events: (await events()) - before }
}

const expectDone = ({ sent }: { readonly sent: Seen }): void =>
  expect({ status: sent.status, said: plain(sent).slice(0, 500) }).toEqual({
    status: 303,
    said: '',
  })

describe('pasting', () => {
  const url = '/fr/expenditures/new/paste'
  const row = (document: string, amount: string, supplier = 'PIPQ') =>
    ['2025-06-15', '12', document, supplier, 'Projet', amount].join('\t')
  const count = async (text: string) => (await officer.get(`/expenditures?text=${text}`)).body.count

  test('keeps the block, its tabs and its rows', async () => {
    const markup = '<b>PIPQ</b> & "Fils"'
    const block = [row('L-1', '10,00', markup), row('L-2', '20,00')].join('\r\n')
    const ended = await sendLate(officer, url, { block })
    expect(ended.asked.html).not.toContain('<b>PIPQ')
    const { sent, events: written } = await goOn(ended, officer, [markup, 'L-2'])
    expect([sent.status, sent.location, written]).toEqual([
      303,
      '/fr/expenditures/new?entered=2',
      1,
    ])
    const { body } = await officer.get('/expenditures?text=L-1')
    expect(body.items).toMatchObject([{ amount: '10.00', supplier: markup }])
  })

  test('keeps the largest block there may be', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => row(`M-${at}x`, '1,00'))
    const { sent } = await goOn(await sendLate(officer, url, { block: rows.join('\n') }), officer)
    expect([sent.status, await count('M-')]).toEqual([303, 500])
  })

  test('keeps one row that came back, as it was corrected', async () => {
    const line = { serviceDate: '2025-06-15', measure: '12', supplier: 'PIPQ', description: 'x' }
    const fields = { ...line, documentNumber: 'L-3', amount: '30,00' }
    const named = Object.entries(fields).map(([name, value]) => [`lines.0.${name}`, value])
    const ended = await sendLate(officer, url, Object.fromEntries(named))
    expectDone(await goOn(ended, officer, ['L-3', '30,00']))
    expect(await count('L-3')).toBe(1)
  })

  test('comes back with what is wrong in it, as if the session had gone on', async () => {
    const ended = await sendLate(officer, url, { block: row('L-4', 'dix') })
    const { sent } = await goOn(ended, officer)
    expect([sent.status, plain(sent)]).toEqual([422, expect.stringContaining('Montant')])
    expect(sent.html).toContain('value="dix"')
  })
})

describe('importing', () => {
  test.each<[string, Fields, string]>([
    ['all rows', { choice: 'all', submit: 'yes' }, 'Confirmé par'],
    ['one chosen row', { choice: 'chosen', 'place.0': '2' }, 'Confirmé par'],
    ['a range of rows', { choice: 'chosen', ranges: '2' }, 'Confirmé par'],
  ])('keeps which rows were confirmed: %s', async (what, typed, said) => {
    const { body } = await bringRows(officer, [{ piece: what }])
    const url = `/fr/imports/${body.id}`
    const {
      browser,
      sent,
      events: written,
    } = await goOn(await sendLate(officer, url, typed, url), officer)
    expect([sent.status, written]).toEqual([303, 1])
    expect(plain(await browser.get(sent.location ?? ''))).toContain(said)
  })

  test('keeps the reason of a return and of a reversal', async () => {
    const { id } = await imported(officer, [{ piece: 'R-1' }], true)
    const reason = 'Deux <i>lignes</i>\nde motif'
    const back = await sendLate(approver, `/fr/imports/${id}/return`, { reason })
    expectDone(await goOn(back, approver, ['Deux <i>lignes</i>']))
    const reversing = await sendLate(officer, `/fr/imports/${id}/reverse`, { reason })
    expectDone(await goOn(reversing, officer))
    expect((await officer.get(`/imports/${id}`)).body.state).toBe('reversed')
  })

  test('a file does not wait in a page: one is told to choose it again', async () => {
    const content = csvOf([{ piece: 'F-1' }])
    const resumed = await sendFileLate('/fr/imports', { content, fields: { delimiter: ';' } })
    const nothing = await resumed.browser.sendFile(resumed.page, { content: '' })
    expect([nothing.status, plain(nothing)]).toEqual([
      expect.any(Number),
      expect.stringContaining('Choisissez un fichier'),
    ])
    const sent = await resumed.browser.sendFile(resumed.page, { content })
    expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/^\/fr\/imports\//)])
    const twice = await resumed.browser.sendFile(resumed.page, { content })
    expect([twice.status, twice.location]).toEqual([303, sent.location])
  })

  test('what was typed beside the file of a ledger is kept, and sent with the file', async () => {
    const stated = { organization: 'MSP', fiscalYear: '2025-2026', period: '5' }
    const fields = { ...stated, rows: '1', total: '60,00' }
    const content = [extractHeader, ledgerRow('2025-08-15', 'E-11', '60.00')].join('\n')
    const { browser, page } = await sendFileLate('/fr/extracts', { content, fields })
    expect(plain(page)).toContain('60,00')
    const sent = await browser.sendFile(page, { content })
    expect([sent.status, sent.location]).toEqual([303, expect.stringContaining('?done=loaded')])
  })

  test('a form with a file that breaks off, or is none, is asked for again like any other', async () => {
    const { type } = multipartOf({ content: 'x' })
    for (const payload of ['', '--x', 'text']) {
      const asked = await app.server.inject({
        method: 'POST',
        url: '/fr/imports',
        headers: { host: 'vigie.example', origin: 'https://vigie.example', 'content-type': type },
        payload,
      })
      expect([payload, asked.statusCode]).toEqual([payload, 401])
    }
  })
})

/** Somebody opens a form that takes a file, their session ends, they send it and sign in again. */
async function sendFileLate(url: string, form: FileForm) {
  const browser = visitor(app, await sessionFor(app, officer.email))
  const opened = await browser.get(url)
  browser.cookie = undefined
  const before = await recordOf(app.database.owner)
  const asked = await browser.sendFile(opened, form)
  expect([asked.status, plain(asked)]).toEqual([
    401,
    expect.stringContaining('Ce que vous avez saisi est gardé, mais pas le fichier'),
  ])
  expect(await recordOf(app.database.owner)).toEqual(before)
  const { email } = officer
  const wrong = await browser.send(asked, { email, password: 'pas celui-là du tout' })
  const page = await browser.send(wrong, { email, password: goodPassword })
  expect([page.status, plain(page)]).toEqual([
    200,
    expect.stringContaining('Le fichier n’a pas été gardé : choisissez-le de nouveau'),
  ])
  return { browser, page }
}

describe('matching', () => {
  let run: string

  beforeAll(async () => {
    await post(officer, approver, { documentNumber: 'E-1', amount: '100.00' })
    const rows = [
      ledgerRow('2025-06-15', 'E-9', '60.00', 'Premier'),
      ledgerRow('2025-06-16', 'E-8', '40.00', 'Deuxième'),
      ledgerRow('2025-06-17', 'E-7', '30.00', 'Troisième'),
    ]
    await bringExtract(officer, { rows })
    const period = { organization: 'MSP', fiscalYear: '2025-2026', period: 3 }
    run = (await officer.send('POST', '/matching/runs', { body: period })).body.run
  })

  const open = async () => (await officer.get(`/matching/runs/${run}`)).body

  test('keeps the parts that a row is split into', async () => {
    const [{ row }] = (await open()).unmatchedExtract
    const typed = { step: 'split', extractRow: String(row), 'amounts.0': '50', 'amounts.1': '10' }
    const ended = await sendLate(officer, `/fr/matching/${run}`, typed)
    expectDone(await goOn(ended, officer))
    expect((await open()).unmatchedExtract).toHaveLength(4)
  })

  test('keeps the one line that was ticked, its cause and its owner', async () => {
    const { unmatchedExtract } = await open()
    const row = unmatchedExtract.at(-1).row
    const note = 'À voir avec <b>Anne</b>'
    const typed = { step: 'explain', cause: 'timing', owner: officer.email, note }
    const ended = await sendLate(officer, `/fr/matching/${run}`, {
      ...typed,
      'extractRows.0': String(row),
    })
    expectDone(await goOn(ended, officer, [note]))
    const explained = (await open()).unmatchedExtract.find(
      (line: { row: number }) => line.row === row,
    )
    expect(explained).toMatchObject({ cause: 'timing', owner: officer.email, note })
  })

  test('keeps one expenditure matched by hand with several rows', async () => {
    const { unmatchedExtract, unmatchedJournal } = await open()
    const rows = unmatchedExtract.filter(({ cause }: { cause: string | null }) => cause === null)
    const ticked = rows.map(({ row }: { row: number }, at: number) => [
      `extractRows.${at}`,
      String(row),
    ])
    const [{ expenditure }] = unmatchedJournal
    const ended = await sendLate(officer, `/fr/matching/${run}`, {
      ...{ step: 'match', reason: 'Vu au contrat', 'expenditures.0': expenditure },
      ...Object.fromEntries(ticked),
    })
    expectDone(await goOn(ended, officer, ['Vu au contrat']))
    expect((await open()).unmatchedJournal).toEqual([])
  })

  test('is refused as stale when the matching moved meanwhile', async () => {
    const [{ row }] = (await open()).unmatchedExtract
    const typed = {
      step: 'explain',
      cause: 'timing',
      owner: officer.email,
      'extractRows.0': String(row),
    }
    const ended = await sendLate(officer, `/fr/matching/${run}`, typed)
    const { version } = await open()
    const items = [{ extractRow: row, cause: 'duplicate', owner: approver.email, note: null }]
    const moved = await officer.step(`/matching/runs/${run}/causes`, version, { items })
    expect(moved.status).toBe(200)
    const { sent } = await goOn(ended, officer)
    expect([sent.status, plain(sent)]).toEqual([412, expect.stringContaining('a changé depuis')])
  })

  test('is done by nobody else: who may not is refused, whoever typed it', async () => {
    const typed = { step: 'explain', cause: 'timing', owner: officer.email, 'extractRows.0': '2' }
    const ended = await sendLate(officer, `/fr/matching/${run}`, typed)
    const before = await open()
    const { sent, events: written } = await goOn(ended, approver)
    expect([sent.status, written]).toEqual([403, 0])
    expect(await open()).toEqual(before)
  })
})

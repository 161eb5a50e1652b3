import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { type Element, elementsOf, parseHtml, textsOf } from '#test/support/html.ts'
import { type Seen, textOf, type Visitor, visitor } from '#test/support/pages.ts'
import { editedFile, putCell, textCellXml } from '#test/support/returned.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** An auditor's day, by links and forms alone: each page is reached from the one before. */
let app: TestApp
let auditor: Visitor
let page: Seen

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  await post(officer, approver, { measure: 'QC-8', supplier: 'Maison d’hébergement' })
  const { email } = await app.person('auditor', 'auditor')
  auditor = visitor(app, await sessionFor(app, email))
  page = await auditor.get('/fr')
})
afterAll(() => app.close())

const plain = ({ html }: Seen): string => textOf(html).replaceAll('\u00a0', ' ')

/** Of the content first, then of the navigation around it. */
const linksIn = ({ html }: Seen): readonly Element[] =>
  ['main', 'nav'].flatMap((place) =>
    elementsOf(parseHtml(html), ({ name }) => name === place).flatMap((part) =>
      elementsOf(part, ({ name }) => name === 'a'),
    ),
  )

/** Goes on to where a link leads. */
async function click(isIt: (link: Element, words: string) => boolean): Promise<Seen> {
  const link = linksIn(page).find((each) => isIt(each, textsOf(each).join('').trim()))
  page = await auditor.get(link?.attributes.href ?? 'no such link')
  expect({ url: page.url, status: page.status }).toEqual({ url: page.url, status: 200 })
  return page
}

const clickWords = (said: string) => click((_link, words) => words === said)

async function bringBack(content: Uint8Array): Promise<Seen> {
  const form = await auditor.get('/fr/verify/workbook')
  return auditor.sendFile(form, { name: 'rapprochement.xlsx', content })
}

let book: Uint8Array

test('opens the reconciliation and takes its workbook', async () => {
  await clickWords('Rapprochement budgétaire')
  const at = page
  await click((_link, words) => words.includes('Classeur'))
  book = page.bytes
  expect(String.fromCharCode(...book.subarray(0, 2))).toBe('PK')
  page = at
})

test('drills from the grand total to one document, its entry and its event', async () => {
  const [foot] = elementsOf(parseHtml(page.html), ({ name }) => name === 'tfoot')
  const total = foot && elementsOf(foot, ({ attributes }) => 'data-total' in attributes)[0]
  const figure = total?.attributes['data-total'] ?? 'no total'
  await click((link) => link.attributes['data-total'] === figure)
  expect(page.html).toContain(`data-list-total="${figure}"`)
  const document = (link: Element) => /^\/fr\/expenditures\/[0-9a-f-]{36}$/.test(hrefOf(link))
  expect(linksIn(page).filter(document).length).toBeGreaterThan(1)
  await click(document)
  expect(plain(page)).toContain('Dépense D-')
  await click((link) => hrefOf(link).startsWith('/fr/journal/'))
  expect(plain(page)).toMatch(/Total .*0,00 \$/)
  expect(plain(page)).toContain('Dépensé')
  await click((link) => hrefOf(link).startsWith('/fr/events/'))
  expect(plain(page)).toContain('Sceau précédent')
  await clickWords('Écritures passées par cet événement')
  expect(plain(page)).toMatch(/\d+ écritures? /)
})

const hrefOf = ({ attributes }: Element): string => attributes.href ?? ''

test('brings the workbook back: unchanged', async () => {
  const seen = await bringBack(book)
  expect(seen.status).toBe(200)
  expect(plain(seen)).toContain('Inchangé')
  expect(plain(seen)).toContain('rapprochement.xlsx')
})

test('brings it back with one cell edited: the cell is named, with both values', async () => {
  const edited = editedFile(book, (parts) => {
    putCell(parts, 'Sommaire', 'C6', textCellXml('C6', '<b>Autre</b> chose'))
  })
  const seen = await bringBack(edited)
  expect([seen.status, plain(seen)]).toEqual([200, expect.stringContaining('1 différence')])
  expect(plain(seen)).toMatch(/Sommaire C6 valeur <b>Autre<\/b> chose \S/)
  expect(seen.html).not.toContain('<b>Autre')
})

test('is told what is not a workbook of ours, and that a file was not chosen', async () => {
  const other = await bringBack(Buffer.from('pièce,montant\n'))
  expect(other.status).toBeGreaterThanOrEqual(400)
  expect(other.html).toContain('id="errors"')
  const none = await bringBack(Buffer.alloc(0))
  expect([none.status, plain(none)]).toEqual([
    400,
    expect.stringContaining('Classeur : Choisissez un fichier'),
  ])
})

test('sends no file from elsewhere: the form proves that it is ours', async () => {
  const form = await auditor.get('/fr/verify/workbook')
  const forged = await auditor.sendFile(form, { content: book, fields: { csrf: 'x' } })
  expect([forged.status, plain(forged)]).toEqual([403, expect.not.stringContaining('Inchangé')])
  const before = await app.database.owner.query('select count(*) from event')
  await bringBack(book)
  expect((await app.database.owner.query('select count(*) from event')).rows).toEqual(before.rows)
})

test('goes from a cause of a bridge to the entries behind it', async () => {
  page = await auditor.get('/fr/reports/bridge?since=2')
  await clickWords('Dépenses')
  expect(page.url).toContain('/fr/journal?cause=spending')
  expect(plain(page)).toContain('Maison d’hébergement')
})

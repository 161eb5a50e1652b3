import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { version } from '#core/version.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import {
  cellsOf,
  change,
  download,
  editedFile,
  type Parts,
  partOf,
  putCell,
  sendBack,
  textCellXml,
} from '#test/support/returned.ts'
import { workbookBytes } from '#test/support/workbook-bytes.ts'

let app: TestApp
let auditor: Person
let file: Uint8Array
let position: number
let seal: string

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  const officer = await app.person('officer', 'officer')
  const approver = await app.person('approver', 'approver')
  await post(officer, approver, { measure: 'QC-8' })
  file = await download(app, auditor, '/reports/reconciliation.xlsx?lang=fr')
  const { body } = await sendBack(auditor, file)
  position = body.position
  seal = body.seal
})
afterAll(() => app.close())

/** The address of the value beside a label of the cover. */
function beside(parts: Parts, label: string): string {
  const texts = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si><t[^>]*>(.*?)<\/t>/gs)]
  const place = texts.findIndex(([, text]) => text === label)
  const cell = cellsOf(parts.get(partOf(parts, 'Couverture')) ?? '').find(
    ({ type, value }) => type === 's' && Number(value) === place,
  )
  if (cell === undefined) throw new Error(`no ${label} on the cover`)
  return cell.address.replace('A', 'B')
}

const forge = (parts: Parts, label: string, text: string): string => {
  const address = beside(parts, label)
  putCell(parts, 'Couverture', address, textCellXml(address, text))
  return address
}

const changeProperty = (parts: Parts, edit: (xml: string) => string): void =>
  change(parts, 'docProps/core.xml', edit)

describe('a forged cover', () => {
  test.each([
    ['Position au registre', '1'],
    ['Position au registre', '999999'],
    ['Sceau de cette position', 'f'.repeat(64)],
    ['SHA-256 des données', '0'.repeat(64)],
    ['Instant de cette position (UTC)', '2020-01-01T00:00:00.000Z'],
    ['Langue', 'English'],
    ['Ventilation', 'par axe'],
    ['Fait avec', 'Vigie 0.0.1'],
    [
      'Commande qui refait ce fichier',
      'vigie report reconciliation --by axis --lang en --format xlsx',
    ],
    ['Commande qui refait ce fichier', 'faites-le vous-même'],
  ])('that says %s: %s is named, and nothing else', async (label, text) => {
    let address = ''
    const { status, body } = await sendBack(
      auditor,
      editedFile(file, (parts) => {
        address = forge(parts, label, text)
      }),
    )
    expect(status).toBe(200)
    expect(body).toMatchObject({ unchanged: false, count: 1, position, seal })
    expect(body.differences).toMatchObject([
      { sheet: 'Couverture', cell: address, kind: 'value', file: text },
    ])
  })

  test('that claims another position, with its true seal, is drawn there and named', async () => {
    const { rows } = await app.database.owner.query(
      'select sequence, hash from event order by sequence limit 1 offset 1',
    )
    const { sequence, hash } = rows[0]
    const { body } = await sendBack(
      auditor,
      editedFile(file, (parts) => {
        forge(parts, 'Position au registre', String(sequence))
        forge(parts, 'Sceau de cette position', hash)
      }),
    )
    expect(body).toMatchObject({ unchanged: false, position: Number(sequence) })
    expect(body.count).toBeGreaterThan(1)
  })
})

describe('a file that is not compared says why', () => {
  const refused = async (bytes: Uint8Array, name?: string) => {
    const before = await app.database.owner.query('select count(*) from event')
    const { status, body } = await sendBack(auditor, bytes, name)
    const after = await app.database.owner.query('select count(*) from event')
    expect(after.rows).toEqual(before.rows)
    return { status, code: body.code }
  }

  test('made by something else', async () => {
    const other = workbookBytes({
      sheets: [{ name: 'Feuil1', data: '<row><c><v>1</v></c></row>' }],
    })
    expect(await refused(other)).toEqual({ status: 422, code: 'exports/workbook-not-ours' })
  })

  test('drawn by another version of Vigie', async () => {
    const older = editedFile(file, (parts) => {
      forge(parts, 'Fait avec', 'Vigie 0.0.9')
      changeProperty(parts, (xml) => xml.replace(`Vigie ${version}`, 'Vigie 0.0.9'))
    })
    expect(await refused(older)).toEqual({ status: 422, code: 'exports/workbook-other-version' })
  })

  test('of another record', async () => {
    const asOf = new RegExp(`--as-of ${position}`, 'g')
    const stranger = editedFile(file, (parts) => {
      forge(parts, 'Sceau de cette position', 'e'.repeat(64))
      change(parts, 'xl/sharedStrings.xml', (xml) => xml.replace(asOf, '--as-of 999999'))
      changeProperty(parts, (xml) => xml.replace(asOf, '--as-of 999999'))
    })
    expect(await refused(stranger)).toEqual({
      status: 422,
      code: 'exports/workbook-of-another-record',
    })
  })

  test('no workbook at all', async () => {
    const text = new TextEncoder().encode('a;b\n1;2')
    expect(await refused(text, 'a.csv')).toEqual({ status: 400, code: 'files/type-unknown' })
  })

  test('cut off on the way', async () => {
    expect(await refused(file.slice(0, 9000))).toEqual({
      status: 400,
      code: 'files/workbook-damaged',
    })
  })
})

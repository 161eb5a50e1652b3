import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { download, editedFile, putCell, sendBack, textCellXml } from '#test/support/returned.ts'

/** LibreOffice opens each workbook and saves it again, as whoever looks at one may do. */
const reports = {
  reconciliation: '/reports/reconciliation.xlsx?lang=fr',
  'reconciliation-en': '/reports/reconciliation.xlsx?lang=en&jurisdiction=CA&by=envelope',
  comparison: '/reports/comparison.xlsx?lang=fr',
  exceptions: '/reports/exceptions.xlsx?lang=en',
  forecast: '/reports/forecast.xlsx?lang=fr',
  announcements: '/reports/announcements.xlsx?lang=fr',
}

let app: TestApp
let auditor: Person
let folder: string

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  const [officer, approver] = [
    await app.person('officer', 'officer'),
    await app.person('approver', 'approver'),
  ]
  await post(officer, approver, { measure: 'QC-8', description: 'Deux\nlignes, _x003D_ et =1+1' })
  folder = await mkdtemp(join(tmpdir(), 'vigie-office-'))
  await mkdir(join(folder, 'saved'))
  const paths: string[] = []
  for (const [name, url] of Object.entries(reports)) {
    const path = join(folder, `${name}.xlsx`)
    await writeFile(path, await download(app, auditor, url))
    paths.push(path)
  }
  const profile = pathToFileURL(join(folder, 'profile')).href
  await promisify(execFile)('soffice', [
    ...[`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'xlsx'],
    ...['--outdir', join(folder, 'saved'), ...paths],
  ])
}, 300_000)
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await app.close()
})

describe('a workbook that LibreOffice saved again', () => {
  test.each(Object.keys(reports))('%s is unchanged, though its bytes are others', async (name) => {
    const ours = await readFile(join(folder, `${name}.xlsx`))
    const saved = await readFile(join(folder, 'saved', `${name}.xlsx`))
    expect(saved.equals(ours)).toBe(false)
    const { status, body } = await sendBack(auditor, saved)
    expect({ status, differences: body.differences }).toEqual({ status: 200, differences: [] })
    expect(body.unchanged).toBe(true)
  })

  test('still tells the one cell that was changed in it', async () => {
    const saved = await readFile(join(folder, 'saved', 'reconciliation.xlsx'))
    const edited = editedFile(saved, (parts) => {
      putCell(parts, 'Sommaire', 'C6', textCellXml('C6', 'x'))
    })
    const { body } = await sendBack(auditor, edited)
    expect(body).toMatchObject({ unchanged: false, count: 1 })
    expect(body.differences).toMatchObject([{ sheet: 'Sommaire', cell: 'C6', file: 'x' }])
  })
})

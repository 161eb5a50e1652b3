import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { type DangerousRecord, dangerousRecord, numbered } from '#test/support/dangerous-record.ts'
import { dangerousTexts } from '#test/support/dangerous-texts.ts'
import { bring } from '#test/support/imports.ts'
import { visitor } from '#test/support/pages.ts'
import { sessionFor } from '#test/support/sessions.ts'

/** What is exported is imported again, with every word as it was typed. */
let app: TestApp
let elsewhere: TestApp
let people: DangerousRecord
let officerElsewhere: Person

beforeAll(async () => {
  app = await testApp()
  people = await dangerousRecord(app)
  elsewhere = await testApp()
  officerElsewhere = await elsewhere.person('officer', 'officer')
}, 120_000)
afterAll(async () => {
  await app.close()
  await elsewhere.close()
})

const files = [
  ...['open', 'excel-fr'].flatMap((dialect) =>
    ['fr', 'en'].flatMap((language) => [
      `/api/v1/expenditures.csv?state=posted&dialect=${dialect}&lang=${language}`,
      `/${language}/expenditures.csv?state=posted&dialect=${dialect}`,
    ]),
  ),
  '/fr/expenditures.xlsx?state=posted',
  '/en/expenditures.xlsx?state=posted',
]

async function download(url: string): Promise<{ name: string; content: Uint8Array }> {
  const { email, token } = people.officer
  const { status, bytes } = url.startsWith('/api')
    ? await visitor(app).get(url, { authorization: `Bearer ${token}` })
    : await visitor(app, await sessionFor(app, email)).get(url)
  expect([url, status]).toEqual([url, 200])
  return { name: url.includes('.csv') ? 'liste.csv' : 'liste.xlsx', content: bytes }
}

const posted = dangerousTexts
  .map((text, place) => ({
    documentNumber: numbered(text, place),
    supplier: text,
    description: text,
    amount: '1.00',
  }))
  .filter((_, place) => place % 10 !== 0)

describe('the list of expenditures', () => {
  test.each(files)('is imported elsewhere as it was typed: %s', async (url) => {
    const { body } = await bring(officerElsewhere, await download(url))
    expect(body.counts).toMatchObject({ new: posted.length, rejected: 0, changed: 0 })
    const opened = await officerElsewhere.get(`/imports/${body.id}?limit=500`)
    expect(opened.body.rows.items).toHaveLength(posted.length)
    for (const row of posted) {
      expect(opened.body.rows.items).toContainEqual(expect.objectContaining(row))
    }
  })

  test.each(files)('changes nothing where it came from: %s', async (url) => {
    const { body } = await bring(people.officer, await download(url))
    expect(body.counts).toMatchObject({ duplicate: posted.length, new: 0, rejected: 0, changed: 0 })
  })
})

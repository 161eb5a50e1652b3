import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bringRows, manyRows } from '#test/support/imports.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

let app: TestApp
let officer: Person
let approver: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
})
afterAll(() => app.close())

const countOf = async (supplier: string): Promise<number> => {
  const { rows } = await app.database.owner.query(
    'select count(*)::integer as count from expenditure where supplier = $1',
    [supplier],
  )
  return rows[0].count
}

test('eight who confirm one preview at once make its documents once', async () => {
  const { body } = await bringRows(
    officer,
    manyRows(5, () => ({ fournisseur: 'Huit' })),
  )
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => officer.step(`/imports/${body.id}/confirm`, 1)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)])
  expect(await countOf('Huit')).toBe(5)
})

test('of eight previews of one file that are confirmed at once, one makes documents', async () => {
  const previews = await Promise.all(
    Array.from({ length: 8 }, () =>
      bringRows(
        officer,
        manyRows(5, () => ({ fournisseur: 'Copies' })),
      ),
    ),
  )
  const answers = await Promise.all(
    previews.map(({ body }) => officer.step(`/imports/${body.id}/confirm`, 1)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)])
  expect(await countOf('Copies')).toBe(5)
})

test('eight imports of own resources that are approved at once all are, and balances tie', async () => {
  const measures = ['6', '9', '14', '19', '23', '29', '31', '12']
  const submitted = await Promise.all(
    measures.map(async (_, turn) => {
      const rows = manyRows(16, (at) => ({
        fournisseur: `Ressources ${turn}`,
        mesure: measures[(at * (turn + 1)) % measures.length] ?? '6',
      }))
      const { body } = await bringRows(officer, rows)
      return (await officer.step(`/imports/${body.id}/confirm`, 1, { submit: true })).body
    }),
  )
  const answers = await Promise.all(
    submitted.map(({ id, version }) => approver.step(`/imports/${id}/approve`, version)),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
  const auditor = await app.person('auditor', 'auditor')
  expect((await auditor.get('/verify')).body.isIntact).toBe(true)
})

test('a bad row at any place leaves the whole file out, eight files at once', async () => {
  const chance = chanceOf('imports')
  const length = 12
  const before = (await officer.get('/expenditures')).body.count
  for (let run = 0; run < runs(2, 50); run += 1) {
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, file) => {
        const every = 1 + chance.below(length)
        const { body } = await bringRows(
          officer,
          manyRows(length, (at) => ({
            fournisseur: `Rangée ${run}-${file}`,
            ...(at % every === every - 1 ? { montant: 'x' } : {}),
          })),
        )
        const { counts, sums } = body
        expect(counts.accepted + counts.rejected + counts.ignored).toBe(counts.rows)
        expect(counts.rejected).toBe(Math.floor(length / every))
        expect(sums.unreadable).toBe(counts.rejected)
        return officer.step(`/imports/${body.id}/confirm`, 1)
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(422))
  }
  expect((await officer.get('/expenditures')).body.count).toBe(before)
})

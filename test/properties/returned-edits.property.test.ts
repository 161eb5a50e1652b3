import { describe, expect, test } from 'vitest'
import { comparisonWorkbook } from '#features/exports/comparison-workbook.views.ts'
import { exceptionsBook } from '#features/exports/exceptions-book.views.ts'
import { reconciliationWorkbook } from '#features/exports/reconciliation-workbook.views.ts'
import { type AskedWorkbook, commandOf } from '#features/exports/report-command.ts'
import { judgeReturned, type Redrawing } from '#features/exports/returned.actions.ts'
import { askExceptions, exceptionsReport } from '#features/reports/exceptions-report.table.ts'
import { digestOf } from '#features/reports/reports.public.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import {
  comparisonSources,
  eventfulRecord,
  reconciliationSources,
} from '#test/features/exports/workbooks.ts'
import { editedFile, returnedHere } from '#test/support/returned.ts'
import { editByChance } from '#test/support/returned-edits.ts'
import { chanceOf } from '#test/support/seed.ts'
import { runs } from '#test/support/tier.ts'

const record = await eventfulRecord()
const { position, positionAt, seal } = record.facts

/** The record without a database: the same workbooks, whatever is asked. */
function draw({ request, language, detail }: AskedWorkbook): Workbook {
  switch (request.name) {
    case 'reconciliation': {
      const { by, jurisdiction, spread, from, to } = request
      const asked = {
        ...(by && { by }),
        ...(jurisdiction && { jurisdiction }),
        ...(spread && { spread }),
      }
      const range = { ...(from && { from }), ...(to && { to }) }
      const sources = reconciliationSources(record, { ...asked, ...range }, detail)
      const command = commandOf(sources.report, language, detail)
      return reconciliationWorkbook({ ...sources, command }, language)
    }
    case 'comparison': {
      const { spread, scenario } = request
      const sources = comparisonSources(record, {
        ...(spread && { spread }),
        ...(scenario && { scenario }),
      })
      return comparisonWorkbook(
        { ...sources, command: commandOf(sources.report, language) },
        language,
      )
    }
    default: {
      const exceptions = askExceptions(record.facts, request)
      const report = exceptionsReport(record.facts, exceptions)
      const command = commandOf(report, language)
      return exceptionsBook({ report, exceptions, dataDigest: digestOf(report), command }, language)
    }
  }
}

const drawn = new Map<string, Workbook>()

/** Of every edit but those of the command itself the same workbook is asked for. */
function drawOnce(asked: AskedWorkbook): Workbook {
  const key = JSON.stringify(asked)
  const workbook = drawn.get(key) ?? draw(asked)
  drawn.set(key, workbook)
  return workbook
}

const redrawing: Redrawing = {
  standing: async () => ({ position, positionAt, seal }),
  redraw: async (asked) => ({ workbook: drawOnce(asked) }),
}

const reconciliation = {
  name: 'reconciliation',
  by: 'measure',
  jurisdiction: 'QC',
  spread: 'none',
} as const
const returned: readonly (readonly [string, AskedWorkbook])[] = [
  ['a reconciliation', { request: reconciliation, language: 'fr', detail: 'documents' }],
  [
    'a reconciliation in English',
    {
      request: { ...reconciliation, jurisdiction: 'CA', by: 'envelope' },
      language: 'en',
      detail: 'cells',
    },
  ],
  ['a list', { request: { name: 'exceptions' }, language: 'en', detail: undefined }],
  ['a comparison', { request: { name: 'comparison' }, language: 'fr', detail: undefined }],
]

const edits = runs(100, 1000)

describe('a workbook that came back with one cell changed', () => {
  test.each(returned)('%s is unchanged as it was', async (_, asked) => {
    const verdict = await judgeReturned(
      await returnedHere(await writeWorkbook(drawOnce(asked))),
      redrawing,
    )
    expect(verdict).toMatchObject({ isUnchanged: true, count: 0, listed: [], position, seal })
  })

  test(
    `names the cell and both values, ${edits} times of ${edits}`,
    async () => {
      const chance = chanceOf('returned-edits')
      const missed: unknown[] = []
      const files = await Promise.all(
        returned.map(async ([, asked]) => {
          const workbook = drawOnce(asked)
          const sheets = workbook.sheets.map(({ name }) => name)
          return { bytes: await writeWorkbook(workbook), sheets }
        }),
      )
      for (let at = 0; at < edits; at += 1) {
        const { bytes, sheets } = chance.of(files)
        let made = { sheet: '', address: '', says: '' }
        const file = editedFile(bytes, (parts) => {
          made = editByChance(parts, sheets, chance.branch(at))
        })
        const { count, listed } = await judgeReturned(await returnedHere(file), redrawing)
        const [found] = listed
        const isNamed = found?.sheet === made.sheet && found.cell === made.address
        if (count !== 1 || !isNamed || found.file === found.record) {
          missed.push({ ...made, count, listed: listed.slice(0, 3) })
        }
      }
      expect(missed).toEqual([])
    },
    runs(180_000, 3_600_000),
  )
})

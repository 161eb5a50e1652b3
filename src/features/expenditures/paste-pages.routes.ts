import { z } from 'zod'
import type { Issue } from '#core/issues.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Left } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { issuesOf } from '#platform/http/input-issues.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import { readEnteringOrganizations } from './entry.actions.ts'
import { statementForm } from './expenditure-input.routes.ts'
import { pastePage } from './paste.views.tsx'
import {
  pastedCharactersMax,
  pastedRowsMax,
  type RowTexts,
  readBlock,
  rowFields,
} from './pasted-block.ts'
import { enterSeveral, type NewRow } from './several.actions.ts'

const config = { act: 'expenditure.enter' } as const

const lineForm = z.strictObject(
  Object.fromEntries(rowFields.map((field) => [field, z.string().optional()])),
)
/** Cells as they were copied, or the rows that came back. */
const pasteForm = z.strictObject({
  organization: z.string().max(60).optional(),
  block: z.string().max(pastedCharactersMax).optional(),
  lines: z.array(lineForm).max(pastedRowsMax).optional(),
})

/** A block of cells becomes drafts; rows that are refused come back, and the others are kept. */
export function registerPastePages(server: HttpServer, pages: Pages): void {
  server.get('/expenditures/new/paste', { config }, (request, reply) =>
    pages.show(request, reply, shown),
  )
  server.post('/expenditures/new/paste', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: pasteForm,
      run: async (context, { fields: { organization, block, lines } }) => {
        const typed = (lines ?? readBlock(block ?? '')).map(
          (texts): RowTexts => ({
            ...(organization === undefined ? {} : { organization }),
            ...texts,
          }),
        )
        const read = typed.map(readRow)
        const { entered, refused } = await enterSeveral(
          context,
          read.flatMap(({ row }) => row ?? []),
        )
        const left = read.flatMap(({ issues }, place) => {
          const found = refused.get(place) ?? issues
          return found.length === 0 ? [] : [{ texts: typed[place] ?? {}, issues: found }]
        })
        return left.length === 0 ? `/expenditures/new?entered=${entered}` : leftOf(entered, left)
      },
      again: shown,
    }),
  )
}

const shown = async (viewing: Viewing, screen: Screen): Promise<Page> =>
  pastePage(await readEnteringOrganizations(viewing), screen)

interface ReadRow {
  readonly row: NewRow | null
  readonly issues: readonly Issue[]
}

/** By the schema of the form that enters one. */
function readRow(texts: RowTexts, place: number): ReadRow {
  const read = statementForm.safeParse(texts, { reportInput: true })
  return read.success
    ? { row: { place, stated: read.data }, issues: [] }
    : { row: null, issues: issuesOf(read.error.issues) }
}

interface LeftRow {
  readonly texts: RowTexts
  readonly issues: readonly Issue[]
}

const leftOf = (entered: number, rows: readonly LeftRow[]): Left => ({
  isNothingDone: entered === 0,
  code: 'expenditures/rows-refused',
  sentence: {
    fr: `${entered} brouillon(s) enregistré(s); ${rows.length} ligne(s) à corriger. Rien n’est gardé de celles-ci tant qu’elles ne sont pas enregistrées.`,
    en: `${entered} draft(s) saved; ${rows.length} row(s) to correct. Nothing of these is kept until they are saved.`,
  },
  issues: rows.flatMap(({ issues }, place) =>
    issues.map((issue) => ({ ...issue, pointer: `/lines/${place}${issue.pointer}` })),
  ),
  fields: { lines: rows.map(({ texts }) => ({ ...texts })) },
})

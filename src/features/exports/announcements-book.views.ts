import type { Language } from '#core/language.ts'
import type { Announcement, SourceDocument } from '#features/programmes/programme.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import type { BookSheet } from './book.views.ts'
import { fact } from './cover.views.ts'
import { countFormula } from './formulas.views.ts'
import { parameterItems } from './parameter-items.views.ts'
import { provenancePlan, provenanceSheet } from './provenance.views.ts'
import { reportCells } from './report-cells.views.ts'
import { drawn, type SheetPlan } from './sheet-plan.views.ts'
import { workbookOf } from './workbook.views.ts'
import { documentRows } from './workbook-provenance.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import { describeColumn, type Meanings } from './workbook-summary.ts'
import { everyReader, said, sheetNames } from './workbook-words.ts'

/**
 * Published figures that are no spending, each with its reason and the document it stands in. They
 * are of many natures and overlap: none is added to another, anywhere.
 */
export interface AnnouncementsSources extends WorkbookSources {
  readonly announcements: readonly Announcement[]
  readonly documents: readonly SourceDocument[]
}

type Role = 'published' | 'provenance'

export function announcementsBook(sources: AnnouncementsSources, language: Language): Workbook {
  const count = sources.announcements.length
  const label = said({ fr: 'Chiffres publiés', en: 'Published figures' }, language)
  return workbookOf<Role>({
    sources,
    language,
    question: parameterItems(sources.report, language),
    audience: everyReader,
    control: [fact('control.figures', label, { count })],
    sheets: [listSheet(sources, language), documentsSheet(sources, language)],
    checks: [
      {
        what: {
          fr: 'Chiffres publiés : lignes avec un motif = chiffres du registre',
          en: 'Published figures: lines with a reason = figures in the record',
        },
        left: ({ published }) => countFormula(`COUNTA(${published.range('reason')})`, count),
        right: ({ onCover }) => countFormula(onCover('control.figures'), count),
      },
    ],
  })
}

const own: Meanings = new Map([
  ['key', ['Code du chiffre publié.', 'Code of the published figure.']],
  ['jurisdiction', ['QC ou CA.', 'QC or CA.']],
  ['date', ['Telle qu’imprimée.', 'As printed.']],
  ['subject', ['De quoi il s’agit.', 'What it is about.']],
  ['nature', ['Annonce, octroi, prévision…', 'Announcement, award, forecast…']],
  [
    'amount',
    ['Montant imprimé; inconnu s’il n’y en a pas.', 'Amount printed; unknown if there is none.'],
  ],
  ['period', ['Période, telle qu’imprimée.', 'Period, as printed.']],
  ['detail', ['Les mots de la source.', 'The words of the source.']],
  ['reason', ['Code du motif.', 'Code of the reason.']],
  ['why', ['Pourquoi ce n’est pas une dépense.', 'Why it is no spending.']],
  ['document', ['Code du document source.', 'Code of the source document.']],
  ['row', ['Rangée du document.', 'Row of the document.']],
  ['url', ['Où la source est publiée.', 'Where the source is published.']],
])
const widths: Readonly<Record<string, number>> = { subject: 44, detail: 44, why: 50, url: 40 }

function listSheet({ report }: AnnouncementsSources, language: Language): BookSheet<Role> {
  const { columns, rows } = report.table
  const body = rows.filter(({ role }) => role !== 'total')
  const intro = {
    fr: 'Rien ne s’additionne : le même argent peut être annoncé plusieurs fois.',
    en: 'Nothing adds up: the same money may be announced several times.',
  }
  const plan: SheetPlan = {
    name: sheetNames.published[language],
    kind: 'table',
    title: said(report.title, language),
    intro: [said(intro, language)],
    columns: columns.map((column) => {
      const width = widths[column.key]
      return { ...describeColumn(column, own), ...(width === undefined ? {} : { width }) }
    }),
    rowCount: body.length,
    hasTotal: false,
  }
  return {
    role: 'published',
    name: sheetNames.published,
    plan,
    draw: () =>
      drawn(
        plan,
        language,
        body.map((row) => reportCells(columns, row, language)),
      ),
  }
}

function documentsSheet(
  { announcements, documents }: AnnouncementsSources,
  language: Language,
): BookSheet<Role> {
  const rows = documentRows(
    documents,
    announcements.map(({ document }) => document),
  )
  return {
    role: 'provenance',
    name: sheetNames.provenance,
    plan: provenancePlan(rows, language),
    draw: ({ provenance }) => provenanceSheet(rows, provenance, language),
    isAppendix: true,
  }
}

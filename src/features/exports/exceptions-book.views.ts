import type { Language } from '#core/language.ts'
import { flagWordsOf } from '#features/journal/flag-words.ts'
import { type ExceptionFlag, exceptionFlags } from '#features/reconciliation/exception.ts'
import type { Exceptions } from '#features/reconciliation/exceptions.ts'
import type { Workbook } from '#platform/tables/workbook.ts'
import type { BookSheet, Places } from './book.views.ts'
import { flagLabel, words } from './cells.views.ts'
import type { Check } from './checks.views.ts'
import { fact } from './cover.views.ts'
import { computed, countFormula, percentFormula, sumOf } from './formulas.views.ts'
import { parameterItems } from './parameter-items.views.ts'
import { mapCells, reportCells } from './report-cells.views.ts'
import { drawn, type SheetPlan } from './sheet-plan.views.ts'
import { workbookOf } from './workbook.views.ts'
import { described } from './workbook-columns.ts'
import type { WorkbookSources } from './workbook-sources.ts'
import { describeColumn, type Meanings } from './workbook-summary.ts'
import { everyReader, said, sheetNames } from './workbook-words.ts'

/**
 * Everything to look at twice, and how many there are of each kind. The same money may stand on
 * several lines: lines are counted, amounts are never added up.
 */
export interface ExceptionsSources extends WorkbookSources {
  readonly exceptions: Exceptions
}

type Role = 'summary' | 'exceptions'

export function exceptionsBook(sources: ExceptionsSources, language: Language): Workbook {
  const count = sources.exceptions.found.length
  const label = said({ fr: 'Exceptions trouvées', en: 'Exceptions found' }, language)
  return workbookOf<Role>({
    sources,
    language,
    question: parameterItems(sources.report, language),
    audience: everyReader,
    control: [fact('control.exceptions', label, { count })],
    sheets: [countsSheet(sources, language), listSheet(sources, language)],
    checks: [countCheck(count)],
  })
}

const countCheck = (count: number): Check<Places<Role>> => ({
  what: {
    fr: 'Sommaire : exceptions de tous les signalements = exceptions du registre',
    en: 'Summary: exceptions of every flag = exceptions in the record',
  },
  left: ({ summary }) => countFormula(summary.total('count'), count),
  right: ({ onCover }) => countFormula(onCover('control.exceptions'), count),
})

const countColumns = [
  described('flag', ['Code', 'Key'], ['Code du signalement.', 'Code of the flag.']),
  described('label', ['Signalement', 'Flag'], ['Le signalement en mots.', 'The flag in words.']),
  described('meaning', ['Définition', 'Meaning'], ['Ce qu’il veut dire.', 'What it means.'], 70),
  described(
    'count',
    ['Exceptions', 'Exceptions'],
    [
      'Lignes de la feuille des exceptions qui le portent.',
      'Lines of the exceptions that have it.',
    ],
  ),
]

function countsSheet(
  { exceptions: { found } }: ExceptionsSources,
  language: Language,
): BookSheet<Role> {
  const countOf = (flag: ExceptionFlag): number =>
    found.filter((exception) => exception.flag === flag).length
  const plan: SheetPlan = {
    name: sheetNames.summary[language],
    kind: 'table',
    title: said({ fr: 'Exceptions par signalement', en: 'Exceptions by flag' }, language),
    intro: [],
    columns: countColumns,
    rowCount: exceptionFlags.length,
    hasTotal: true,
    charts: [
      {
        kind: 'bars',
        title: said({ fr: 'Exceptions par signalement', en: 'Exceptions by flag' }, language),
        alt: said(
          {
            fr: `Une barre par signalement : le nombre d’exceptions. En tout : ${found.length}.`,
            en: `A bar a flag: the number of exceptions. In all: ${found.length}.`,
          },
          language,
        ),
        categories: 'label',
        series: ['count'],
      },
    ],
  }
  return {
    role: 'summary',
    name: sheetNames.summary,
    plan,
    draw: ({ summary, exceptions }) =>
      drawn(
        plan,
        language,
        exceptionFlags.map((flag, index) => ({
          flag: { text: flag },
          label: { text: flagLabel(flag, language) },
          meaning: words(flagWordsOf(flag)?.meaning ?? { fr: '', en: '' }, language),
          count: countFormula(
            `COUNTIF(${exceptions.range('flag')},${summary.at.cell('flag', index)})`,
            countOf(flag),
          ),
        })),
        {
          flag: { text: 'Total' },
          label: { empty: true },
          meaning: { empty: true },
          count: countFormula(sumOf(summary.at.range('count')), found.length),
        },
      ),
  }
}

const own: Meanings = new Map([
  [
    'key',
    [
      'Mesure, enveloppe ou organisme dont il s’agit.',
      'Measure, envelope or organization in question.',
    ],
  ],
  ['kind', ['Ce dont il s’agit.', 'What it is about.']],
  ['label', ['Intitulé tel que le plan l’imprime.', 'Label as the plan prints it.']],
  ['flags', ['Le signalement en mots.', 'The flag in words.']],
  ['envelope', ['Enveloppe, s’il y en a une.', 'Envelope, if there is one.']],
  ['organization', ['Organisme, s’il y en a un.', 'Organization, if there is one.']],
  [
    'fiscalYear',
    ['Exercice; sans objet : tout l’intervalle.', 'Fiscal year; n/a: the whole range.'],
  ],
  ['planned', ['Prévu de la ligne.', 'Planned of the line.']],
  ['committed', ['Engagé de la ligne.', 'Committed of the line.']],
  ['spent', ['Dépensé de la ligne.', 'Spent of the line.']],
  ['available', ['Disponible de la ligne.', 'Available of the line.']],
  ['percentSpent', ['Dépensé ÷ prévu × 100.', 'Spent ÷ planned × 100.']],
  ['percentElapsed', ['Mois écoulés ÷ mois × 100.', 'Months ended ÷ months × 100.']],
  ['entries', ['Écritures qui portent le signalement.', 'Entries that carry the flag.']],
  ['threshold', ['Ce à quoi la ligne a été mesurée.', 'What the line was held against.']],
  ['why', ['Pourquoi la ligne est ici.', 'Why the line is here.']],
  [
    'href',
    ['Adresse de la liste de ce dont il s’agit.', 'Address of the list of what it is about.'],
  ],
])

const flagColumn = described(
  'flag',
  ['Code du signalement', 'Flag’s code'],
  ['Celui de l’API et du CSV.', 'That of API and CSV.'],
)
const widths: Readonly<Record<string, number>> = { label: 44, why: 60, threshold: 24, href: 30 }

function listSheet(
  { report, exceptions: { found } }: ExceptionsSources,
  language: Language,
): BookSheet<Role> {
  const { columns, rows } = report.table
  const intro = {
    fr: 'Le même argent peut être sur plusieurs lignes : rien ne s’additionne.',
    en: 'The same money may be on several lines: nothing adds up.',
  }
  const plan: SheetPlan = {
    name: sheetNames.exceptions[language],
    kind: 'table',
    title: said(report.title, language),
    intro: [said(intro, language)],
    columns: [
      ...columns.map((column) => {
        const width = widths[column.key]
        return { ...describeColumn(column, own), ...(width === undefined ? {} : { width }) }
      }),
      flagColumn,
    ],
    rowCount: found.length,
    hasTotal: false,
  }
  return {
    role: 'exceptions',
    name: sheetNames.exceptions,
    plan,
    draw: ({ exceptions: { at } }) =>
      drawn(
        plan,
        language,
        found.map((exception, index) => {
          const row = rows[index]
          const cells = row === undefined ? {} : reportCells(columns, row, language)
          return {
            ...mapCells(cells, (cell, key) =>
              key === 'percentSpent'
                ? computed(cell, percentFormula(at.cell('spent', index), at.cell('planned', index)))
                : cell,
            ),
            flag: { text: exception.flag },
          }
        }),
      ),
  }
}

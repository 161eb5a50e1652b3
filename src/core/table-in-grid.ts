import { excerpt } from './excerpt.ts'
import type { Grid, Sheet, Understanding } from './grid.ts'
import { type Reading, read, unread } from './issues.ts'
import type { Bilingual } from './language.ts'
import { findHeader, type HeaderQuestion, type TableHeader } from './table-in-sheet.ts'

/**
 * Which sheet of a file holds its table, and where. A person's word goes first. Otherwise it is the
 * visible sheet whose header has the most known names; where two have as many (twelve months of one
 * form), nobody takes the first and loses the others: a person chooses. Hidden sheets are read and
 * told, and chosen by a person only.
 */
export interface TableQuestion extends HeaderQuestion {
  /** The name of a sheet. */
  readonly sheet?: string
}

export interface FoundTable {
  readonly sheet: Sheet
  readonly header: TableHeader
  readonly understanding: Understanding<string>
}

export function findTable({ sheets }: Grid, question: TableQuestion = {}): Reading<FoundTable> {
  if (question.sheet !== undefined) {
    const asked = sheets.find(({ name }) => name === question.sheet)
    return asked === undefined
      ? unread('files/sheet-missing', missingWords(sheets, question.sheet))
      : tableIn(asked, question, true, { fr: 'demandé', en: 'as asked' })
  }
  const visible = sheets.filter(({ isHidden, lastRow }) => !isHidden && lastRow > 0)
  const [first, second] = visible
    .map((sheet) => ({ sheet, names: namesIn(sheet, question) }))
    .toSorted((a, b) => b.names - a.names)
  if (first === undefined) {
    return unread('files/no-rows', {
      fr: 'Le fichier ne contient aucune donnée dans une feuille visible. Affichez la feuille ou choisissez-la.',
      en: 'The file holds no data in a visible sheet. Show the sheet or choose it.',
    })
  }
  if (second !== undefined && second.names === first.names) {
    return unread('files/sheet-unclear', {
      fr: `Plusieurs feuilles peuvent contenir les données\u00a0: ${listed(visible, 'fr')}. Dites laquelle.`,
      en: `Several sheets may hold the data: ${listed(visible, 'en')}. Say which.`,
    })
  }
  const because =
    second === undefined
      ? { fr: 'la seule feuille visible qui a des données', en: 'the only visible sheet with data' }
      : {
          fr: 'la feuille qui a le plus de titres connus',
          en: 'the sheet with the most known names',
        }
  return tableIn(first.sheet, question, false, because)
}

function namesIn(sheet: Sheet, question: TableQuestion): number {
  const header = findHeader(sheet, question)
  const { isKnown = () => true } = question
  return header.ok ? header.value.headings.filter(({ name }) => isKnown(name)).length : 0
}

function tableIn(
  sheet: Sheet,
  question: TableQuestion,
  isAsked: boolean,
  because: Bilingual,
): Reading<FoundTable> {
  const header = findHeader(sheet, question)
  return header.ok
    ? read({
        sheet,
        header: header.value,
        understanding: { value: sheet.name, isAsked, because },
      })
    : header
}

const missingWords = (sheets: readonly Sheet[], asked: string): Bilingual => ({
  fr: `Le fichier n’a pas de feuille «\u00a0${excerpt(asked)}\u00a0». Il a\u00a0: ${listed(sheets, 'fr')}.`,
  en: `The file has no sheet “${excerpt(asked)}”. It has: ${listed(sheets, 'en')}.`,
})

const namesTold = 12

function listed(sheets: readonly Sheet[], language: keyof Bilingual): string {
  const names = sheets
    .slice(0, namesTold)
    .map(({ name }) =>
      language === 'fr' ? `«\u00a0${excerpt(name)}\u00a0»` : `“${excerpt(name)}”`,
    )
  return [...names, ...(sheets.length > namesTold ? ['…'] : [])].join(', ')
}

import type { Bilingual, Language } from '#core/language.ts'
import { version } from '#core/version.ts'
import { linkTarget } from '#platform/tables/sheet-layout.ts'
import type { SheetCell } from '#platform/tables/workbook.ts'
import type { Book, BookSheet, Places } from './book.views.ts'
import { words } from './cells.views.ts'
import { type Check, overallVerdict } from './checks.views.ts'
import { type CoverItem, fact, section } from './cover.views.ts'
import { chartsOf, placed } from './sheet-plan.views.ts'
import { languageWords, said, sheetNames } from './workbook-words.ts'

/**
 * What every cover says, in one order: the question in words, for whom, where it stands in the
 * record and how to make it again, whether all checks agree, the totals of the record, the numbers
 * of rows, the way to each sheet and chart, what a reader must know.
 */
export function coverOf<Role extends string, Long extends string = never>(
  book: Book<Role, Long>,
  checks: readonly Check<Places<Role, Long>>[],
): readonly CoverItem<Places<Role, Long>>[] {
  const { language, control } = book
  return [
    ...book.question,
    fact(
      'audience',
      said({ fr: 'Destinataires', en: 'For' }, language),
      words(book.audience, language),
    ),
    ...standingItems(book),
    {
      name: 'status',
      label: said({ fr: 'État des contrôles', en: 'Status of the checks' }, language),
      cell: (places) => ({
        formula: places.checks.total('verdict'),
        result: overallVerdict(checks, places, language),
      }),
    },
    ...(control.length === 0
      ? []
      : [section<Places<Role, Long>>('control', controlHeading, language)]),
    ...control,
    section('count', { fr: 'Nombre de lignes', en: 'Number of rows' }, language),
    ...book.sheets.map(({ role, name, plan }) =>
      fact<Places<Role, Long>>(`count.${role}`, name[language], { count: plan.rowCount }),
    ),
    ...(book.further ?? []),
    ...sheetItems(book),
    ...noteItems(book),
  ]
}

const controlHeading = {
  fr: 'Totaux de contrôle, tirés du registre',
  en: 'Control totals, from the record',
}

/** Where the figures stand in the record, and how to make the file again. */
function standingItems<Role extends string, Long extends string = never>({
  sources: { report, dataDigest, command },
  language,
}: Book<Role, Long>): readonly CoverItem<Places<Role, Long>>[] {
  const item = (
    name: string,
    fr: string,
    en: string,
    cell: SheetCell,
  ): CoverItem<Places<Role, Long>> => fact(name, said({ fr, en }, language), cell)
  return [
    item('language', 'Langue', 'Language', words(languageWords, language)),
    item('position', 'Position au registre', 'Position in the record', {
      text: String(report.position),
    }),
    item('instant', 'Instant de cette position (UTC)', 'Instant of that position (UTC)', {
      text: report.positionAt,
    }),
    item('seal', 'Sceau de cette position', 'Seal of that position', { text: report.seal }),
    item('digest', 'SHA-256 des données', 'SHA-256 of the data', { text: dataDigest }),
    item('command', 'Commande qui refait ce fichier', 'Command that makes this file again', {
      text: command,
    }),
    item('made-with', 'Fait avec', 'Made with', { text: `Vigie ${version}` }),
  ]
}

/** In the order of the tabs; under each sheet, its charts. */
function sheetItems<Role extends string, Long extends string = never>({
  sheets,
  language,
}: Book<Role, Long>): readonly CoverItem<Places<Role, Long>>[] {
  const own = (isAppendix: boolean) =>
    sheets.filter((sheet) => (sheet.isAppendix ?? false) === isAppendix)
  return [
    section('sheets', { fr: 'Feuilles', en: 'Sheets' }, language),
    ...own(false).flatMap((sheet) => linksTo(sheet, language)),
    ...[sheetNames.checks, sheetNames.dictionary].map((name) => linkTo<Role, Long>(name[language])),
    ...own(true).flatMap((sheet) => linksTo(sheet, language)),
  ]
}

const linkTo = <Role extends string, Long extends string = never>(
  name: string,
): CoverItem<Places<Role, Long>> =>
  fact(`sheet:${name}`, name, { link: { target: linkTarget(name), text: name } })

function linksTo<Role extends string, Long extends string = never>(
  { name, plan }: BookSheet<Role, Long>,
  language: Language,
): readonly CoverItem<Places<Role, Long>>[] {
  const { at } = placed(plan)
  const label = said({ fr: 'Graphique', en: 'Chart' }, language)
  return [
    linkTo(name[language]),
    ...chartsOf(plan).map(({ title }, index) =>
      fact<Places<Role, Long>>(`chart:${name.en}:${index}`, label, {
        link: { target: linkTarget(plan.name, `A${at.chartRow(index)}`), text: title },
      }),
    ),
  ]
}

const noteItems = <Role extends string, Long extends string = never>({
  sources: { report },
  language,
}: Book<Role, Long>): readonly CoverItem<Places<Role, Long>>[] =>
  report.notes.length === 0
    ? []
    : [
        section('notes', { fr: 'À savoir', en: 'To know' }, language),
        ...report.notes.map(({ text }, index) =>
          fact<Places<Role, Long>>(`note:${index}`, `Note ${index + 1}`, words(text, language)),
        ),
      ]

/** What was asked, one word a line. */
export const asked = <P>(
  language: Language,
  lines: readonly (readonly [name: string, label: Bilingual, value: Bilingual])[],
): readonly CoverItem<P>[] =>
  lines.map(([name, label, value]) => fact(name, said(label, language), words(value, language)))

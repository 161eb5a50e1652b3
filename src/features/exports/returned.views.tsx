import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { AsWritten } from '#platform/html/as-written.tsx'
import { ErrorSummary, Field, Form } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { Facts } from '#platform/html/table-fields.tsx'
import { scrollable } from '#platform/html/table-view.tsx'
import { formatCount, missingSign, say } from '#platform/i18n/format.ts'
import type { Differences } from '#platform/tables/difference.ts'
import { differenceWords, shownApart } from './difference-words.ts'
import { otherReport, reportWords } from './report-words.ts'

const words = {
  title: { fr: 'Vérifier un classeur', en: 'Verify a workbook' },
  intro: {
    fr: 'Un classeur de rapport dit la question, la position et le sceau dont il vient. Vigie le refait à cette position et compare chaque cellule, chaque formule et chaque feuille. Rien n’est inscrit, et le fichier n’est pas gardé.',
    en: 'The workbook of a report says the question, the position and the seal that it comes from. Vigie makes it again at that position and compares every cell, formula and sheet. Nothing is recorded, and the file is not kept.',
  },
  file: { fr: 'Classeur', en: 'Workbook' },
  fileHint: {
    fr: 'Le fichier XLSX d’un rapport, tel qu’il est revenu, d’au plus 256 Mio.',
    en: 'The XLSX file of a report, as it came back, of at most 256 MiB.',
  },
  compare: { fr: 'Comparer avec le registre', en: 'Compare with the record' },
  unchanged: {
    fr: 'Inchangé : ce classeur dit ce que dit le registre à cette position.',
    en: 'Unchanged: this workbook says what the record says at that position.',
  },
  name: { fr: 'Fichier', en: 'File' },
  report: { fr: 'Rapport', en: 'Report' },
  position: { fr: 'Position', en: 'Position' },
  seal: { fr: 'Sceau', en: 'Seal' },
  differences: { fr: 'Ce qui diffère du registre', en: 'What differs from the record' },
  sheet: { fr: 'Feuille', en: 'Sheet' },
  cell: { fr: 'Cellule', en: 'Cell' },
  kind: { fr: 'Différence', en: 'Difference' },
  inFile: { fr: 'Le classeur dit', en: 'The workbook says' },
  inRecord: { fr: 'Le registre dit', en: 'The record says' },
  whole: { fr: 'tout le classeur', en: 'the whole workbook' },
  reconciliation: { fr: 'Rapprochement budgétaire', en: 'Budget reconciliation' },
  comparison: { fr: 'Comparaison Québec–Canada', en: 'Quebec–Canada comparison' },
  back: { fr: 'Vérification du registre', en: 'Verification of the record' },
} satisfies Record<string, Bilingual>

/** What a workbook that came back was found to be. */
export interface ReturnedFacts extends Differences {
  readonly fileName: string
  readonly isUnchanged: boolean
  readonly report: string
  readonly position: number
  readonly seal: string
}

/** @param found null before a workbook was brought, and when it cannot be compared */
export function returnedPage(found: ReturnedFacts | null, screen: Screen): Page {
  const { language } = screen
  return {
    title: words.title,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        {found !== null && <Found found={found} screen={screen} />}
        <section class="card">
          <p>{say(words.intro, language)}</p>
          <Form screen={screen} action="/verify/workbook" file>
            <Field
              screen={screen}
              name="file"
              label={words.file}
              hint={words.fileHint}
              type="file"
            />
            <p>
              <button type="submit">{say(words.compare, language)}</button>
            </p>
          </Form>
        </section>
        <p>
          <a href={pathIn(language, '/verify')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

function Found({ found, screen }: { found: ReturnedFacts; screen: Screen }): VNode {
  const { language } = screen
  const { isUnchanged, fileName, report, position, seal } = found
  return (
    <section>
      <p class={isUnchanged ? 'notice' : 'errors'} role={isUnchanged ? 'status' : 'alert'}>
        {say(isUnchanged ? words.unchanged : countWords(found), language)}
      </p>
      <Facts
        language={language}
        facts={[
          [words.name, <AsWritten text={fileName} />],
          [words.report, say(reportTitle(report), language)],
          [
            words.position,
            <a href={pathIn(language, `/events/${position}`)}>{formatCount(position, language)}</a>,
          ],
          [words.seal, <code>{seal}</code>],
        ]}
      />
      {!isUnchanged && <DifferenceTable found={found} screen={screen} />}
    </section>
  )
}

function countWords({ count, listed }: Differences): Bilingual {
  const isMore = count > listed.length
  const fr = `${formatCount(count, 'fr')} ${count === 1 ? 'différence' : 'différences'} avec le registre`
  const en = `${formatCount(count, 'en')} ${count === 1 ? 'difference' : 'differences'} from the record`
  return isMore
    ? {
        fr: `${fr}, dont les ${formatCount(listed.length, 'fr')} premières sont nommées.`,
        en: `${en}, of which the first ${formatCount(listed.length, 'en')} are named.`,
      }
    : { fr: `${fr}.`, en: `${en}.` }
}

function reportTitle(name: string): Bilingual {
  const other = otherReport(name)
  return other !== undefined
    ? reportWords[other].title
    : name === 'comparison'
      ? words.comparison
      : words.reconciliation
}

function DifferenceTable({ found, screen }: { found: ReturnedFacts; screen: Screen }): VNode {
  const { language } = screen
  const headings = [words.sheet, words.cell, words.kind, words.inFile, words.inRecord]
  return (
    <section class="scroll" aria-label={say(words.differences, language)} {...scrollable}>
      <table>
        <caption>{say(words.differences, language)}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading.en} scope="col">
                {say(heading, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.listed.map((difference, at) => {
            const { sheet, cell, kind } = difference
            const [file, record] = shownApart(difference)
            return (
              <tr key={at}>
                <th scope="row">
                  {sheet === null ? say(words.whole, language) : <AsWritten text={sheet} />}
                </th>
                <td>{cell ?? missingSign('not-applicable', language)}</td>
                <td>{say(differenceWords[kind] ?? { fr: kind, en: kind }, language)}</td>
                <td>{sideOf(file, language)}</td>
                <td>{sideOf(record, language)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const sideOf = (text: string | null, language: Screen['language']): VNode | string =>
  text === null ? missingSign('absent', language) : <AsWritten text={text} />

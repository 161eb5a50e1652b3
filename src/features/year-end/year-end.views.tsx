import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import { proposalStateNames } from '#features/funding/proposal.ts'
import type { ProposalStep, Reader } from '#features/funding/proposal-offered.ts'
import { historyWords, signatures, waitingWords } from '#features/funding/proposal-words.ts'
import { stepWords } from '#features/funding/step-words.ts'
import { Files } from '#platform/html/files.tsx'
import { TextArea } from '#platform/html/forms.tsx'
import { History } from '#platform/html/history.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { NextSteps, stepPage } from '#platform/html/steps.tsx'
import { Facts } from '#platform/html/table-fields.tsx'
import { TableView } from '#platform/html/table-view.tsx'
import { formatFiscalYear, say } from '#platform/i18n/format.ts'
import type { KeptFile } from './kept-file.ts'
import { closedFiguresTable, policyNames } from './year-end.table.ts'
import type { ShownYearEnd, YearEnd } from './year-end.ts'
import { statedFields } from './year-end-preview.views.tsx'
import { yearEndWords } from './year-end-words.ts'

const words = {
  again: { fr: 'Prévisualiser et préparer de nouveau', en: 'Preview and prepare again' },
  returned: {
    fr: 'Elle a été retournée : un agent financier de l’organisme doit la préparer de nouveau.',
    en: 'It was returned: an officer of the organization must prepare it again.',
  },
  figures: { fr: 'Chiffres', en: 'Figures' },
  carryAll: { fr: 'tout reporter, partout', en: 'carry all, everywhere' },
  changed: {
    fr: 'Les chiffres ne sont plus ceux qui ont été préparés : elle ne peut pas être approuvée. Ceux-ci sont ceux d’aujourd’hui.',
    en: 'The figures are not those that were prepared any more: it cannot be approved. These are those of today.',
  },
  kept: { fr: 'Fichiers conservés', en: 'Files kept' },
  keptHint: {
    fr: 'Le rapprochement de l’exercice tel qu’il était à l’approbation. Ces fichiers ne changent jamais, et leur événement scelle leur SHA-256.',
    en: 'The reconciliation of the year as it stood at the approval. These files never change, and their event seals their SHA-256.',
  },
  notYet: {
    fr: 'Ils sont en préparation : rechargez la page dans un instant.',
    en: 'They are being drawn: load the page again in a moment.',
  },
  sha256: { fr: 'SHA-256', en: 'SHA-256' },
  workbook: { fr: 'Classeur XLSX', en: 'XLSX workbook' },
  data: { fr: 'Données JSON', en: 'JSON data' },
  list: { fr: 'Toutes les fermetures', en: 'All year-ends' },
} satisfies Record<string, Bilingual>

const { programme, fiscalYear, state } = yearEndWords

export interface YearEndDocument {
  readonly yearEnd: ShownYearEnd
  readonly reader: Reader
  readonly steps: readonly ProposalStep[]
  readonly kept: readonly KeptFile[]
  readonly history: readonly HistoryLine[]
}

/** What an approver does; whoever prepares begins again with a preview. */
export const yearEndSteps = ['approve', 'return'] as const
export type YearEndStep = (typeof yearEndSteps)[number]

const pathOf = ({ id }: YearEnd): string => `/year-end/${id}`
const titleOf = (yearEnd: YearEnd): Bilingual => ({
  fr: `Fermeture de ${yearEnd.fiscalYear}, ${yearEnd.programme}`,
  en: `Closing of ${yearEnd.fiscalYear}, ${yearEnd.programme}`,
})

export const figuresTable = (yearEnd: ShownYearEnd) =>
  closedFiguresTable(
    yearEnd.figures.map((figures) => ({
      programme: yearEnd.programme,
      fiscalYear: yearEnd.fiscalYear,
      figures,
    })),
    titleOf(yearEnd),
  )

export function yearEndPage(document: YearEndDocument, screen: Screen): Page {
  const { yearEnd, reader, steps, kept, history } = document
  const { language } = screen
  const again = new URLSearchParams([
    ['programme', yearEnd.programme],
    ['fiscalYear', yearEnd.fiscalYear],
    ...statedFields(yearEnd.policies).map(([name, value]) => [name, value]),
  ])
  const decisions = yearEndSteps
    .filter((step) => steps.includes(step))
    .map((step) => ({ path: `${pathOf(yearEnd)}/${step}`, words: stepWords[step].open }))
  const isAgain = yearEnd.state !== 'approved' && reader.mayPrepare
  return {
    title: titleOf(yearEnd),
    main: (
      <>
        <NextSteps
          language={language}
          waiting={
            yearEnd.state === 'draft'
              ? words.returned
              : waitingWords(yearEnd, reader, decisions.length === 0 ? [] : steps)
          }
          steps={[
            ...decisions,
            ...(isAgain ? [{ path: `/year-end/preview?${again}`, words: words.again }] : []),
          ]}
        />
        <Said yearEnd={yearEnd} screen={screen} />
        {yearEnd.state === 'approved' && <Kept yearEnd={yearEnd} kept={kept} screen={screen} />}
        <History lines={history} wordsOf={historyWords} language={language} />
        <p>
          <a href={pathIn(language, '/year-end')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

interface SaidProps {
  readonly yearEnd: ShownYearEnd
  readonly screen: Screen
}

function Said({ yearEnd, screen }: SaidProps): VNode {
  const { language } = screen
  return (
    <>
      {!yearEnd.isCurrent && <p class="notice">{say(words.changed, language)}</p>}
      <Facts
        language={language}
        facts={[
          [state, say(proposalStateNames[yearEnd.state], language)],
          [programme, yearEnd.programme],
          [yearEndWords.organization, yearEnd.organization],
          [fiscalYear, formatFiscalYear(yearEnd.fiscalYear, language)],
          [yearEndWords.carriedTo, formatFiscalYear(yearEnd.carriedTo, language)],
          [yearEndWords.policies, <PolicyList key="policies" yearEnd={yearEnd} screen={screen} />],
          [yearEndWords.digest, <code key="digest">{yearEnd.digest}</code>],
          ...signatures(yearEnd),
        ]}
      />
      <section>
        <h2>{say(words.figures, language)}</h2>
        <Files language={language} path={`${pathOf(yearEnd)}/figures`} />
        <TableView table={figuresTable(yearEnd)} language={language} />
      </section>
    </>
  )
}

const PolicyList = ({ yearEnd: { policies }, screen: { language } }: SaidProps): VNode =>
  policies.length === 0 ? (
    <span>{say(words.carryAll, language)}</span>
  ) : (
    <ul>
      {policies.map(({ envelope, policy, percent }) => (
        <li key={envelope}>
          {envelope} – {say(policyNames[policy], language)}
          {percent !== null && ` (${percent} %)`}
        </li>
      ))}
    </ul>
  )

function Kept({ yearEnd, kept, screen }: SaidProps & Pick<YearEndDocument, 'kept'>): VNode {
  const { language } = screen
  return (
    <section>
      <h2>{say(words.kept, language)}</h2>
      <p>{say(kept.length === 0 ? words.notYet : words.keptHint, language)}</p>
      <ul>
        {kept.map((file) => (
          <li key={file.sha256}>
            <a href={pathIn(file.language ?? language, `${pathOf(yearEnd)}/report.${file.format}`)}>
              {say(file.format === 'json' ? words.data : words.workbook, language)}
              {file.language === null ? '' : ` (${file.language})`}
            </a>
            <br />
            {say(words.sha256, language)} <code>{file.sha256}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function yearEndStepPage(
  { yearEnd, steps }: YearEndDocument,
  step: YearEndStep,
  screen: Screen,
): Page {
  const { open, doIt } = stepWords[step]
  const title = titleOf(yearEnd)
  return stepPage(
    {
      title: { fr: `${open.fr} : ${title.fr}`, en: `${open.en}: ${title.en}` },
      document: pathOf(yearEnd),
      step,
      version: yearEnd.version,
      doIt,
      isDanger: false,
      isPossible: steps.includes(step),
      labels: yearEndWords,
      fields:
        step === 'return' ? (
          <TextArea screen={screen} name="reason" label={yearEndWords.reason} />
        ) : null,
      below: <Said yearEnd={yearEnd} screen={screen} />,
    },
    screen,
  )
}

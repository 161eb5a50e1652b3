import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { isZero } from '#core/money.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import { Files } from '#platform/html/files.tsx'
import { TextArea } from '#platform/html/forms.tsx'
import { History } from '#platform/html/history.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { NextSteps, stepPage } from '#platform/html/steps.tsx'
import { Facts } from '#platform/html/table-fields.tsx'
import { TableView } from '#platform/html/table-view.tsx'
import { formatAmount, formatDate, say } from '#platform/i18n/format.ts'
import { proposalStateNames } from './proposal.ts'
import type { ProposalStep, Reader } from './proposal-offered.ts'
import { historyWords, signatures, waitingWords } from './proposal-words.ts'
import { type Revision, sumOf } from './revision.ts'
import {
  formLabels,
  RevisionFields,
  type RevisionGround,
  type RevisionStated,
} from './revision-form.views.tsx'
import { revisionWords } from './revision-words.ts'
import { revisionKindNames, revisionsTable } from './revisions.table.ts'
import { stepWords } from './step-words.ts'

export interface RevisionDocument {
  readonly revision: Revision
  readonly reader: Reader
  readonly steps: readonly ProposalStep[]
  readonly history: readonly HistoryLine[]
}

const words = {
  sum: { fr: 'Somme des lignes', en: 'Sum of the lines' },
  entry: { fr: 'Écriture', en: 'Entry' },
  list: { fr: 'Toutes les révisions', en: 'All revisions' },
} satisfies Record<string, Bilingual>

const lineColumns = ['line', 'envelope', 'measure', 'fiscalYear', 'amount']

const pathOf = ({ id }: Revision): string => `/revisions/${id}`

export function revisionPage(document: RevisionDocument, screen: Screen): Page {
  const { revision, reader, steps, history } = document
  const { language } = screen
  return {
    title: { fr: `Révision ${revision.number}`, en: `Revision ${revision.number}` },
    main: (
      <>
        <NextSteps
          language={language}
          waiting={waitingWords(revision, reader, steps)}
          steps={steps.map((step) => ({
            path: `${pathOf(revision)}/${step}`,
            words: stepWords[step].open,
          }))}
        />
        <Said revision={revision} screen={screen} />
        <History lines={history} wordsOf={historyWords} language={language} />
        <p>
          <a href={pathIn(language, '/revisions')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

/** Every field of the document, who did what with it, and its lines. */
function Said({ revision, screen }: { revision: Revision; screen: Screen }): VNode {
  const { language } = screen
  const { kind, entry } = revision
  const total = sumOf(revision)
  return (
    <>
      <Facts
        language={language}
        facts={[
          [revisionWords.state, say(proposalStateNames[revision.state], language)],
          [revisionWords.kind, say(revisionKindNames[kind], language)],
          [revisionWords.organization, revision.organization],
          [revisionWords.effectiveOn, formatDate(revision.effectiveOn, language)],
          [revisionWords.documentReference, revision.documentReference],
          [revisionWords.reason, revision.reason],
          [words.sum, isZero(total) ? null : formatAmount(total, language)],
          ...signatures(revision),
          [words.entry, entry],
        ]}
      />
      <Files language={language} path={`${pathOf(revision)}/lines`} />
      <TableView
        table={{ ...revisionsTable([revision]), title: revisionWords.lines }}
        language={language}
        columns={lineColumns}
        hrefOf={(row, { key }) => {
          const cell = row.cells[5]
          return key === 'envelope' && cell?.type === 'text'
            ? pathIn(language, `/envelopes/${cell.value}`)
            : null
        }}
      />
    </>
  )
}

/** A step of the document: its form alone, and the document below. */
export function revisionStepPage(
  { revision, steps }: RevisionDocument,
  ground: RevisionGround,
  step: ProposalStep,
  screen: Screen,
): Page {
  const { open, doIt } = stepWords[step]
  const { number } = revision
  const stated = statedOf(revision)
  return stepPage(
    {
      title: { fr: `${open.fr} ${number}`, en: `${open.en} ${number}` },
      document: pathOf(revision),
      step,
      version: revision.version,
      doIt,
      isDanger: step === 'delete',
      isPossible: steps.includes(step),
      labels: formLabels(stated, screen),
      fields:
        step === 'edit' ? (
          <RevisionFields ground={ground} stated={stated} screen={screen} />
        ) : step === 'return' ? (
          <TextArea screen={screen} name="reason" label={revisionWords.reason} />
        ) : null,
      below: step === 'edit' ? null : <Said revision={revision} screen={screen} />,
    },
    screen,
  )
}

const statedOf = (revision: Revision): RevisionStated => ({
  kind: revision.kind,
  effectiveOn: revision.effectiveOn,
  documentReference: revision.documentReference,
  reason: revision.reason,
  lines: revision.lines.map(({ envelope, measure, fiscalYear, amount }) => ({
    envelope,
    measure: measure ?? '',
    fiscalYear: fiscalYear ?? '',
    amount: amount.toString(),
  })),
  room: 0,
})

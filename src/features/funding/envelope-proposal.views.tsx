import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import { TextArea } from '#platform/html/forms.tsx'
import { History } from '#platform/html/history.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { NextSteps, stepPage } from '#platform/html/steps.tsx'
import { Facts } from '#platform/html/table-fields.tsx'
import { TableView } from '#platform/html/table-view.tsx'
import { say } from '#platform/i18n/format.ts'
import {
  EnvelopeFields,
  type EnvelopeGround,
  labelsOf,
  type Stated,
} from './envelope-form.views.tsx'
import type { EnvelopeProposal } from './envelope-proposal.ts'
import { envelopeWords } from './planned-form-words.ts'
import { proposalStateNames } from './proposal.ts'
import type { ProposalStep, Reader } from './proposal-offered.ts'
import { historyWords, signatures, waitingWords } from './proposal-words.ts'
import { stepWords } from './step-words.ts'
import { termsTable } from './terms.table.ts'

export interface EnvelopeDocument {
  readonly proposal: EnvelopeProposal
  readonly reader: Reader
  readonly steps: readonly ProposalStep[]
  readonly history: readonly HistoryLine[]
}

const words = {
  inPlan: { fr: 'La voir au plan', en: 'See it in the plan' },
  list: { fr: 'Toutes les propositions', en: 'All proposals' },
} satisfies Record<string, Bilingual>

const pathOf = ({ code }: EnvelopeProposal): string =>
  `/proposals/envelopes/${encodeURIComponent(code)}`

export function envelopeProposalPage(document: EnvelopeDocument, screen: Screen): Page {
  const { proposal, reader, steps, history } = document
  const { language } = screen
  return {
    title: {
      fr: `Enveloppe proposée ${proposal.code}`,
      en: `Proposed envelope ${proposal.code}`,
    },
    main: (
      <>
        <NextSteps
          language={language}
          waiting={waitingWords(proposal, reader, steps)}
          steps={
            proposal.state === 'approved'
              ? [{ path: `/envelopes/${proposal.code}`, words: words.inPlan }]
              : steps.map((step) => ({
                  path: `${pathOf(proposal)}/${step}`,
                  words: stepWords[step].open,
                }))
          }
        />
        <Said proposal={proposal} screen={screen} />
        <History lines={history} wordsOf={historyWords} language={language} />
        <p>
          <a href={pathIn(language, '/proposals')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

/** Every field of it, with the words that it was read from, and who had a hand in it. */
function Said({ proposal, screen }: { proposal: EnvelopeProposal; screen: Screen }): VNode {
  const { language } = screen
  const { title, measures, source } = proposal
  return (
    <>
      <Facts
        language={language}
        facts={[
          [envelopeWords.state, say(proposalStateNames[proposal.state], language)],
          [envelopeWords.programme, proposal.programme],
          [envelopeWords.organization, proposal.organization],
          [envelopeWords['title.fr'], title.fr],
          [
            envelopeWords['title.en'],
            <span key="title" lang="en-CA">
              {title.en}
            </span>,
          ],
          [envelopeWords.measures, measures.length === 0 ? null : measures.join(', ')],
          [envelopeWords['source.document'], source.document],
          [envelopeWords['source.quote'], <q key="quote">{shownWords(source.quote)}</q>],
          [
            envelopeWords['source.title'],
            source.title === null ? null : say(source.title, language),
          ],
          [envelopeWords['source.url'], source.url],
          [envelopeWords['source.sha256'], source.sha256],
          ...signatures(proposal),
        ]}
      />
      <TableView table={termsTable(proposal)} language={language} />
    </>
  )
}

export function envelopeStepPage(
  { proposal, steps }: EnvelopeDocument,
  ground: EnvelopeGround,
  step: ProposalStep,
  screen: Screen,
): Page {
  const { open, doIt } = stepWords[step]
  const stated = statedOf(proposal)
  return stepPage(
    {
      title: { fr: `${open.fr} ${proposal.code}`, en: `${open.en} ${proposal.code}` },
      document: pathOf(proposal),
      step,
      version: proposal.version,
      doIt,
      isDanger: step === 'delete',
      isPossible: steps.includes(step),
      labels: labelsOf(stated, screen),
      fields:
        step === 'edit' ? (
          <EnvelopeFields ground={ground} stated={stated} screen={screen} />
        ) : step === 'return' ? (
          <TextArea screen={screen} name="reason" label={envelopeWords.reason} />
        ) : null,
      below: step === 'edit' ? null : <Said proposal={proposal} screen={screen} />,
    },
    screen,
  )
}

const statedOf = ({ terms, measures, title, source, ...said }: EnvelopeProposal): Stated => ({
  code: said.code,
  programme: said.programme,
  organization: said.organization,
  'title.fr': title.fr,
  'title.en': title.en,
  'source.document': source.document,
  'source.quote': source.quote,
  'source.title.fr': source.title?.fr ?? '',
  'source.title.en': source.title?.en ?? '',
  'source.url': source.url ?? '',
  'source.sha256': source.sha256 ?? '',
  ...Object.fromEntries(measures.map((measure, place) => [`measures.${place}`, measure])),
  ...Object.fromEntries(
    terms.flatMap((term, place) =>
      Object.entries({
        kind: term.kind,
        amount: term.amount.toString(),
        asStated: term.asStated,
        firstFiscalYear: term.firstFiscalYear,
        lastFiscalYear: term.lastFiscalYear ?? '',
        stated: String(term.stated),
      }).map(([name, value]) => [`terms.${place}.${name}`, value]),
    ),
  ),
})

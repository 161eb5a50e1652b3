import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import { shownWords } from '#features/programmes/plan-json.ts'
import { ErrorSummary, Field, Form, type Option, Select, TextArea } from '#platform/html/forms.tsx'
import { History } from '#platform/html/history.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { NextSteps, stepPage } from '#platform/html/steps.tsx'
import { type Suggested, Suggestions } from '#platform/html/suggestions.tsx'
import { Facts } from '#platform/html/table-fields.tsx'
import { say } from '#platform/i18n/format.ts'
import type { Stated } from './envelope-form.views.tsx'
import { type RelationField, relationFieldWords, statedWords } from './planned-form-words.ts'
import { relationWords } from './planned-words.ts'
import { proposalStateNames } from './proposal.ts'
import type { ProposalStep, Reader } from './proposal-offered.ts'
import { historyWords, signatures, waitingWords } from './proposal-words.ts'
import { relationKinds } from './relation.ts'
import type { RelationProposal } from './relation-proposal.ts'
import { stepWords } from './step-words.ts'

export interface RelationDocument {
  readonly proposal: RelationProposal
  readonly reader: Reader
  readonly steps: readonly ProposalStep[]
  readonly history: readonly HistoryLine[]
}

export interface RelationGround {
  readonly envelopes: readonly Suggested[]
  readonly documents: readonly Suggested[]
}

const words = {
  title: { fr: 'Proposer une relation entre enveloppes', en: 'Propose a relation of envelopes' },
  intro: {
    fr: 'Une relation dit si l’argent de deux enveloppes s’additionne. Approuvée, elle prend la place de ce qui était dit des deux mêmes.',
    en: 'A relation says whether the money of two envelopes adds up. Once approved, it takes the place of what was said of the same two.',
  },
  save: { fr: 'Enregistrer le brouillon', en: 'Save the draft' },
  back: { fr: 'Toutes les propositions', en: 'All proposals' },
  readingHint: {
    fr: 'D’une relation non énoncée, et d’elle seule : comment la lecture basse la prend.',
    en: 'Of a relation that is not stated, and of no other: how the low reading takes it.',
  },
  documentHint: {
    fr: 'Vide : celui de l’enveloppe d’où elle part.',
    en: 'Empty: that of the envelope it is from.',
  },
  none: { fr: '—', en: '—' },
} satisfies Record<string, Bilingual>

const readings: readonly Option[] = [
  { value: '', words: words.none },
  { value: 'replaces', words: relationWords.replaces },
  { value: 'includes', words: relationWords.includes },
]

const pathOf = ({ id }: RelationProposal): string => `/proposals/relations/${id}`

interface FieldsProps {
  readonly ground: RelationGround
  readonly stated: Stated
  readonly screen: Screen
}

export const newRelationPage = (ground: RelationGround, stated: Stated, screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={relationFieldWords} />
      <p>{say(words.intro, screen.language)}</p>
      <Form screen={screen} action="/proposals/relations/new">
        <RelationFields ground={ground} stated={stated} screen={screen} />
        <p>
          <button type="submit">{say(words.save, screen.language)}</button>
        </p>
      </Form>
      <p>
        <a href={pathIn(screen.language, '/proposals')}>{say(words.back, screen.language)}</a>
      </p>
    </>
  ),
})

function RelationFields({ ground, stated, screen }: FieldsProps): VNode {
  const field = (name: RelationField) => ({
    screen,
    name,
    label: relationFieldWords[name],
    value: stated[name] ?? '',
  })
  return (
    <>
      <Field {...field('from')} list="envelopes" />
      <Select
        {...field('kind')}
        options={relationKinds.map((kind) => ({ value: kind, words: relationWords[kind] }))}
      />
      <Field {...field('to')} list="envelopes" />
      <Select
        {...field('stated')}
        options={[
          { value: 'true', words: statedWords.true },
          { value: 'false', words: statedWords.false },
        ]}
      />
      <Select {...field('ifNotAdditive')} options={readings} hint={words.readingHint} optional />
      <TextArea {...field('citation')} />
      <Field {...field('document')} hint={words.documentHint} list="documents" optional />
      <Suggestions id="envelopes" of={ground.envelopes} language={screen.language} />
      <Suggestions id="documents" of={ground.documents} language={screen.language} />
    </>
  )
}

export function relationProposalPage(document: RelationDocument, screen: Screen): Page {
  const { proposal, reader, steps, history } = document
  const { language } = screen
  const { from, to, kind } = proposal
  return {
    title: {
      fr: `Relation proposée : ${from} ${relationWords[kind].fr} ${to}`,
      en: `Proposed relation: ${from} ${relationWords[kind].en} ${to}`,
    },
    main: (
      <>
        <NextSteps
          language={language}
          waiting={waitingWords(proposal, reader, steps)}
          steps={steps.map((step) => ({
            path: `${pathOf(proposal)}/${step}`,
            words: stepWords[step].open,
          }))}
        />
        <Said proposal={proposal} screen={screen} />
        <History lines={history} wordsOf={historyWords} language={language} />
        <p>
          <a href={pathIn(language, '/proposals')}>{say(words.back, language)}</a>
        </p>
      </>
    ),
  }
}

function Said({ proposal, screen }: { proposal: RelationProposal; screen: Screen }): VNode {
  const { language } = screen
  const { from, to, ifNotAdditive } = proposal
  const link = (code: string) => <a href={pathIn(language, `/envelopes/${code}`)}>{code}</a>
  return (
    <Facts
      language={language}
      facts={[
        [relationFieldWords.state, say(proposalStateNames[proposal.state], language)],
        [relationFieldWords.organization, proposal.organization],
        [relationFieldWords.from, link(from)],
        [relationFieldWords.kind, say(relationWords[proposal.kind], language)],
        [relationFieldWords.to, link(to)],
        [relationFieldWords.stated, say(statedWords[`${proposal.stated}`], language)],
        [
          relationFieldWords.ifNotAdditive,
          ifNotAdditive === null ? null : say(relationWords[ifNotAdditive], language),
        ],
        [
          relationFieldWords.citation,
          <blockquote key="citation">{shownWords(proposal.citation)}</blockquote>,
        ],
        [relationFieldWords.document, proposal.document],
        ...signatures(proposal),
      ]}
    />
  )
}

export function relationStepPage(
  { proposal, steps }: RelationDocument,
  ground: RelationGround,
  step: ProposalStep,
  screen: Screen,
): Page {
  const { open, doIt } = stepWords[step]
  const { from, to } = proposal
  return stepPage(
    {
      title: { fr: `${open.fr} ${from} – ${to}`, en: `${open.en} ${from} – ${to}` },
      document: pathOf(proposal),
      step,
      version: proposal.version,
      doIt,
      isDanger: step === 'delete',
      isPossible: steps.includes(step),
      labels: relationFieldWords,
      fields:
        step === 'edit' ? (
          <RelationFields ground={ground} stated={statedOf(proposal)} screen={screen} />
        ) : step === 'return' ? (
          <TextArea screen={screen} name="reason" label={relationFieldWords.reason} />
        ) : null,
      below: step === 'edit' ? null : <Said proposal={proposal} screen={screen} />,
    },
    screen,
  )
}

const statedOf = (proposal: RelationProposal): Stated => ({
  from: proposal.from,
  to: proposal.to,
  kind: proposal.kind,
  stated: String(proposal.stated),
  ifNotAdditive: proposal.ifNotAdditive ?? '',
  citation: proposal.citation,
  document: proposal.document,
})

import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { isZero } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import { flagWordsOf } from '#features/journal/flag-words.ts'
import { History } from '#platform/html/history.tsx'
import { isOffered, type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { NextSteps } from '#platform/html/steps.tsx'
import { Facts } from '#platform/html/table-fields.tsx'
import { formatAmount, formatDate, formatFiscalYear, say } from '#platform/i18n/format.ts'
import { type Expenditure, netOf } from './expenditure.ts'
import { RequestsList } from './expenditure-requests.views.tsx'
import { fieldWords } from './expenditure-words.ts'
import { historyWords } from './history.ts'
import { stateNames } from './lifecycle.ts'
import { isOwnWork, type Reader, type Step } from './offered.ts'
import { stepWords } from './step-words.ts'

export interface DocumentFacts {
  readonly expenditure: Expenditure
  readonly reader: Reader
  readonly steps: readonly Step[]
  /** By number, where the reader sees it. */
  readonly commitment: string | null
  readonly history: readonly HistoryLine[]
}

const words = {
  requests: { fr: 'Demandes', en: 'Requests' },
  net: { fr: 'Montant net', en: 'Net amount' },
  refunded: { fr: 'Remboursé', en: 'Refunded' },
  recordedIn: { fr: 'Période d’inscription', en: 'Recorded period' },
  flags: { fr: 'Signalements', en: 'Flags' },
  source: { fr: 'Source publiée', en: 'Published source' },
  preparedBy: { fr: 'Saisie par', en: 'Entered by' },
  changedBy: { fr: 'Modifiée par', en: 'Changed by' },
  submittedBy: { fr: 'Soumise par', en: 'Submitted by' },
  approvedBy: { fr: 'Approuvée par', en: 'Approved by' },
  position: { fr: 'Position', en: 'Position' },
  entry: { fr: 'Écriture', en: 'Entry' },
  reversedBy: { fr: 'Contre-passée par l’écriture', en: 'Reversed by entry' },
  from: { fr: 'Reclassée depuis', en: 'Reclassified from' },
  to: { fr: 'Reclassée vers', en: 'Reclassified to' },
  another: { fr: 'l’autre dépense', en: 'the other expenditure' },
  list: { fr: 'Toutes les dépenses', en: 'All expenditures' },
} satisfies Record<string, Bilingual>

/** What the reader can expect, where there is nothing for them to do. */
const waiting = {
  draft: {
    fr: 'C’est un brouillon : les agents financiers de l’organisme peuvent le modifier et le soumettre.',
    en: 'It is a draft: the officers of the organization can change and submit it.',
  },
  submitted: {
    fr: 'Elle attend l’approbation d’une autre personne que celles qui l’ont saisie, modifiée ou soumise.',
    en: 'It waits for the approval of somebody other than those who entered, changed or submitted it.',
  },
  posted: {
    fr: 'Elle est comptabilisée : elle ne peut plus qu’être remboursée, reclassée ou contre-passée, à la demande d’un agent financier.',
    en: 'It is posted: it can only be refunded, reclassified or reversed, when an officer asks.',
  },
  reversed: {
    fr: 'Elle est contre-passée : elle ne compte plus et ne change plus.',
    en: 'It is reversed: it no longer counts, and no longer changes.',
  },
} satisfies Record<Expenditure['state'], Bilingual>

export function documentPage(facts: DocumentFacts, screen: Screen): Page {
  const { expenditure } = facts
  const { language } = screen
  return {
    title: titleOf(expenditure),
    main: (
      <>
        <Steps facts={facts} screen={screen} />
        <Said facts={facts} screen={screen} />
        {expenditure.requests.length > 0 && (
          <section>
            <h2>{say(words.requests, language)}</h2>
            <RequestsList expenditure={expenditure} reader={facts.reader} screen={screen} />
          </section>
        )}
        <History lines={facts.history} wordsOf={historyWords} language={language} />
        <p>
          <a href={pathIn(language, '/expenditures')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

export const titleOf = ({ number }: Expenditure): Bilingual => ({
  fr: `Dépense ${number}`,
  en: `Expenditure ${number}`,
})

function Steps({ facts, screen }: { facts: DocumentFacts; screen: Screen }): VNode {
  const { expenditure, steps, reader } = facts
  const isTheirs = expenditure.state === 'submitted' && isOwnWork(expenditure, reader)
  return (
    <NextSteps
      language={screen.language}
      waiting={steps.length === 0 || isTheirs ? waiting[expenditure.state] : null}
      steps={steps.map((step) => ({
        path: `/expenditures/${expenditure.id}/${step}`,
        words: stepWords[step].open,
      }))}
    />
  )
}

/** Every field of the document, and who did what with it. */
export function Said({ facts, screen }: { facts: DocumentFacts; screen: Screen }): VNode {
  const { expenditure, commitment } = facts
  const { language } = screen
  const { source, refunded, flags, recordedIn } = expenditure
  const amount = formatAmount(expenditure.amount, language)
  const isCorrected = expenditure.state === 'reversed' || !isZero(refunded)
  return (
    <Facts
      language={language}
      facts={[
        [fieldWords.state, say(stateNames[expenditure.state], language)],
        [fieldWords.organization, expenditure.organization],
        [fieldWords.measure, expenditure.measure],
        [fieldWords.envelope, expenditure.envelope],
        [fieldWords.serviceDate, formatDate(expenditure.serviceDate, language)],
        [fieldWords.fiscalYear, formatFiscalYear(expenditure.fiscalYear, language)],
        [words.recordedIn, recordedIn === null ? null : periodKey(recordedIn)],
        [fieldWords.documentNumber, quoted(expenditure, expenditure.documentNumber)],
        [fieldWords.documentDate, dayOr(expenditure.documentDate, language)],
        [fieldWords.supplier, expenditure.supplier],
        [fieldWords.description, quoted(expenditure, expenditure.description)],
        [fieldWords.amount, amount],
        [words.refunded, isZero(refunded) ? null : formatAmount(refunded, language)],
        [words.net, isCorrected ? formatAmount(netOf(expenditure), language) : null],
        [
          fieldWords.commitment,
          commitment === null ? null : (
            <a href={pathIn(language, `/commitments/${expenditure.commitment}`)}>{commitment}</a>
          ),
        ],
        [
          fieldWords.justification,
          expenditure.justification === null
            ? null
            : quoted(expenditure, expenditure.justification),
        ],
        [words.flags, flags.length === 0 ? null : <FlagList flags={flags} screen={screen} />],
        [
          words.source,
          source === null ? null : quoted(expenditure, `${source.document}, ${source.row}`),
        ],
        [words.preparedBy, expenditure.preparedBy],
        [
          words.changedBy,
          expenditure.changedBy === expenditure.preparedBy ? null : expenditure.changedBy,
        ],
        [words.submittedBy, expenditure.submittedBy],
        [words.approvedBy, expenditure.approvedBy],
        [words.entry, recorded('/journal', expenditure.entry, screen)],
        [words.position, recorded('/events', expenditure.position, screen)],
        [words.reversedBy, recorded('/journal', expenditure.reversedBy, screen)],
        [words.from, other(expenditure.reclassifiedFrom, screen)],
        [words.to, other(expenditure.reclassifiedTo, screen)],
      ]}
    />
  )
}

/** Published federal figures, which have no measure, are quoted from a source in English. */
const quoted = ({ source, measure }: Expenditure, text: string): VNode | string =>
  source !== null && measure === null ? <span lang="en-CA">{text}</span> : text

const dayOr = (day: Expenditure['documentDate'], language: Screen['language']): string | null =>
  day === null ? null : formatDate(day, language)

/** A link for whom such pages are there. */
function recorded(list: string, id: string | number | null, screen: Screen): VNode | null {
  if (id === null) {
    return null
  }
  return isOffered(screen, list) ? (
    <a href={pathIn(screen.language, `${list}/${id}`)}>{id}</a>
  ) : (
    <span>{id}</span>
  )
}

const other = (id: string | null, { language }: Screen): VNode | null =>
  id === null ? null : (
    <a href={pathIn(language, `/expenditures/${id}`)}>{say(words.another, language)}</a>
  )

export function FlagList({ flags, screen }: { flags: readonly string[]; screen: Screen }): VNode {
  const { language } = screen
  return (
    <ul>
      {flags.map((flag) => {
        const said = flagWordsOf(flag)
        return (
          <li key={flag}>
            {said === undefined
              ? flag
              : `${say(said.label, language)} – ${say(said.meaning, language)}`}
          </li>
        )
      })}
    </ul>
  )
}

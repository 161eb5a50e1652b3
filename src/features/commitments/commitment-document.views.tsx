import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { isZero } from '#core/money.ts'
import { periodKey } from '#core/period.ts'
import type { Column, TableRow } from '#core/table.ts'
import type { HistoryLine } from '#features/audit/history.ts'
import { stepWords } from '#features/funding/step-words.ts'
import { flagWordsOf } from '#features/journal/flag-words.ts'
import { Files } from '#platform/html/files.tsx'
import { Field, TextArea } from '#platform/html/forms.tsx'
import { History } from '#platform/html/history.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { NextSteps, stepPage } from '#platform/html/steps.tsx'
import { Facts } from '#platform/html/table-fields.tsx'
import { TableView } from '#platform/html/table-view.tsx'
import { formatAmount, formatFiscalYear, say } from '#platform/i18n/format.ts'
import { type Commitment, heldOf } from './commitment.ts'
import { Statement, type StatementGround } from './commitment-form.views.tsx'
import { fieldWords, historyWords } from './commitment-words.ts'
import { stateNames } from './lifecycle.ts'
import type { Movement } from './movement.ts'
import { movementsTable } from './movements.table.ts'
import { isOwnWork, type Reader, type Step } from './offered.ts'

export interface CommitmentDocument {
  readonly commitment: Commitment
  readonly reader: Reader
  readonly steps: readonly Step[]
  readonly movements: readonly Movement[]
  readonly history: readonly HistoryLine[]
}

const words = {
  heldIn: { fr: 'Exercice qui porte l’argent', en: 'Fiscal year that holds the money' },
  recordedIn: { fr: 'Période d’inscription', en: 'Recorded period' },
  consumed: { fr: 'Consommé', en: 'Consumed' },
  released: { fr: 'Dégagé', en: 'Released' },
  remaining: { fr: 'Reste engagé', en: 'Remains committed' },
  flags: { fr: 'Signalements', en: 'Flags' },
  preparedBy: { fr: 'Saisi par', en: 'Entered by' },
  changedBy: { fr: 'Modifié par', en: 'Changed by' },
  submittedBy: { fr: 'Soumis par', en: 'Submitted by' },
  approvedBy: { fr: 'Approuvé par', en: 'Approved by' },
  releasedBy: { fr: 'Dégagé par', en: 'Released by' },
  position: { fr: 'Position', en: 'Position' },
  entry: { fr: 'Écriture', en: 'Entry' },
  movements: { fr: 'Consommation', en: 'Consumption' },
  list: { fr: 'Tous les engagements', en: 'All commitments' },
  amountHint: {
    fr: 'Vide : tout ce qui reste engagé, et l’engagement est fermé.',
    en: 'Empty: all that remains committed, and the commitment is closed.',
  },
} satisfies Record<string, Bilingual>

/** What the reader can expect, where there is nothing for them to do. */
const waiting = {
  draft: {
    fr: 'C’est un brouillon : les agents financiers de l’organisme peuvent le modifier et le soumettre.',
    en: 'It is a draft: the officers of the organization can change and submit it.',
  },
  submitted: {
    fr: 'Il attend l’approbation d’une autre personne que celles qui l’ont saisi, modifié ou soumis.',
    en: 'It waits for the approval of somebody other than those who entered, changed or submitted it.',
  },
  approved: {
    fr: 'Il est approuvé : des dépenses le consomment, et un approbateur qui ne l’a pas préparé peut en dégager le reste.',
    en: 'It is approved: expenditures consume it, and an approver who did not prepare it can release the rest.',
  },
  closed: {
    fr: 'Il est fermé : il n’en reste rien, et il ne change plus.',
    en: 'It is closed: nothing remains of it, and it no longer changes.',
  },
} satisfies Record<Commitment['state'], Bilingual>

const pathOf = ({ id }: Commitment): string => `/commitments/${id}`

export function commitmentPage(document: CommitmentDocument, screen: Screen): Page {
  const { commitment, steps, reader, movements, history } = document
  const { language } = screen
  const isTheirs = commitment.state === 'submitted' && isOwnWork(commitment, reader)
  return {
    title: { fr: `Engagement ${commitment.number}`, en: `Commitment ${commitment.number}` },
    main: (
      <>
        <NextSteps
          language={language}
          waiting={steps.length === 0 || isTheirs ? waiting[commitment.state] : null}
          steps={steps.map((step) => ({
            path: `${pathOf(commitment)}/${step}`,
            words: stepWords[step].open,
          }))}
        />
        <Said commitment={commitment} screen={screen} />
        {movements.length > 0 && <Consumption document={document} screen={screen} />}
        <History lines={history} wordsOf={historyWords} language={language} />
        <p>
          <a href={pathIn(language, '/commitments')}>{say(words.list, language)}</a>
        </p>
      </>
    ),
  }
}

/** Every field of the document, and who did what with it. */
function Said({ commitment, screen }: { commitment: Commitment; screen: Screen }): VNode {
  const { language } = screen
  const { measure, envelope, consumed, released, flags, recordedIn, heldIn, position } = commitment
  const held = heldOf(commitment)
  const link = (path: string, code: string) => <a href={pathIn(language, path)}>{code}</a>
  return (
    <Facts
      language={language}
      facts={[
        [fieldWords.state, say(stateNames[commitment.state], language)],
        [fieldWords.organization, commitment.organization],
        [fieldWords.measure, measure === null ? null : link(`/measures/${measure}`, measure)],
        [fieldWords.envelope, link(`/envelopes/${envelope}`, envelope)],
        [fieldWords.fiscalYear, formatFiscalYear(commitment.fiscalYear, language)],
        [
          words.heldIn,
          heldIn === commitment.fiscalYear ? null : formatFiscalYear(heldIn, language),
        ],
        [words.recordedIn, recordedIn === null ? null : periodKey(recordedIn)],
        [fieldWords.supplier, commitment.supplier],
        [fieldWords.reference, commitment.reference],
        [fieldWords.description, commitment.description],
        [fieldWords.amount, formatAmount(commitment.amount, language)],
        [words.consumed, isZero(consumed) ? null : formatAmount(consumed, language)],
        [words.released, isZero(released) ? null : formatAmount(released, language)],
        [words.remaining, held === null ? null : formatAmount(held, language)],
        [words.flags, flags.length === 0 ? null : <FlagList flags={flags} screen={screen} />],
        [words.preparedBy, commitment.preparedBy],
        [
          words.changedBy,
          commitment.changedBy === commitment.preparedBy ? null : commitment.changedBy,
        ],
        [words.submittedBy, commitment.submittedBy],
        [words.approvedBy, commitment.approvedBy],
        [words.releasedBy, commitment.releasedBy],
        [words.entry, commitment.entry],
        [words.position, position === null ? null : String(position)],
      ]}
    />
  )
}

const FlagList = ({ flags, screen }: { flags: readonly string[]; screen: Screen }): VNode => (
  <ul>
    {flags.map((flag) => {
      const said = flagWordsOf(flag)
      const [label, meaning] = [said?.label, said?.meaning].map((each) =>
        each === undefined ? flag : say(each, screen.language),
      )
      return <li key={flag}>{`${label} – ${meaning}`}</li>
    })}
  </ul>
)

/** What came of its money, entry by entry. */
function Consumption({
  document,
  screen,
}: {
  document: CommitmentDocument
  screen: Screen
}): VNode {
  const { commitment, movements } = document
  const { language } = screen
  const table = movementsTable(commitment, movements)
  const expenditures = new Map<TableRow, string | undefined>(
    table.rows.map((row, place) => [row, movements[place]?.expenditure?.id]),
  )
  const hrefOf = (row: TableRow, { key }: Column): string | null => {
    const id = key === 'document' ? expenditures.get(row) : undefined
    return id === undefined ? null : pathIn(language, `/expenditures/${id}`)
  }
  return (
    <section>
      <h2>{say(words.movements, language)}</h2>
      <Files language={language} path={`${pathOf(commitment)}/movements`} />
      <TableView table={table} language={language} hrefOf={hrefOf} />
    </section>
  )
}

/** A step of the document: its form alone, and the document below. */
export function commitmentStepPage(
  { commitment, steps }: CommitmentDocument,
  ground: StatementGround,
  step: Step,
  screen: Screen,
): Page {
  const { open, doIt } = stepWords[step]
  const { number } = commitment
  const reason = <TextArea screen={screen} name="reason" label={fieldWords.reason} />
  const fieldsOf = {
    edit: () => <Edited commitment={commitment} ground={ground} screen={screen} />,
    return: () => reason,
    release: () => (
      <>
        <Field
          screen={screen}
          name="amount"
          label={fieldWords.amount}
          hint={words.amountHint}
          inputMode="decimal"
          optional
        />
        {reason}
      </>
    ),
    submit: () => null,
    delete: () => null,
    approve: () => null,
  } satisfies Record<Step, () => VNode | null>
  return stepPage(
    {
      title: { fr: `${open.fr} ${number}`, en: `${open.en} ${number}` },
      document: pathOf(commitment),
      step,
      version: commitment.version,
      doIt,
      isDanger: step === 'delete',
      isPossible: steps.includes(step),
      labels: fieldWords,
      fields: fieldsOf[step](),
      below: step === 'edit' ? null : <Said commitment={commitment} screen={screen} />,
    },
    screen,
  )
}

interface EditedProps {
  readonly commitment: Commitment
  readonly ground: StatementGround
  readonly screen: Screen
}

/** A measure tells its envelope: left there, it would contradict another measure. */
function Edited({ commitment, ground, screen }: EditedProps): VNode {
  const { organization, measure, envelope, fiscalYear, supplier, reference, description } =
    commitment
  const stated = {
    organization,
    ...(measure === null ? { envelope } : { measure }),
    fiscalYear,
    supplier,
    reference,
    description,
    amount: commitment.amount.toString(),
  }
  return <Statement ground={ground} stated={stated} screen={screen} />
}

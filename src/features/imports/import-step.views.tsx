import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { FileFields, fileLabels } from '#platform/html/file-fields.tsx'
import { ErrorSummary, Form, TextArea } from '#platform/html/forms.tsx'
import { type Page, pathIn, type Screen } from '#platform/html/page.ts'
import { formatAmount, formatCount, say } from '#platform/i18n/format.ts'
import type { ImportBatch } from './import.ts'
import type { ImportStep } from './import-next.ts'
import { understoodLines } from './understood.ts'

const words = {
  reason: { fr: 'Motif', en: 'Reason' },
  justification: { fr: 'Justification', en: 'Justification' },
  justificationHint: {
    fr: 'Demandée si une dépense dépasse ce qui reste dans son enveloppe.',
    en: 'Needed when an expenditure goes beyond what is left in its envelope.',
  },
  file: { fr: 'Fichier', en: 'File' },
  expenditures: { fr: 'Dépenses', en: 'Expenditures' },
  amount: { fr: 'Montant', en: 'Amount' },
  again: { fr: 'Relire le fichier', en: 'Read the file again' },
  againHint: {
    fr: 'Ce qui a été compris du fichier. Dites ce qui doit être lu autrement; l’aperçu est refait, et rien n’est inscrit.',
    en: 'What was understood of the file. Say what is to be read otherwise; the preview is made again, and nothing is recorded.',
  },
  back: { fr: 'Revenir à l’import', en: 'Back to the import' },
} satisfies Record<string, Bilingual>

export type PlainStep = Exclude<ImportStep, 'confirm' | 'read-again'>

interface StepWords {
  readonly label: Bilingual
  readonly hint: Bilingual
  readonly field: 'reason' | 'justification' | null
}

export const stepWords: Readonly<Record<PlainStep, StepWords>> = {
  discard: {
    label: { fr: 'Jeter l’aperçu', en: 'Throw the preview away' },
    hint: {
      fr: 'Rien n’a été inscrit : l’aperçu disparaît sans laisser de trace.',
      en: 'Nothing was recorded: the preview goes without a trace.',
    },
    field: null,
  },
  submit: {
    label: { fr: 'Soumettre l’import', en: 'Submit the import' },
    hint: {
      fr: 'Toutes ses dépenses iront à l’approbation ensemble.',
      en: 'All of its expenditures go to approval together.',
    },
    field: null,
  },
  approve: {
    label: { fr: 'Approuver l’import', en: 'Approve the import' },
    hint: {
      fr: 'Toutes ses dépenses seront comptabilisées, ou aucune.',
      en: 'All of its expenditures are posted, or none.',
    },
    field: 'justification',
  },
  return: {
    label: { fr: 'Retourner l’import', en: 'Return the import' },
    hint: {
      fr: 'Toutes ses dépenses redeviennent des brouillons, avec votre motif.',
      en: 'All of its expenditures become drafts again, with your reason.',
    },
    field: 'reason',
  },
  reverse: {
    label: { fr: 'Contre-passer l’import', en: 'Reverse the import' },
    hint: {
      fr: 'Ses brouillons sont supprimés; ce qui est comptabilisé est contre-passé quand une autre personne l’approuve.',
      en: 'Its drafts are deleted; what is posted is reversed once somebody else approves it.',
    },
    field: 'reason',
  },
  'approve-reversal': {
    label: { fr: 'Approuver la contre-passation', en: 'Approve the reversal' },
    hint: {
      fr: 'Toutes les dépenses de l’import seront contre-passées.',
      en: 'All expenditures of the import are reversed.',
    },
    field: null,
  },
  'refuse-reversal': {
    label: { fr: 'Refuser la contre-passation', en: 'Refuse the reversal' },
    hint: {
      fr: 'L’import reste comptabilisé, et votre refus est inscrit.',
      en: 'The import stays posted, and your refusal is recorded.',
    },
    field: 'reason',
  },
}

/** One step of an import on a page of its own: what it does, to how much, and why. */
export function importStepPage(batch: ImportBatch, step: PlainStep, screen: Screen): Page {
  const { language } = screen
  const { label, hint, field } = stepWords[step]
  const { confirmed, file } = batch
  return {
    title: label,
    main: (
      <>
        <ErrorSummary screen={screen} labels={words} />
        <dl>
          <dt>{say(words.file, language)}</dt>
          <dd>{file.name}</dd>
          {confirmed !== null && (
            <>
              <dt>{say(words.expenditures, language)}</dt>
              <dd>{formatCount(confirmed.rows, language)}</dd>
              <dt>{say(words.amount, language)}</dt>
              <dd>{formatAmount(confirmed.amount, language)}</dd>
            </>
          )}
        </dl>
        <p>{say(hint, language)}</p>
        <Form screen={screen} action={`/imports/${batch.id}/${step}`} version={batch.version}>
          <StepField field={field} screen={screen} />
          <p>
            <button type="submit">{say(label, language)}</button>{' '}
            <a href={pathIn(language, `/imports/${batch.id}`)}>{say(words.back, language)}</a>
          </p>
        </Form>
      </>
    ),
  }
}

function StepField({ field, screen }: { field: StepWords['field']; screen: Screen }): VNode | null {
  if (field === null) {
    return null
  }
  return field === 'reason' ? (
    <TextArea screen={screen} name="reason" label={words.reason} />
  ) : (
    <TextArea
      screen={screen}
      name="justification"
      label={words.justification}
      hint={words.justificationHint}
      optional
    />
  )
}

/** What was understood of a preview, and how to say it otherwise. */
export function readAgainPage(
  { id, asked, understood, version }: ImportBatch,
  screen: Screen,
): Page {
  const { language } = screen
  return {
    title: words.again,
    main: (
      <>
        <ErrorSummary screen={screen} labels={fileLabels} />
        <p>{say(words.againHint, language)}</p>
        <ul>
          {understoodLines(understood).map((line) => (
            <li key={line.en}>{say(line, language)}</li>
          ))}
        </ul>
        <Form screen={screen} action={`/imports/${id}/read-again`} version={version}>
          <FileFields screen={screen} asked={asked} />
          <p>
            <button type="submit">{say(words.again, language)}</button>{' '}
            <a href={pathIn(language, `/imports/${id}`)}>{say(words.back, language)}</a>
          </p>
        </Form>
      </>
    ),
  }
}

import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import type { ImportBatch, ImportState } from './import.ts'

/**
 * Who may move an import, and from which state. A preview is confirmed once; what it made is
 * submitted and approved as a whole, by two people; and it is reversed once. A file with a row that
 * is rejected, or that changes a document, is confirmed only as far as a person chose its rows.
 */
export const importStateNames: Readonly<Record<ImportState, Bilingual>> = {
  previewed: { fr: 'aperçu', en: 'a preview' },
  confirmed: { fr: 'confirmé', en: 'confirmed' },
  submitted: { fr: 'soumis', en: 'submitted' },
  posted: { fr: 'comptabilisé', en: 'posted' },
  'reversal-asked': { fr: 'contre-passation demandée', en: 'asked to be reversed' },
  reversed: { fr: 'contre-passé', en: 'reversed' },
}

export const importNotFound = (): Problem =>
  new Problem('not-found', 'imports/not-found', {
    fr: 'Cet import n’existe pas, ou vous n’y avez pas accès.',
    en: 'There is no such import, or you may not see it.',
  })

export function requireImportState(
  { file, state }: ImportBatch,
  allowed: readonly ImportState[],
  verb: Bilingual,
): void {
  if (!allowed.includes(state)) {
    throw new Problem('conflict', 'imports/wrong-state', {
      fr: `L’import de « ${file.name} » est à l’état « ${importStateNames[state].fr} » : impossible de ${verb.fr}.`,
      en: `The import of “${file.name}” is ${importStateNames[state].en}: it cannot be ${verb.en}.`,
    })
  }
}

/** @throws Problem `imports/stale` when somebody moved it since it was shown. */
export function requireImportVersion({ file, version }: ImportBatch, shown: number): void {
  if (version !== shown) {
    throw new Problem('stale', 'imports/stale', {
      fr: `L’import de « ${file.name} » a changé depuis que vous l’avez vu (version ${shown}, maintenant ${version}). Relisez-le.`,
      en: `The import of “${file.name}” has changed since you saw it (version ${shown}, now ${version}). Read it again.`,
    })
  }
}

export function requireOtherThanImporter(
  { file, preparedBy, confirmed, submittedBy }: ImportBatch,
  actor: string,
): void {
  if ([preparedBy, confirmed?.by, submittedBy].includes(actor)) {
    throw new Problem('forbidden', 'imports/own-work', {
      fr: `Vous avez importé ou soumis « ${file.name} » : une autre personne doit l’approuver.`,
      en: `You imported or submitted “${file.name}”: somebody else must approve it.`,
    })
  }
}

/** Without a choice of rows, a file is taken whole: nothing in it may be left for later. */
export function requireWhole(
  { tallies }: ImportBatch,
  rejected: readonly Issue[],
  changed: readonly number[],
): void {
  if (tallies.rejected.rows > 0) {
    throw new Problem(
      'refused',
      'imports/rows-rejected',
      {
        fr: `Rien n’a été importé : ${tallies.rejected.rows} ligne(s) sont rejetées. Corrigez le classeur d’anomalies, ou choisissez les lignes à importer.`,
        en: `Nothing was imported: ${tallies.rejected.rows} row(s) are rejected. Correct the error workbook, or choose the rows to import.`,
      },
      { issues: rejected },
    )
  }
  if (tallies.changed.rows > 0) {
    const detail = {
      fr: `Rien n’a été importé : ${tallies.changed.rows} ligne(s) diffèrent d’une dépense déjà là par la date ou le montant. Choisissez les lignes à importer.`,
      en: `Nothing was imported: ${tallies.changed.rows} row(s) differ from an expenditure that is there by date or amount. Choose the rows to import.`,
    }
    throw new Problem('refused', 'imports/rows-to-choose', detail, {
      issues: changed.map((row) => ({ pointer: '', code: 'imports/rows-to-choose', detail, row })),
    })
  }
}

export const nothingNew = ({ file }: ImportBatch): Problem =>
  new Problem('conflict', 'imports/nothing-new', {
    fr: `Il n’y a rien de nouveau dans « ${file.name} » : toutes ses lignes sont déjà là.`,
    en: `There is nothing new in “${file.name}”: all of its rows are there already.`,
  })

export const nothingInIt = (name: string): Problem =>
  new Problem('refused', 'imports/nothing-in-it', {
    fr: `Il n’y a aucune dépense dans « ${name} ». Inscrivez-en une par ligne sous les titres (sous l’exemple, dans un gabarit), puis importez-le de nouveau.`,
    en: `There is no expenditure in “${name}”. Enter one a row under the headings (under the example, in a template), then import it again.`,
  })

export const noRowChosen = (): Problem =>
  new Problem('refused', 'imports/no-row-chosen', {
    fr: 'Rien n’a été importé : aucune ligne n’est choisie. Cochez des lignes, ou confirmez tout le fichier.',
    en: 'Nothing was imported: no row is chosen. Check some rows, or confirm the whole file.',
  })

export const notImportable = (rows: readonly number[]): Problem => {
  const detail = {
    fr: 'Cette ligne est rejetée, déjà enregistrée ou absente du fichier.',
    en: 'This row is rejected, recorded already or not in the file.',
  }
  return new Problem(
    'refused',
    'imports/row-not-importable',
    {
      fr: `Rien n’a été importé : ${rows.length} ligne(s) choisies ne peuvent pas l’être.`,
      en: `Nothing was imported: ${rows.length} chosen row(s) cannot be.`,
    },
    {
      issues: rows.slice(0, 100).map((row) => ({
        pointer: '/rows',
        code: 'imports/row-not-importable',
        detail,
        row,
      })),
    },
  )
}

export const recordedMeanwhile = (
  rows: readonly { readonly place: number; readonly number: string }[],
): Problem =>
  new Problem(
    'conflict',
    'imports/recorded-meanwhile',
    {
      fr: 'Rien n’a été importé : des dépenses semblables ont été inscrites depuis l’aperçu. Chargez le fichier de nouveau.',
      en: 'Nothing was imported: expenditures like these were entered since the preview. Load the file again.',
    },
    {
      issues: rows.map(({ place, number }) => ({
        pointer: '',
        code: 'imports/recorded-meanwhile',
        detail: {
          fr: `La dépense ${number} dit la même chose que cette ligne, ou presque.`,
          en: `Expenditure ${number} says the same as this row, or nearly.`,
        },
        row: place,
        value: number,
      })),
    },
  )

/** A document that cannot follow the others: the whole stays where it is. */
export const documentInTheWay = (
  rows: readonly { readonly place: number; readonly detail: Bilingual; readonly code: string }[],
  count: number,
  verb: Bilingual,
): Problem =>
  new Problem(
    'conflict',
    'imports/documents-in-the-way',
    {
      fr: `Rien n’a changé : ${count} dépense(s) de cet import empêchent de ${verb.fr}.`,
      en: `Nothing has changed: ${count} expenditure(s) of this import keep it from being ${verb.en}.`,
    },
    {
      issues: rows.map(({ place, detail, code }) => ({ pointer: '', code, detail, row: place })),
    },
  )

export const rowsRefusedNow = (issues: readonly Issue[]): Problem =>
  new Problem(
    'refused',
    'imports/rows-refused',
    {
      fr: `Rien n’a été importé : ${issues.length} anomalie(s) dans le fichier.`,
      en: `Nothing was imported: ${issues.length} finding(s) in the file.`,
    },
    { issues },
  )

export function requireOtherThanReverser({ file, reversal }: ImportBatch, actor: string): void {
  if (reversal?.askedBy === actor) {
    throw new Problem('forbidden', 'imports/own-request', {
      fr: `Vous avez demandé la contre-passation de « ${file.name} » : une autre personne doit la décider.`,
      en: `You asked for the reversal of “${file.name}”: somebody else must decide it.`,
    })
  }
}

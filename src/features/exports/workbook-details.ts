import type { Bilingual } from '#core/language.ts'
import type { Movement } from './detail.ts'
import { described } from './workbook-columns.ts'
import { rowKeyColumns } from './workbook-planned.ts'

/**
 * The columns of the spending behind a reconciliation. The nine that an import reads bear the names
 * that it reads (docs/architecture.md, "Files"): organization, measure, envelope, date, amount, document,
 * supplier, description.
 */
const cellColumns = [
  described(
    'line',
    ['Rang', 'Line'],
    ['Rang de la ligne, cité par les exceptions.', 'Number of the line, cited by the exceptions.'],
  ),
  described(
    'number',
    ['Numéro', 'Number'],
    ['Numéro de la dépense.', 'Number of the expenditure.'],
  ),
  described(
    'movement',
    ['Mouvement', 'Movement'],
    [
      'Dépense, ou ce qui l’a reprise : contre-passation, remboursement.',
      'Expenditure, or what took it back: reversal, refund.',
    ],
  ),
  described(
    'organization',
    ['Organisme', 'Organization'],
    ['Organisme qui a inscrit la dépense.', 'Organization that recorded the expenditure.'],
  ),
  described('measure', ['Mesure', 'Measure'], ['Code de la mesure.', 'Code of the measure.']),
  described(
    'envelope',
    ['Enveloppe', 'Envelope'],
    [
      'Code de l’enveloppe; aucune pour les ressources propres.',
      'Code of the envelope; none for own resources.',
    ],
  ),
  described('axis', ['Axe', 'Axis'], ['Axe de la mesure.', 'Axis of the measure.']),
  described(
    'lead',
    ['Porteur', 'Lead'],
    [
      'Porteur de la mesure, ou responsable de l’enveloppe.',
      'Lead of the measure, or who is responsible for the envelope.',
    ],
  ),
  described(
    'fiscalYear',
    ['Exercice', 'Fiscal year'],
    ['Exercice de la date de service.', 'Fiscal year of the service date.'],
  ),
  described(
    'recordedIn',
    ['Période', 'Period'],
    ['Période qui a inscrit la dépense.', 'Period that recorded the expenditure.'],
  ),
]

const documentColumns = [
  described(
    'serviceDate',
    ['Date', 'Date'],
    ['Date de service, qui décide de l’exercice.', 'Service date, which decides the fiscal year.'],
  ),
  described(
    'documentNumber',
    ['Pièce', 'Document'],
    ['Numéro de la pièce justificative.', 'Number of the supporting document.'],
  ),
  described('supplier', ['Fournisseur', 'Supplier'], ['À qui l’on a payé.', 'Who was paid.']),
  described(
    'description',
    ['Description', 'Description'],
    ['Ce qui a été payé.', 'What was paid for.'],
    40,
  ),
  described(
    'amount',
    ['Montant', 'Amount'],
    ['Montant en dollars canadiens.', 'Amount in Canadian dollars.'],
  ),
  described(
    'ownResources',
    ['Ressources propres', 'Own resources'],
    [
      'Vrai si l’organisme a payé sans enveloppe : le montant n’est pas du « dépensé ».',
      'True if the organization paid without an envelope: the amount is not “spent”.',
    ],
  ),
  described(
    'flags',
    ['Signalements', 'Flags'],
    ['Ce qu’il faut savoir de la dépense.', 'What one must know of the expenditure.'],
  ),
]

const trailColumns = [
  described(
    'batch',
    ['Lot importé', 'Import'],
    ['Identifiant de l’import qui l’a apportée.', 'Id of the import that brought it.'],
  ),
  described(
    'file',
    ['Fichier', 'File'],
    [
      'Fichier importé, ou document public, où le montant a été lu; — s’il a été saisi.',
      'Imported file, or public document, where the amount was read; — if it was typed.',
    ],
  ),
  described('row', ['Rangée', 'Row'], ['Rangée de ce fichier.', 'Row of that file.']),
  described(
    'entry',
    ['Écriture', 'Entry'],
    ['Identifiant de l’écriture au journal.', 'Id of the journal entry.'],
  ),
  described(
    'position',
    ['Position', 'Position'],
    ['Position de l’événement qui l’a inscrite.', 'Position of the event that recorded it.'],
  ),
  described('preparedBy', ['Saisie par', 'Entered by'], ['Qui l’a saisie.', 'Who entered it.']),
  described(
    'approvedBy',
    ['Approuvée par', 'Approved by'],
    ['Qui l’a approuvée.', 'Who approved it.'],
  ),
  described(
    'href',
    ['Page', 'Page'],
    ['Page de la dépense dans Vigie.', 'Page of the expenditure in Vigie.'],
    24,
  ),
]

export const detailColumns = [...cellColumns, ...documentColumns, ...trailColumns, ...rowKeyColumns]

export const movementWords: Readonly<Record<Movement, Bilingual>> = {
  expenditure: { fr: 'Dépense', en: 'Expenditure' },
  reversal: { fr: 'Contre-passation', en: 'Reversal' },
  refund: { fr: 'Remboursement', en: 'Refund' },
}

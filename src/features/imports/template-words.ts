import type { Language } from '#core/language.ts'
import type { ImportField } from './import-columns.ts'

/** What the entry template says: its columns bear the names that an import reads. */
export interface ColumnWords {
  readonly header: string
  readonly title: string
  readonly prompt: string
  readonly refusal: string
}

interface ListWords {
  readonly name: string
  readonly title: string
  readonly headers: readonly string[]
}

export interface TemplateWords {
  readonly title: string
  readonly form: string
  readonly version: string
  readonly intro: readonly string[]
  readonly exampleSupplier: string
  readonly exampleDescription: string
  readonly columns: Readonly<Record<ImportField, ColumnWords>>
  readonly lists: {
    readonly measures: ListWords
    readonly envelopes: ListWords
    readonly commitments: ListWords
  }
}

const french: TemplateWords = {
  title: 'Gabarit de saisie des dépenses',
  form: 'Saisie',
  version: 'Gabarit, version',
  intro: [
    'Une ligne par dépense, sous la ligne d’exemple. Celle-ci montre la forme et n’est pas importée.',
    'Requis : organisme, date, montant, pièce, et la mesure ou l’enveloppe.',
    'Les listes sont dans les autres feuilles. Enregistrez, puis importez ce classeur tel quel.',
  ],
  exampleSupplier: 'Fournisseur inc.',
  exampleDescription: 'Ce que la dépense a payé',
  columns: {
    organization: {
      header: 'organisme',
      title: 'Organisme',
      prompt: 'L’organisme qui inscrit la dépense.',
      refusal:
        'Ce gabarit est celui d’un seul organisme. Demandez-en un autre pour un autre organisme.',
    },
    measure: {
      header: 'mesure',
      title: 'Mesure',
      prompt:
        'Choisissez la mesure, ou laissez vide si l’enveloppe suffit. Les titres sont dans la feuille « Mesures ».',
      refusal:
        'Le plan ne nomme pas l’organisme pour cette mesure. Vous pouvez la garder : la dépense sera signalée.',
    },
    envelope: {
      header: 'enveloppe',
      title: 'Enveloppe',
      prompt:
        'Laissez vide si la mesure n’a qu’une enveloppe. Une mesure autofinancée n’en prend aucune.',
      refusal:
        'Cette enveloppe n’est pas dans la liste de l’organisme pour cet exercice. Vérifiez le code.',
    },
    date: {
      header: 'date',
      title: 'Date de service',
      prompt: 'Le jour où le bien ou le service a été reçu, AAAA-MM-JJ. Il décide de l’exercice.',
      refusal:
        'La date de service doit être dans l’exercice du gabarit. Demandez un autre gabarit pour un autre exercice.',
    },
    amount: {
      header: 'montant',
      title: 'Montant',
      prompt:
        'En dollars canadiens, deux décimales au plus. Un crédit se demande comme remboursement.',
      refusal: 'Le montant est un nombre supérieur à zéro.',
    },
    document: {
      header: 'piece',
      title: 'Pièce',
      prompt: 'Le numéro de la facture ou de la pièce, tel quel.',
      refusal: 'Le numéro de pièce compte 100 caractères au plus.',
    },
    supplier: {
      header: 'fournisseur',
      title: 'Fournisseur',
      prompt: 'Le fournisseur ou le bénéficiaire.',
      refusal: 'Le nom compte 200 caractères au plus.',
    },
    description: {
      header: 'description',
      title: 'Description',
      prompt: 'Ce que la dépense a payé.',
      refusal: 'La description compte 2 000 caractères au plus.',
    },
    commitment: {
      header: 'engagement',
      title: 'Engagement',
      prompt:
        'L’engagement que la dépense consomme, s’il y en a un. Ce qui en reste est dans la feuille « Engagements ».',
      refusal:
        'Cet engagement n’était pas ouvert quand le gabarit a été produit. Vérifiez le numéro.',
    },
  },
  lists: {
    measures: {
      name: 'Mesures',
      title: 'Mesures qui nomment l’organisme',
      headers: ['Code', 'Titre', 'Enveloppes'],
    },
    envelopes: {
      name: 'Enveloppes',
      title: 'Enveloppes de l’exercice',
      headers: ['Code', 'Titre', 'Mesures'],
    },
    commitments: {
      name: 'Engagements',
      title: 'Engagements ouverts de l’organisme',
      headers: ['Numéro', 'Fournisseur', 'Description', 'Enveloppe', 'Mesure', 'Reste'],
    },
  },
}

const english: TemplateWords = {
  title: 'Entry template for expenditures',
  form: 'Entry',
  version: 'Template, version',
  intro: [
    'One row an expenditure, under the example. That one shows the form and is not imported.',
    'Needed: organization, date, amount, document, and the measure or the envelope.',
    'The lists are on the other sheets. Save, then import this workbook as it stands.',
  ],
  exampleSupplier: 'Supplier Inc.',
  exampleDescription: 'What the expenditure paid for',
  columns: {
    organization: {
      header: 'organization',
      title: 'Organization',
      prompt: 'The organization that records the expenditure.',
      refusal:
        'This template is for one organization. Ask for another one for another organization.',
    },
    measure: {
      header: 'measure',
      title: 'Measure',
      prompt:
        'Choose the measure, or leave it empty if the envelope is enough. Titles are on the sheet “Measures”.',
      refusal:
        'The plan does not name the organization for this measure. You may keep it: the expenditure will be flagged.',
    },
    envelope: {
      header: 'envelope',
      title: 'Envelope',
      prompt:
        'Leave it empty if the measure has one envelope only. A self-funded measure takes none.',
      refusal:
        'This envelope is not on the organization’s list for this fiscal year. Check the code.',
    },
    date: {
      header: 'date',
      title: 'Service date',
      prompt: 'The day the good or service was received, YYYY-MM-DD. It decides the fiscal year.',
      refusal:
        'The service date must be in the template’s fiscal year. Ask for another template for another year.',
    },
    amount: {
      header: 'amount',
      title: 'Amount',
      prompt: 'In Canadian dollars, two decimals at most. A credit is asked for as a refund.',
      refusal: 'The amount is a number greater than zero.',
    },
    document: {
      header: 'document',
      title: 'Document',
      prompt: 'The number of the invoice or document, as it stands.',
      refusal: 'The document number has at most 100 characters.',
    },
    supplier: {
      header: 'supplier',
      title: 'Supplier',
      prompt: 'The supplier or recipient.',
      refusal: 'The name has at most 200 characters.',
    },
    description: {
      header: 'description',
      title: 'Description',
      prompt: 'What the expenditure paid for.',
      refusal: 'The description has at most 2,000 characters.',
    },
    commitment: {
      header: 'commitment',
      title: 'Commitment',
      prompt:
        'The commitment that the expenditure consumes, if there is one. What is left of each is on the sheet “Commitments”.',
      refusal: 'This commitment was not open when the template was made. Check the number.',
    },
  },
  lists: {
    measures: {
      name: 'Measures',
      title: 'Measures that name the organization',
      headers: ['Code', 'Title', 'Envelopes'],
    },
    envelopes: {
      name: 'Envelopes',
      title: 'Envelopes of the fiscal year',
      headers: ['Code', 'Title', 'Measures'],
    },
    commitments: {
      name: 'Commitments',
      title: 'Open commitments of the organization',
      headers: ['Number', 'Supplier', 'Description', 'Envelope', 'Measure', 'Left'],
    },
  },
}

export const templateWords: Readonly<Record<Language, TemplateWords>> = {
  fr: french,
  en: english,
}

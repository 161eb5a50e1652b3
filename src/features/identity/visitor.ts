import type { Bilingual } from '#core/language.ts'
import { type Actor, type Role, roles } from './actor.ts'

/**
 * Whom the demo lets in without a password: one person of each role, and what each may try first.
 * Nobody else has such an address, and the page that opens these doors exists in `vigie demo` alone.
 */
const domain = 'demo.example'

export const visitorOf = (role: Role): string => `${role}@${domain}`

/** Made up, like all of them. */
export const visitorNames: Readonly<Record<Role, string>> = {
  officer: 'Camille Roy',
  approver: 'Dominique Gagnon',
  auditor: 'Claude Bouchard',
  analyst: 'Alexis Tremblay',
  administrator: 'Andrée Côté',
}

/** The role in which a visitor looks around; null for everybody else. */
export const roleOfVisitor = ({ email }: Actor): Role | null =>
  roles.find((role) => visitorOf(role) === email) ?? null

export interface Step {
  /** Where it is done, without the language. */
  readonly path: string
  readonly words: Bilingual
}

const step = (path: string, fr: string, en: string): Step => ({ path, words: { fr, en } })

export const paths: Readonly<Record<Role, readonly Step[]>> = {
  officer: [
    step(
      '/expenditures/new',
      'Saisissez trois dépenses de la mesure QC-12 : le disponible de l’enveloppe se lit avant d’enregistrer. Puis soumettez-les.',
      'Enter three expenditures of measure QC-12: what the envelope has left is shown before you save. Then submit them.',
    ),
    step(
      '/imports',
      'Importez un classeur : chaque ligne est classée avant que rien ne soit inscrit.',
      'Import a workbook: each row is sorted before anything is recorded.',
    ),
    step(
      '/matching',
      'Rapprochez l’extrait du grand livre des dépenses inscrites, une proposition à la fois.',
      'Match the ledger extract with the expenditures recorded, one proposal at a time.',
    ),
    step(
      '/commitments/new',
      'Engagez une somme pour un fournisseur : ce qui resterait disponible se lit avant de soumettre.',
      'Commit an amount to a supplier: what would remain available is shown before you submit.',
    ),
    step(
      '/revisions',
      'Préparez un virement entre deux enveloppes, ou un crédit supplémentaire : une autre personne l’approuve.',
      'Prepare a transfer between two envelopes, or a supplement: somebody else approves it.',
    ),
    step(
      '/year-end/preview',
      'Prévisualisez la fin d’un exercice, enveloppe par enveloppe, sans rien inscrire.',
      'Preview the end of a fiscal year, envelope by envelope, with nothing recorded.',
    ),
  ],
  approver: [
    step(
      '/approvals',
      'Approuvez en lot ce que l’agent financier a soumis, et retournez une dépense avec un motif.',
      'Approve in bulk what the officer submitted, and return one expenditure with a reason.',
    ),
    step(
      '/revisions',
      'Voyez les révisions du budget et ce que chacune déplace, puis approuvez celle qui attend.',
      'See the revisions of the budget and what each one moves, then approve the one that waits.',
    ),
    step(
      '/commitments',
      'Approuvez un engagement, ou dégagez ce qu’il en reste.',
      'Approve a commitment, or release what is left of it.',
    ),
    step(
      '/proposals',
      'Approuvez une enveloppe ou une relation proposée : elle entre alors au plan.',
      'Approve a proposed envelope or relation: it then becomes part of the plan.',
    ),
    step(
      '/year-end',
      'Approuvez une fin d’exercice : exactement les chiffres qui ont été préparés.',
      'Approve a year-end: exactly the figures that were prepared.',
    ),
  ],
  auditor: [
    step(
      '/reconciliation',
      'Partez du grand total et descendez jusqu’aux pièces qui le composent.',
      'Start at the grand total and go down to the documents that make it.',
    ),
    step(
      '/journal',
      'Lisez le journal, écriture par écriture, et passez de chacune à sa pièce.',
      'Read the journal, entry by entry, and go from each to its document.',
    ),
    step(
      '/verify',
      'Vérifiez tout le registre, du premier événement au dernier.',
      'Verify the whole record, from the first event to the last.',
    ),
    step(
      '/verify/workbook',
      'Déposez un classeur téléchargé, tel quel puis après y avoir changé une cellule : elle est nommée.',
      'Upload a downloaded workbook, as it is and then with one cell changed: the cell is named.',
    ),
    step(
      '/events',
      'Lisez qui a fait quoi, dans l’ordre, avec le sceau de chaque événement.',
      'Read who did what, in order, with the seal of each event.',
    ),
  ],
  analyst: [
    step(
      '/comparison',
      'Comparez Québec et Canada de 2021-2022 à 2025-2026, changez une hypothèse, exportez cette vue.',
      'Compare Quebec and Canada from 2021-2022 to 2025-2026, switch one assumption, export that view.',
    ),
    step(
      '/measures',
      'Ouvrez une mesure : ce que le plan en dit, mot pour mot, et son enveloppe.',
      'Open a measure: what the plan says of it, word for word, and its envelope.',
    ),
    step(
      '/reports',
      'Voyez les exceptions et la prévision, puis le passage d’une position du registre à une autre.',
      'See the exceptions and the forecast, then the bridge between two positions of the record.',
    ),
    step(
      '/exports',
      'Demandez un classeur de n’importe quelle taille, et suivez sa préparation.',
      'Ask for a workbook of any size, and watch it being made.',
    ),
  ],
  administrator: [
    step(
      '/users',
      'Ajoutez une personne et donnez-lui un rôle.',
      'Add a person and give them a role.',
    ),
    step(
      '/periods',
      'Fermez une période, puis rouvrez-la : chaque geste dit qui, quand et pourquoi.',
      'Close a period, then reopen it: each step says who, when and why.',
    ),
    step(
      '/organizations',
      'Donnez un autre nom à un organisme : les rapports d’avant gardent l’ancien.',
      'Give an organization another name: earlier reports keep the old one.',
    ),
  ],
}

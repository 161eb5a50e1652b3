import type { Bilingual } from '#core/language.ts'
import type { ProblemKind } from '#core/problem.ts'

/** Why a whole file is refused, by stable code: the reason and what to do, after the place. */
interface Fault extends Bilingual {
  readonly kind: ProblemKind
}

export const fileFaults = {
  'files/too-large': {
    kind: 'too-large',
    fr: 'il dépasse 20\u00a0Mio. Enlevez les feuilles et les images inutiles, ou partagez-le en plusieurs fichiers.',
    en: 'it is over 20 MiB. Remove the sheets and pictures that are not needed, or split it into several files.',
  },
  'files/empty': {
    kind: 'invalid',
    fr: 'il est vide. Choisissez le fichier de nouveau.',
    en: 'it is empty. Choose the file again.',
  },
  'files/type-differs': {
    kind: 'invalid',
    fr: 'son contenu n’est pas celui que son nom annonce. Ouvrez-le dans un tableur et enregistrez-le comme classeur .xlsx ou comme CSV.',
    en: 'its content is not what its name says. Open it in a spreadsheet and save it as an .xlsx workbook or as CSV.',
  },
  'files/type-unknown': {
    kind: 'invalid',
    fr: 'ce n’est ni un classeur .xlsx ni un fichier CSV. Ouvrez-le dans un tableur et enregistrez-le dans l’un de ces formats.',
    en: 'it is neither an .xlsx workbook nor a CSV file. Open it in a spreadsheet and save it as one of these.',
  },
  'files/old-workbook': {
    kind: 'invalid',
    fr: 'c’est un classeur d’un ancien format (.xls) ou du format binaire (.xlsb). Enregistrez-le comme classeur .xlsx.',
    en: 'it is a workbook of an old format (.xls) or of the binary one (.xlsb). Save it as an .xlsx workbook.',
  },
  'files/not-a-workbook': {
    kind: 'invalid',
    fr: 'c’est une archive, et non un classeur .xlsx. Décompressez-la, ou enregistrez le document comme classeur .xlsx.',
    en: 'it is an archive and not an .xlsx workbook. Unpack it, or save the document as an .xlsx workbook.',
  },
  'files/encrypted': {
    kind: 'invalid',
    fr: 'il est protégé par un mot de passe. Enlevez le mot de passe (Fichier, Informations, Protéger le classeur) et enregistrez-le.',
    en: 'it is protected by a password. Remove the password (File, Info, Protect Workbook) and save it.',
  },
  'files/macros': {
    kind: 'refused',
    fr: 'il contient des macros. Enregistrez-le comme classeur .xlsx, sans macros.',
    en: 'it holds macros. Save it as an .xlsx workbook, without macros.',
  },
  'files/embedded-object': {
    kind: 'refused',
    fr: 'il contient un objet incorporé. Supprimez l’objet, ou copiez les valeurs dans un nouveau classeur.',
    en: 'it holds an embedded object. Delete the object, or copy the values into a new workbook.',
  },
  'files/external-links': {
    kind: 'refused',
    fr: 'il est lié à un autre classeur. Rompez les liens (Données, Modifier les liens), ou copiez les valeurs dans un nouveau classeur.',
    en: 'it is linked to another workbook. Break the links (Data, Edit Links), or copy the values into a new workbook.',
  },
  'files/part-unknown': {
    kind: 'refused',
    fr: 'un classeur ne contient pas cette partie. Copiez les valeurs dans un nouveau classeur.',
    en: 'a workbook has no such part. Copy the values into a new workbook.',
  },
  'files/part-repeated': {
    kind: 'invalid',
    fr: 'cette partie s’y trouve deux fois ou en recouvre une autre. Ouvrez le classeur dans un tableur et enregistrez-le de nouveau.',
    en: 'this part is in it twice or overlaps another. Open the workbook in a spreadsheet and save it again.',
  },
  'files/too-much-inside': {
    kind: 'too-large',
    fr: 'décompressé, il dépasse ce qui est lu\u00a0: 200 parties, 100\u00a0Mio par partie, 200\u00a0Mio en tout, 100 fois la taille compressée. Copiez les valeurs dans un nouveau classeur.',
    en: 'unpacked, it is over what is read: 200 parts, 100 MiB a part, 200 MiB in all, 100 times the packed size. Copy the values into a new workbook.',
  },
  'files/workbook-damaged': {
    kind: 'invalid',
    fr: 'le classeur est endommagé ou incomplet. Ouvrez-le dans un tableur, laissez-le réparer et enregistrez-le de nouveau.',
    en: 'the workbook is damaged or incomplete. Open it in a spreadsheet, let it repair it and save it again.',
  },
  'files/xml-doctype': {
    kind: 'refused',
    fr: 'il déclare un type de document XML, ce qu’aucun tableur n’écrit. Copiez les valeurs dans un nouveau classeur.',
    en: 'it declares an XML document type, which no spreadsheet writes. Copy the values into a new workbook.',
  },
  'files/too-many-cells': {
    kind: 'too-large',
    fr: 'il contient plus de 1\u00a0200\u00a0000 cellules, de 750\u00a0000 lignes ou de 64\u00a0Mio de texte. Partagez-le en plusieurs fichiers.',
    en: 'it holds more than 1,200,000 cells, 750,000 rows or 64 MiB of text. Split it into several files.',
  },
  'files/too-many-columns': {
    kind: 'too-large',
    fr: 'une ligne a plus de 16\u00a0384 colonnes. Vérifiez les fins de ligne et le séparateur du fichier.',
    en: 'a row has more than 16,384 columns. Check the line ends and the delimiter of the file.',
  },
  'files/text-too-long': {
    kind: 'too-large',
    fr: 'une cellule a plus de 32\u00a0767 caractères, ou une ligne plus d’un million. Raccourcissez-la\u00a0; dans un fichier CSV, vérifiez les guillemets.',
    en: 'a cell has more than 32,767 characters, or a row more than a million. Shorten it; in a CSV file, check the quotes.',
  },
  'files/null-character': {
    kind: 'invalid',
    fr: 'il contient un caractère nul\u00a0: il est endommagé, ou en UTF-16. Enregistrez-le en «\u00a0CSV UTF-8\u00a0».',
    en: 'it holds a null character: it is damaged, or in UTF-16. Save it as “CSV UTF-8”.',
  },
  'files/encoding-unclear': {
    kind: 'invalid',
    fr: 'son encodage n’est ni UTF-8 ni Windows-1252, ou n’est pas celui qui a été demandé. Enregistrez-le en «\u00a0CSV UTF-8\u00a0».',
    en: 'its encoding is neither UTF-8 nor Windows-1252, or not the one asked for. Save it as “CSV UTF-8”.',
  },
  'files/csv-quotes': {
    kind: 'invalid',
    fr: 'les guillemets de cette ligne ne sont pas équilibrés. Fermez-les, ou doublez ceux qui font partie du texte.',
    en: 'the quotes of this row are not balanced. Close them, or double those that belong to the text.',
  },
  'files/delimiter-unclear': {
    kind: 'invalid',
    fr: 'la ligne de titres peut être séparée de deux façons. Dites quel est le séparateur\u00a0: point-virgule, virgule ou tabulation.',
    en: 'the row of column names can be split in two ways. Say which is the delimiter: semicolon, comma or tab.',
  },
  'files/too-demanding': {
    kind: 'refused',
    fr: 'sa lecture demande trop de temps ou de mémoire. Copiez les valeurs dans un nouveau classeur, ou partagez-le en plusieurs fichiers.',
    en: 'reading it takes too much time or memory. Copy the values into a new workbook, or split it into several files.',
  },
} as const satisfies Record<string, Fault>

export type FileFaultCode = keyof typeof fileFaults

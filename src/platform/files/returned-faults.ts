import type { Bilingual } from '#core/language.ts'
import type { FileFaultCode } from './file-faults.ts'

/**
 * Why a workbook that came back is not compared, where what is told to who imports a file would be
 * wrong here: nobody should mend a file that is to be proved, and far larger ones are read.
 */
const otherwise: Bilingual = {
  fr: 'Vigie n’écrit rien de tel\u00a0: ce fichier n’est pas celui qui a été remis, ou il a été refait. Demandez-le tel qu’il a été remis.',
  en: 'Vigie writes no such thing: this file is not the one that was handed out, or it was made anew. Ask for it as it was handed out.',
}

const ours = (fr: string, en: string): Bilingual => ({
  fr: `${fr} ${otherwise.fr}`,
  en: `${en} ${otherwise.en}`,
})

export const returnedFaults: Readonly<Partial<Record<FileFaultCode, Bilingual>>> = {
  'files/too-large': {
    fr: 'il dépasse 256\u00a0Mio, ce qu’aucun classeur de Vigie n’atteint.',
    en: 'it is over 256 MiB, which no workbook of Vigie reaches.',
  },
  'files/type-unknown': {
    fr: 'ce n’est pas un classeur .xlsx. Donnez le classeur tel qu’il est revenu.',
    en: 'it is no .xlsx workbook. Give the workbook as it came back.',
  },
  'files/old-workbook': ours(
    'c’est un classeur d’un ancien format (.xls) ou du format binaire (.xlsb).',
    'it is a workbook of an old format (.xls) or of the binary one (.xlsb).',
  ),
  'files/not-a-workbook': ours(
    'c’est une archive, et non un classeur .xlsx.',
    'it is an archive and not an .xlsx workbook.',
  ),
  'files/embedded-object': ours('il contient un objet incorporé.', 'it holds an embedded object.'),
  'files/external-links': ours(
    'il est lié à un autre classeur.',
    'it is linked to another workbook.',
  ),
  'files/macros': ours('il contient des macros.', 'it holds macros.'),
  'files/part-unknown': ours(
    'un classeur ne contient pas cette partie.',
    'a workbook has no such part.',
  ),
  'files/part-repeated': ours(
    'cette partie s’y trouve deux fois ou en recouvre une autre.',
    'this part is in it twice or overlaps another.',
  ),
  'files/too-much-inside': ours(
    'décompressé, il dépasse ce qui est lu\u00a0: 1000 parties, 4\u00a0Gio en tout, 100 fois la taille compressée.',
    'unpacked, it is over what is read: 1000 parts, 4 GiB in all, 100 times the packed size.',
  ),
  'files/workbook-damaged': ours(
    'le classeur est endommagé, incomplet, ou se contredit.',
    'the workbook is damaged, incomplete, or contradicts itself.',
  ),
  'files/xml-doctype': ours(
    'il déclare un type de document XML, ce qu’aucun tableur n’écrit.',
    'it declares an XML document type, which no spreadsheet writes.',
  ),
  'files/too-many-cells': ours(
    'il contient plus de 8\u00a0millions de textes différents, ou 512\u00a0Mio de texte.',
    'it holds more than 8 million different texts, or 512 MiB of text.',
  ),
  'files/text-too-long': ours(
    'une cellule a plus de caractères qu’un tableur n’en prend.',
    'a cell has more characters than a spreadsheet takes.',
  ),
  'files/too-demanding': ours(
    'sa lecture demande trop de temps ou de mémoire.',
    'reading it takes too much time or memory.',
  ),
}

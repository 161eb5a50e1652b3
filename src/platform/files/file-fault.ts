import { excerpt } from '#core/excerpt.ts'
import type { Bilingual } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import { type FileFaultCode, fileFaults } from './file-faults.ts'

/**
 * What is wrong with a file, thrown where it is found, which is where its name is not known.
 * `problemOfFault` says the whole sentence: file, sheet, cell or row, value, reason, what to do.
 */
export interface FaultPlace {
  readonly sheet?: string
  /** 'B7'. */
  readonly address?: string
  readonly row?: number
  /** A part of the workbook: 'xl/vbaProject.bin'. */
  readonly part?: string
  readonly value?: string
}

export class FileFault extends Error {
  readonly code: FileFaultCode
  readonly place: FaultPlace

  constructor(code: FileFaultCode, place: FaultPlace = {}, cause?: unknown) {
    super(code, { cause })
    this.name = 'FileFault'
    this.code = code
    this.place = place
  }
}

/** What crosses from the worker: an Error loses its class on the way. */
export interface ToldFault {
  readonly code: FileFaultCode
  readonly place: FaultPlace
  /** For the log only. */
  readonly detail: string
}

export const toldOf = ({ code, place, cause }: FileFault): ToldFault => ({
  code,
  place,
  detail: cause instanceof Error ? excerpt(cause.message) : '',
})

/** @param otherwise what is said of a fault instead, where it is not an import that it refuses */
export function problemOfFault(
  name: string,
  { code, place, detail }: ToldFault,
  otherwise: Readonly<Partial<Record<FileFaultCode, Bilingual>>> = {},
): Problem {
  const { kind } = fileFaults[code]
  const { fr, en } = otherwise[code] ?? fileFaults[code]
  const where = placeWords(name, place)
  const sentence = { fr: `${where.fr}\u00a0: ${fr}`, en: `${where.en}: ${en}` }
  return new Problem(kind, code, sentence, detail === '' ? {} : { detail })
}

function placeWords(name: string, { sheet, address, row, part, value }: FaultPlace): Bilingual {
  const said: Bilingual[] = [
    quoted('Fichier', 'File', name),
    ...(part === undefined ? [] : [quoted('partie', 'part', part)]),
    ...(sheet === undefined ? [] : [quoted('feuille', 'sheet', sheet)]),
    ...(address === undefined ? [] : [{ fr: `cellule ${address}`, en: `cell ${address}` }]),
    ...(row === undefined ? [] : [{ fr: `ligne ${row}`, en: `row ${row}` }]),
    ...(value === undefined ? [] : [quoted('valeur', 'value', value)]),
  ]
  return { fr: said.map(({ fr }) => fr).join(', '), en: said.map(({ en }) => en).join(', ') }
}

const quoted = (fr: string, en: string, text: string): Bilingual => ({
  fr: `${fr} «\u00a0${excerpt(text)}\u00a0»`,
  en: `${en} “${excerpt(text)}”`,
})

import { access } from 'node:fs/promises'
import type { Language } from '#core/language.ts'
import { Problem } from '#core/problem.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { differenceLine } from './difference-words.ts'
import { type Verdict, verifyReturned } from './returned.actions.ts'

/** `vigie verify --workbook FILE`: what a file says otherwise than the record, a line each. */
export async function verifyWorkbook(terminal: Terminal, path: string): Promise<void> {
  const name = path.replace(/^.*[/\\]/, '')
  await access(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  const verdict = await verifyReturned((reading) => terminal.look(reading), { path, name })
  for (const line of verdictLines(verdict, terminal.language)) {
    terminal.print(line)
  }
  if (!verdict.isUnchanged) {
    terminal.exitWith(exitCodes.findings)
  }
}

function verdictLines(verdict: Verdict, language: Language): readonly string[] {
  const { report, position, seal, listed } = verdict
  return [
    ...listed.map((difference) => `✗ ${differenceLine(difference, language)}`),
    summary(verdict, language),
    `${report} · ${verdict.language} · position ${position} · ${seal}`,
  ]
}

function summary({ isUnchanged, count, listed }: Verdict, language: Language): string {
  if (isUnchanged) {
    return language === 'fr'
      ? '✓ Inchangé : ce classeur dit ce que dit le registre à cette position'
      : '✓ Unchanged: this workbook says what the record says at that position'
  }
  const isMore = count > listed.length
  if (language === 'fr') {
    const more = isMore ? `, dont les ${listed.length} premières sont nommées` : ''
    return `✗ ${count} ${count === 1 ? 'différence' : 'différences'} avec le registre${more}`
  }
  const more = isMore ? `, of which the first ${listed.length} are named` : ''
  return `✗ ${count} ${count === 1 ? 'difference' : 'differences'} from the record${more}`
}

const unreadable = (file: string, cause: unknown): Problem =>
  new Problem(
    'invalid',
    'exports/file-unreadable',
    {
      fr: `Le fichier «\u00a0${file}\u00a0» ne peut pas être lu.`,
      en: `The file “${file}” cannot be read.`,
    },
    { cause },
  )

import type { Command } from 'commander'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { addExample } from '#platform/terminal/help.ts'
import type { AnchorFiles } from './anchors.actions.ts'
import { verifyNow } from './audit.actions.ts'
import type { RecordCheck } from './audit.public.ts'
import type { Verification } from './check.ts'

/** What commands of the record need besides. */
export interface RecordTerminal extends Terminal {
  readonly checks: readonly RecordCheck[]
  /** Read when it is asked: a configuration that cannot be used refuses the command, not the help. */
  readonly anchorFiles: () => AnchorFiles
}

/** @param verifyWorkbook compares a file that came back, which a later feature knows how to draw */
export function registerVerifyCommand(
  program: Command,
  terminal: RecordTerminal,
  verifyWorkbook: (path: string) => Promise<void>,
): void {
  const { language } = terminal
  const command = program
    .command('verify')
    .description(
      language === 'fr'
        ? 'Recalcule le registre et nomme ce qui ne tient pas'
        : 'Recomputes the record and names what does not hold',
    )
    .option(
      '--workbook <file>',
      language === 'fr'
        ? 'compare plutôt un classeur revenu avec le registre, cellule par cellule'
        : 'compares a workbook that came back with the record instead, cell by cell',
    )
    .action(async ({ workbook }: { workbook?: string }) =>
      workbook === undefined ? verifyAll(terminal) : verifyWorkbook(workbook),
    )
  addExample(command, language, 'vigie verify', 'vigie verify --workbook reconciliation.xlsx')
}

async function verifyAll(terminal: RecordTerminal): Promise<void> {
  const service = await terminal.service()
  const found = await verifyNow(service, terminal.checks, terminal.anchorFiles())
  for (const line of verificationLines(found, terminal)) {
    terminal.print(line)
  }
  if (!found.isIntact) {
    terminal.exitWith(exitCodes.findings)
  }
}

function verificationLines(found: Verification, { language }: Terminal): readonly string[] {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const checked = found.checks.flatMap(({ claim, breaks }) => [
    `${breaks.length === 0 ? '✓' : '✗'} ${claim[language]}`,
    ...breaks.map(
      ({ place, expected, found: instead }) =>
        `    ${place} : ${say('attendu', 'expected')} ${expected}, ${say('trouvé', 'found')} ${instead}`,
    ),
  ])
  return [...checked, ...unanchoredLines(found, say), `position ${found.position} · ${found.seal}`]
}

function unanchoredLines(
  { unanchored }: Verification,
  say: (fr: string, en: string) => string,
): readonly string[] {
  if (unanchored === null) {
    return []
  }
  const { from, to } = unanchored
  return [
    from === to
      ? say(`L’événement ${from} n’est pas encore ancré`, `Event ${from} is not anchored yet`)
      : say(
          `Les événements ${from}–${to} ne sont pas encore ancrés`,
          `Events ${from}–${to} are not anchored yet`,
        ),
  ]
}

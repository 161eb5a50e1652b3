import type { Command } from 'commander'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { addExample } from '#platform/terminal/help.ts'
import { verifyRecord } from './audit.actions.ts'
import type { RecordCheck } from './audit.public.ts'

export function registerVerifyCommand(
  program: Command,
  terminal: Terminal,
  checks: readonly RecordCheck[],
): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const command = program
    .command('verify')
    .description(
      say(
        'Recalcule le registre et nomme ce qui ne tient pas',
        'Recomputes the record and names what does not hold',
      ),
    )
    .action(async () => {
      const results = await terminal.look((viewing) => verifyRecord(viewing, checks))
      for (const { claim, breaks } of results) {
        terminal.print(`${breaks.length === 0 ? '✓' : '✗'} ${claim[language]}`)
        for (const { place, expected, found } of breaks) {
          terminal.print(
            `    ${place} : ${say('attendu', 'expected')} ${expected}, ${say('trouvé', 'found')} ${found}`,
          )
        }
      }
      if (results.some(({ breaks }) => breaks.length > 0)) {
        terminal.exitWith(exitCodes.findings)
      }
    })
  addExample(command, language, 'vigie verify')
}

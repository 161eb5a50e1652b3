import type { Command } from 'commander'
import { exportGroup } from '#platform/terminal/export-group.ts'
import { addExample } from '#platform/terminal/help.ts'
import { writeOutputStream } from '#platform/terminal/output-files.ts'
import type { RecordTerminal } from './audit.commands.ts'
import { drawEvidence, readEvidenceAnchors } from './evidence.actions.ts'

export function registerEvidenceCommand(program: Command, terminal: RecordTerminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const evidence = exportGroup(program, language)
    .command('evidence')
    .description(
      say(
        'Écrit un dossier de preuve, qui se vérifie sans Vigie ni réseau',
        'Writes an evidence pack, which is verified without Vigie or network',
      ),
    )
    .requiredOption('-o, --output <file>', say('fichier à écrire', 'file to write'))
    .action(async ({ output }: { output: string }) => {
      const anchors = await readEvidenceAnchors(terminal.anchorFiles())
      await terminal.look((viewing) => writeOutputStream(output, drawEvidence(viewing, anchors)))
      terminal.say(output)
    })
  addExample(evidence, language, 'vigie export evidence -o evidence.zip')
}

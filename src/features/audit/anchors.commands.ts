import type { Command } from 'commander'
import { operatorCall } from '#features/identity/terminal.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { words } from '#platform/terminal/readings.ts'
import { anchorFacts } from './anchor.ts'
import { listAnchors } from './anchors.actions.ts'
import { anchorsTable } from './anchors.table.ts'
import { acceptRecord, rotateKey } from './anchors-accept.actions.ts'
import type { RecordTerminal } from './audit.commands.ts'
import { anchorRecords } from './record-lists.table.ts'

const reasonMax = 500

export function registerAnchorCommands(program: Command, terminal: RecordTerminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const anchors = program
    .command('anchors')
    .description(say('Ancres signées du registre', 'Signed anchors of the record'))
  addExample(anchors, language, 'vigie anchors list')
  const list = anchors
    .command('list')
    .description(say('Énumère les ancres', 'Lists the anchors'))
    .action(async (options: ListShown) => {
      const all = { after: 0, limit: Number.MAX_SAFE_INTEGER }
      const { listed } = await terminal.look((viewing) =>
        listAnchors(viewing, terminal.anchorFiles(), all),
      )
      await showListAs(terminal, options, {
        list: anchorRecords,
        records: listed.map(anchorFacts),
        table: anchorsTable(listed),
      })
    })
  addListOptions(list, language)
  addExample(list, language, 'vigie anchors list')
  const accept = anchors
    .command('accept')
    .description(
      say(
        'Accepte un registre restauré, auquel manque ce que disent les dernières ancres',
        'Accepts a restored record, which lacks what the last anchors say',
      ),
    )
    .requiredOption('--reason <text>', say('motif', 'reason'), words(reasonMax, language))
    .action(async ({ reason }: { reason: string }) => {
      const service = await terminal.service()
      const files = terminal.anchorFiles()
      const { sequence, since } = await acceptRecord(service, files, operatorCall(), reason)
      terminal.say(
        say(
          `Le registre est accepté à la position ${sequence}; les ancres après ${since} ne lient plus.`,
          `The record is accepted at position ${sequence}; anchors after ${since} no longer bind.`,
        ),
      )
    })
  addExample(
    accept,
    language,
    say(
      'vigie anchors accept --reason "Restauration de la copie du 3 mai"',
      'vigie anchors accept --reason "Restored the backup of May 3"',
    ),
  )
  registerRotation(anchors, terminal)
}

function registerRotation(anchors: Command, terminal: RecordTerminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const rotate = anchors
    .command('rotate')
    .description(
      say(
        'Remplace la clé de signature; l’ancienne présente la nouvelle',
        'Replaces the signing key; the old one introduces the new one',
      ),
    )
    .action(async () => {
      const { introduces } = await rotateKey(await terminal.service(), terminal.anchorFiles())
      terminal.print(String(introduces))
    })
  addExample(rotate, language, 'vigie anchors rotate')
}

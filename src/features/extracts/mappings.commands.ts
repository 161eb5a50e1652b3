import type { Command } from 'commander'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, oneOf, words } from '#platform/terminal/readings.ts'
import { mappingRecords } from './extract-records.table.ts'
import { type ColumnMapping, mappingFacts, spendingSigns } from './mapping.ts'
import { changeMapping, readMappings } from './mappings.actions.ts'
import { mappingsTable } from './mappings.table.ts'

const formats = ['table', 'json'] as const
type Format = (typeof formats)[number]

/** `vigie extracts mappings` and `vigie extracts map`: which columns of a system say what. */
export function registerMappingCommands(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const list = parent
    .command('mappings')
    .description(say('Énumère les correspondances de colonnes', 'Lists mappings of columns'))
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .action(async ({ as, ...options }: ListShown & { readonly as: string }) => {
      const mappings = await terminal.lookAs(as, readMappings)
      await showListAs(terminal, options, {
        list: mappingRecords,
        records: mappings.map(mappingFacts),
        table: mappingsTable(mappings),
      })
    })
  addListOptions(list, language)
  addExample(list, language, 'vigie extracts mappings --as a.roy@msp.example')
  registerMap(parent, terminal)
}

interface MapOptions extends Partial<Omit<ColumnMapping, 'date' | 'document' | 'description'>> {
  readonly organization: string
  readonly system: string
  readonly date: string
  readonly document: string
  readonly description: string
  readonly as: string
  readonly format: Format
}

function registerMap(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const name = words(100, language)
  const command = parent
    .command('map')
    .description(
      say(
        'Enregistre les colonnes et le signe des dépenses d’un système comptable',
        'Saves the columns and the sign of spending of an accounting system',
      ),
    )
    .requiredOption('--organization <code>', say('organisme', 'organization'), code(language))
    .requiredOption('--system <name>', say('système comptable', 'system'), words(60, language))
    .requiredOption('--date <column>', say('colonne de la date', 'column of the date'), name)
    .requiredOption('--document <column>', say('de la pièce', 'of the document'), name)
    .requiredOption('--description <column>', say('du libellé', 'of the description'), name)
    .option('--account <column>', say('du compte', 'of the account'), name)
    .option('--supplier <column>', say('du fournisseur', 'of the supplier'), name)
    .option('--amount <column>', say('du montant', 'of the amount'), name)
    .option('--debit <column>', say('du débit', 'of debits'), name)
    .option('--credit <column>', say('du crédit', 'of credits'), name)
    .option(
      '--spending-sign <sign>',
      say('signe des dépenses dans le fichier', 'sign of spending in the file'),
      oneOf(spendingSigns, language),
      'positive',
    )
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .option('--format <format>', formats.join(', '), oneOf(formats, language), 'table')
    .action((options: MapOptions) => map(terminal, options))
  addExample(
    command,
    language,
    'vigie extracts map --organization MSP --system SAGIR --date "Date écriture" --document "No pièce" --description Texte --debit Débit --credit Crédit --as a.roy@msp.example',
  )
}

/** The version is that of the mapping as it stands: who types the columns has seen no other. */
async function map(terminal: Terminal, { as, format, ...options }: MapOptions): Promise<void> {
  const { organization, system } = options
  const known = await terminal.lookAs(as, readMappings)
  const current = known.find((each) => each.organization === organization && each.system === system)
  const stated = {
    ...{ organization, system, version: current?.version ?? 0 },
    ...{ date: options.date, document: options.document, description: options.description },
    ...{ account: options.account ?? null, supplier: options.supplier ?? null },
    ...{ amount: options.amount ?? null, debit: options.debit ?? null },
    ...{ credit: options.credit ?? null, spendingSign: options.spendingSign ?? 'positive' },
  }
  const saved = await terminal.actAs(as, (context) => changeMapping(context, stated))
  const { language, print } = terminal
  print(
    format === 'json'
      ? JSON.stringify([mappingFacts(saved)], null, 2)
      : printTable(mappingsTable([saved]), { language }),
  )
}

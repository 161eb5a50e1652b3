import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Problem } from '#core/problem.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { addExample } from '#platform/terminal/help.ts'
import { type Loaded, loadOfficialPlan, loadPublishedFigures } from './official-plan.actions.ts'
import { importEnvelopes } from './plan-import.actions.ts'

export function registerPlanCommands(program: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  const plan = program.command('plan').description(say('Le plan officiel', 'The official plan'))
  addExample(plan, terminal.language, 'vigie plan load --published')
  const load = plan
    .command('load')
    .description(
      say(
        'Charge le plan officiel et ouvre les exercices dus; se répète sans effet',
        'Loads the official plan and opens the years due; repeats without effect',
      ),
    )
    .option('--published', say('et les dépenses publiées', 'and the published spending'))
    .action(async ({ published }: { published?: true }) => {
      report(terminal, await terminal.act(loadOfficialPlan))
      if (published === true) {
        report(terminal, await terminal.act(loadPublishedFigures))
      }
    })
  addExample(load, terminal.language, 'vigie plan load --published')
  registerImport(plan, terminal)
}

function registerImport(plan: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  const command = plan
    .command('import')
    .argument(
      '<file>',
      say(
        'CSV ou classeur .xlsx : une ligne par modalité',
        'CSV or .xlsx workbook: a row a funding term',
      ),
    )
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .description(
      say(
        'Saisit les enveloppes d’un fichier comme brouillons : toutes, ou aucune',
        'Enters the envelopes of a file as drafts: all of them, or none',
      ),
    )
    .action(async (file: string, { as }: { as: string }) => {
      const bytes = await readFile(file).catch((cause: unknown) => {
        throw unreadable(file, cause)
      })
      try {
        const saved = await terminal.actAs(as, (context) =>
          importEnvelopes(context, { name: file, bytes }),
        )
        terminal.print(saved.map(({ code }) => code).join('\n'))
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'imports/rows-refused') {
          throw error
        }
        sayIssues(terminal, error)
      }
    })
  addExample(command, terminal.language, 'vigie plan import enveloppes.csv --as a.roy@msp.example')
}

const unreadable = (file: string, cause: unknown): Problem =>
  new Problem(
    'invalid',
    'imports/file-unreadable',
    {
      fr: `Le fichier « ${file} » ne peut pas être lu.`,
      en: `The file “${file}” cannot be read.`,
    },
    { cause },
  )

/** Rows that are refused are findings, each at its place; the exit code says that there are some. */
function sayIssues({ say, language, exitWith }: Terminal, { sentence, issues }: Problem): void {
  const at = language === 'fr' ? 'ligne' : 'row'
  say(sentence[language])
  for (const { row, column, detail } of issues) {
    say(`  ${at} ${row}, ${column} : ${detail[language]}`)
  }
  exitWith(exitCodes.findings)
}

function report({ say, language }: Terminal, loaded: Loaded): void {
  for (const [what, count] of Object.entries(loaded)) {
    say(`${(words[what] ?? { fr: what, en: what })[language]} : +${count}`)
  }
}

const words: Readonly<Record<string, { fr: string; en: string }>> = {
  sources: { fr: 'documents sources', en: 'source documents' },
  organizations: { fr: 'organismes', en: 'organizations' },
  programmes: { fr: 'programmes', en: 'programmes' },
  axes: { fr: 'axes', en: 'axes' },
  measures: { fr: 'mesures', en: 'measures' },
  envelopes: { fr: 'enveloppes', en: 'envelopes' },
  relations: { fr: 'relations', en: 'relations' },
  appropriations: { fr: 'crédits ouverts', en: 'appropriations posted' },
  announcements: { fr: 'annonces', en: 'announcements' },
  authorities: { fr: 'autorisations publiées', en: 'published authorities' },
  payments: { fr: 'paiements publiés', en: 'published payments' },
}

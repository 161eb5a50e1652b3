import type { Command } from 'commander'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import { type Loaded, loadOfficialPlan, loadPublishedFigures } from './official-plan.actions.ts'

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

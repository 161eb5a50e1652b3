import type { Command } from 'commander'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { oneOf } from '#platform/terminal/readings.ts'
import { everyOrganization, type Role, roles } from './actor.ts'
import { addPerson, disable, issueToken } from './identity.actions.ts'
import { listPeople } from './identity.store.ts'
import { peopleTable } from './people.table.ts'
import type { Terminal } from './terminal.public.ts'
import { tokenDaysDefault } from './token.ts'

interface AddOptions {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organization: string
}

export function registerUserCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const users = program
    .command('users')
    .description(say('Utilisateurs et jetons', 'Users and tokens'))
  addExample(users, language, 'vigie users list')
  const add = users
    .command('add')
    .description(
      say(
        'Ajoute une personne, ou un rôle ou organisme de plus à une personne',
        'Adds a person, or another role or organization to a person',
      ),
    )
    .requiredOption('--email <email>', say('adresse de courriel', 'e-mail address'))
    .requiredOption('--name <name>', say('nom', 'name'))
    .requiredOption('--role <role>', roles.join(', '), oneOf(roles, language))
    .option(
      '--organization <code>',
      say('organisme d’un agent ou d’un approbateur', 'organization of an officer or approver'),
      everyOrganization,
    )
    .action(async (options: AddOptions) => {
      const person = await terminal.act((context) => addPerson(context, options))
      terminal.print(printTable(peopleTable([person]), { language }))
    })
  addExample(
    add,
    language,
    'vigie users add --email a.roy@msp.example --name "A. Roy" --role officer --organization MSP',
  )
  const list = users
    .command('list')
    .description(say('Énumère les personnes et leurs rôles', 'Lists people and their roles'))
    .action(async () => {
      const people = await terminal.look(({ handle }) => listPeople(handle))
      terminal.print(printTable(peopleTable(people), { language }))
    })
  addExample(list, language, 'vigie users list')
  registerTokenCommands(users, terminal)
}

function registerTokenCommands(users: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const disabling = users
    .command('disable')
    .description(say('Retire tout accès à une personne', 'Takes all access from a person'))
    .requiredOption('--email <email>', say('adresse de courriel', 'e-mail address'))
    .action(async ({ email }: { email: string }) => {
      await terminal.act((context) => disable(context, email))
      terminal.say(say(`${email} est désactivé.`, `${email} is disabled.`))
    })
  addExample(disabling, language, 'vigie users disable --email a.roy@msp.example')
  const token = users
    .command('token')
    .description(
      say('Émet un jeton d’API, montré une seule fois', 'Issues an API token, shown once'),
    )
    .requiredOption('--email <email>', say('adresse de courriel', 'e-mail address'))
    .option(
      '--expires <days>',
      say('durée en jours', 'days it is good for'),
      String(tokenDaysDefault),
    )
    .action(async ({ email, expires }: { email: string; expires: string }) => {
      const days = /^\d{1,4}$/.test(expires) ? Number(expires) : Number.NaN
      terminal.print(await terminal.act((context) => issueToken(context, email, days)))
    })
  addExample(token, language, 'vigie users token --email a.roy@msp.example --expires 30')
}

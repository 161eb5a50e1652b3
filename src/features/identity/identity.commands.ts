import type { Command } from 'commander'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { oneOf, reading } from '#platform/terminal/readings.ts'
import { readLine } from '#platform/terminal/standard-input.ts'
import { everyOrganization, type Role, roles } from './actor.ts'
import { addPerson, disable, enable, requirePerson } from './identity.actions.ts'
import { listPeople } from './identity.store.ts'
import { changePassword, hashOfChoice } from './password.actions.ts'
import type { PasswordOwner } from './password.ts'
import { peopleTable, seenPeopleTable } from './people.table.ts'
import { userRecords } from './people-records.table.ts'
import { listedUserFacts, readEmail, readName } from './person.ts'
import type { Terminal } from './terminal.public.ts'
import { registerTokenCommands } from './tokens.commands.ts'

interface AddOptions {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organization: string
  readonly passwordStdin?: true
}

interface Of {
  readonly email: string
}

export function registerUserCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const users = program
    .command('users')
    .description(say('Utilisateurs et jetons', 'Users and tokens'))
  addExample(users, language, 'vigie users list')
  registerAdding(users, terminal)
  const list = users
    .command('list')
    .description(say('Énumère les personnes et leurs rôles', 'Lists people and their roles'))
    .action(async (options: ListShown) => {
      const people = await terminal.look(({ handle }) => listPeople(handle))
      await showListAs(terminal, options, {
        list: userRecords,
        records: people.map(listedUserFacts),
        table: seenPeopleTable(people),
      })
    })
  addListOptions(list, language)
  addExample(list, language, 'vigie users list')
  registerAccess(users, terminal)
  registerTokenCommands(users, terminal)
}

function registerAdding(users: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const add = users
    .command('add')
    .description(
      say(
        'Ajoute une personne, ou un rôle ou organisme de plus à une personne',
        'Adds a person, or another role or organization to a person',
      ),
    )
    .requiredOption(
      '--email <email>',
      say('adresse de courriel', 'e-mail address'),
      reading(readEmail, language),
    )
    .requiredOption('--name <name>', say('nom', 'name'), reading(readName, language))
    .requiredOption('--role <role>', roles.join(', '), oneOf(roles, language))
    .option(
      '--organization <code>',
      say('organisme d’un agent ou d’un approbateur', 'organization of an officer or approver'),
      everyOrganization,
    )
    .option('--password-stdin', passwordWords(say))
    .action((options: AddOptions) => runAdd(terminal, options))
  addExample(
    add,
    language,
    'vigie users add --email a.roy@msp.example --name "A. Roy" --role officer --organization MSP',
  )
}

const passwordWords = (say: (fr: string, en: string) => string): string =>
  say('mot de passe, lu sur une ligne de l’entrée standard', 'password, a line of standard input')

/** A password that no rule allows is refused before anybody is added. */
async function runAdd(terminal: Terminal, options: AddOptions): Promise<void> {
  const hash = options.passwordStdin === true ? await readHash(options) : null
  const person = await terminal.act((context) => addPerson(context, options))
  if (hash !== null) {
    await terminal.act((context) =>
      changePassword(context, person.email, { hash, insteadOf: null }),
    )
  }
  terminal.print(printTable(peopleTable([person]), { language: terminal.language }))
}

const readHash = async (owner: PasswordOwner): Promise<string> =>
  hashOfChoice(owner, await readLine(), 'password')

function registerAccess(users: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const command = (name: string, fr: string, en: string): Command =>
    users
      .command(name)
      .description(say(fr, en))
      .requiredOption('--email <email>', say('adresse de courriel', 'e-mail address'))
  const giving = command('password', 'Donne un mot de passe', 'Gives a password')
    .requiredOption('--password-stdin', passwordWords(say))
    .action(async ({ email }: Of) => {
      const person = await terminal.look(({ handle }) => requirePerson(handle, email))
      const hash = await readHash(person)
      await terminal.act((context) =>
        changePassword(context, person.email, { hash, insteadOf: null }),
      )
      terminal.say(
        say(`${person.email} a un nouveau mot de passe.`, `${person.email} has a new password.`),
      )
    })
  addExample(
    giving,
    language,
    'vigie users password --email a.roy@msp.example --password-stdin < mot-de-passe.txt',
  )
  const disabling = command(
    'disable',
    'Retire tout accès à une personne',
    'Takes all access from a person',
  ).action(async ({ email }: Of) => {
    await terminal.act((context) => disable(context, email))
    terminal.say(say(`${email} est désactivé.`, `${email} is disabled.`))
  })
  addExample(disabling, language, 'vigie users disable --email a.roy@msp.example')
  const enabling = command(
    'enable',
    'Redonne ses rôles et son mot de passe, mais aucun jeton',
    'Gives roles and password back, and no token',
  ).action(async ({ email }: Of) => {
    await terminal.act((context) => enable(context, email))
    terminal.say(say(`${email} est réactivé.`, `${email} is enabled again.`))
  })
  addExample(enabling, language, 'vigie users enable --email a.roy@msp.example')
}

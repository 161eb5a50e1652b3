import type { Command } from 'commander'
import { readUuid } from '#core/ids.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { reading } from '#platform/terminal/readings.ts'
import { issueToken, requirePerson } from './identity.actions.ts'
import { tokenRecords } from './people-records.table.ts'
import type { Terminal } from './terminal.public.ts'
import { readTokenDays, tokenDaysDefault, tokenFacts } from './token.ts'
import { takeTokenBack } from './tokens.actions.ts'
import { listTokens } from './tokens.store.ts'
import { tokensTable } from './tokens.table.ts'

export function registerTokenCommands(users: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const emailWords = say('adresse de courriel', 'e-mail address')
  const token = users
    .command('token')
    .description(
      say('Émet un jeton d’API, montré une seule fois', 'Issues an API token, shown once'),
    )
    .requiredOption('--email <email>', emailWords)
    .option(
      '--expires <days>',
      say('durée en jours', 'days it is good for'),
      reading(readTokenDays, language),
      tokenDaysDefault,
    )
    .action(async ({ email, expires }: { email: string; expires: number }) => {
      terminal.print(await terminal.act((context) => issueToken(context, email, expires)))
    })
  addExample(token, language, 'vigie users token --email a.roy@msp.example --expires 30')
  const tokens = users
    .command('tokens')
    .description(
      say('Énumère les jetons d’une personne, sans eux', 'Lists a person’s tokens, without them'),
    )
    .requiredOption('--email <email>', emailWords)
    .action(async ({ email, ...options }: ListShown & { readonly email: string }) => {
      const kept = await terminal.look(async ({ handle }) => {
        const person = await requirePerson(handle, email)
        return listTokens(handle, person.email)
      })
      await showListAs(terminal, options, {
        list: tokenRecords,
        records: kept.map(tokenFacts),
        table: tokensTable(kept),
      })
    })
  addListOptions(tokens, language)
  addExample(tokens, language, 'vigie users tokens --email a.roy@msp.example')
  const revoking = users
    .command('revoke')
    .description(say('Révoque un jeton à l’instant', 'Revokes a token at once'))
    .requiredOption(
      '--token <id>',
      say('numéro du jeton, pas le jeton', 'number of the token, not the token'),
      reading(readUuid, language),
    )
    .action(async ({ token: id }: { token: string }) => {
      await terminal.act((context) => takeTokenBack(context, id))
      terminal.say(say(`Le jeton ${id} est révoqué.`, `Token ${id} is revoked.`))
    })
  addExample(revoking, language, 'vigie users revoke --token 0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192')
}

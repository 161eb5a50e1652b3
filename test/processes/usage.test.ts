import { Command, CommanderError } from 'commander'
import { describe, expect, test } from 'vitest'
import type { Language } from '#core/language.ts'
import { oneOf, positiveAmount, words } from '#platform/terminal/readings.ts'
import { usageMessage } from '#platform/terminal/usage.ts'

/** What the command line says about itself, in every case; a few are run as processes besides. */
function refusal(argv: readonly string[], language: Language): string | null {
  const program = new Command('vigie').exitOverride().configureOutput({ writeErr: () => undefined })
  program
    .command('users')
    .argument('<id>')
    .requiredOption('--email <email>', '')
    .option('--role <role>', '', oneOf(['officer', 'approver'], language))
    .option('--amount <amount>', '', positiveAmount(language))
    .option('--reason <text>', '', words(5, language))
    .action(() => undefined)
  try {
    program.parse([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return usageMessage(error, language)
    throw error
  }
  throw new Error('nothing was refused')
}

const good = ['users', '1', '--email', 'x']

describe('a command line that cannot be read is refused in French', () => {
  test.each([
    [['user'], 'Commande inconnue : user. Vouliez-vous dire users ?'],
    [['tout'], 'Commande inconnue : tout.'],
    [[...good, '--emial', 'x'], 'Option inconnue : --emial. Vouliez-vous dire --email ?'],
    [['users', '--email', 'x'], 'Il manque l’argument « id ».'],
    [['users', '1'], 'L’option --email <email> est requise.'],
    [['users', '1', '--email'], 'L’option --email <email> attend une valeur.'],
    [[...good, '2'], 'Trop d’arguments.'],
    [
      [...good, '--role', 'boss'],
      'Valeur refusée pour --role <role> : Choisissez parmi officer, approver.',
    ],
  ])('%j', (argv, sentence) => {
    expect(refusal(argv, 'fr')).toBe(sentence)
  })

  test.each([
    ['--amount', '1,234', 'Le montant se lit de deux façons'],
    ['--amount', '10,005', ''],
    ['--amount', '0', 'supérieur à zéro'],
    ['--amount', '12 USD', ''],
    ['--reason', '  ', ''],
    ['--reason', 'abcdef', 'au plus 5 caractères'],
    ['--reason', '\u0007', ''],
  ])('%s %j', (option, value, sentence) => {
    const said = refusal([...good, option, value], 'fr')
    expect(said).toMatch(new RegExp(`^Valeur refusée pour ${option} <[a-z]+> : \\S.*\\.$`))
    expect(said).toContain(sentence)
    expect(said).not.toMatch(/invalid|argument/)
  })
})

test('in English it is refused in commander’s own words, with our reasons', () => {
  expect(refusal(['user'], 'en')).toBe("unknown command 'user'\n(Did you mean users?)")
  expect(refusal([...good, '--role', 'boss'], 'en')).toMatch(/Choose among officer, approver\.$/)
})

test('help that was asked for is no refusal', () => {
  expect(usageMessage(new CommanderError(0, 'commander.helpDisplayed', ''), 'fr')).toBeNull()
})

import type { Command, Option } from 'commander'
import type { Language } from '#core/language.ts'

/**
 * Help in the reader's language. Commander composes it from English words of its own: headings, the
 * sentences about help itself, what a default is called. Set on the program before its commands
 * are made: each takes it over from its parent then.
 */
export function speakHelp(program: Command, language: Language): Command {
  if (language === 'en') {
    return program
      .helpOption('-h, --help', 'print this help')
      .helpCommand('help [command]', 'print the help of a command')
  }
  return program
    .helpOption('-h, --help', 'imprime cette aide')
    .helpCommand('help [commande]', 'imprime l’aide d’une commande')
    .configureHelp({
      styleTitle: (title) => headings[title] ?? title,
      styleUsage: (usage) => usage.replace('[command]', '[commande]'),
      optionDescription: describeOption,
    })
}

const headings: Readonly<Record<string, string>> = {
  'Usage:': 'Utilisation :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
}

function describeOption({ description, defaultValue }: Option): string {
  return defaultValue === undefined
    ? description
    : `${description} (par défaut : ${String(defaultValue)})`
}

/** What a person may type as it stands; every command has one. */
export function addExample(command: Command, language: Language, ...lines: string[]): Command {
  const heading = language === 'fr' ? 'Exemple :' : 'Example:'
  return command.addHelpText('after', ['', heading, ...lines.map((line) => `  ${line}`)].join('\n'))
}

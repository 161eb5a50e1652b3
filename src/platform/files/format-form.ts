/**
 * One form for a number format however a program spells it (ECMA-376 part 1, 18.8.31): quotes and
 * escapes, locales, blanks and sections that repeat what goes without saying are no part of it. Two
 * formats with one form show every number alike; whatever hides, scales, rounds or adds digits has
 * another form. What stands for itself is marked with an apostrophe.
 * Example: `#,##0.00\ "$"` and `#,##0.00" $";-#,##0.00" $"` are both `#,##0.00'$`.
 */
const pieces =
  /"(?<quoted>[^"]*)"?|\\(?<escaped>.)|_.|\[\$(?<symbol>[^\]-]*)[^\]]*\]|(?<bare>[-$+/():!^&'~{}<>= ])|(?<code>\[[^\]]*\]|\*.|.)/gsu

export function formatForm(code: string): string {
  const form = [...code.matchAll(pieces)]
    .map(({ groups = {} }) => {
      const { quoted, escaped, symbol, bare, code: own = '' } = groups
      return marked(quoted ?? escaped ?? symbol ?? bare ?? '') + own.toLowerCase()
    })
    .join('')
  const sections = form.split(/(?<!');/)
  if (sections.length === 4 && sections[3] === '@') {
    sections.pop()
  }
  if (sections.length === 3 && sections[2] === sections[0]) {
    sections.pop()
  }
  if (sections.length === 2 && sections[1] === `'-${sections[0]}`) {
    sections.pop()
  }
  const shown = sections.join(';')
  return shown === 'general' || shown === '@' ? '' : shown
}

const marked = (text: string): string => text.replaceAll(/\s/gu, '').replaceAll(/./gsu, "'$&")

/** For a person to read. */
export const formatOfForm = (form: string): string =>
  form === ''
    ? 'General'
    : form.replaceAll(/(?:'.)+/gsu, (run) => `"${run.replaceAll(/'(.)/gsu, '$1')}"`)

const builtinCodes: ReadonlyMap<string, string> = new Map([
  ['0', 'General'],
  ['1', '0'],
  ['2', '0.00'],
  ['3', '#,##0'],
  ['4', '#,##0.00'],
  ['49', '@'],
])

/** Of a format that the file names by its number; none of the others is ours. */
export const builtinForm = (id: string): string => formatForm(builtinCodes.get(id) ?? `"#${id}"`)

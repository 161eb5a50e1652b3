import { mkdir, writeFile } from 'node:fs/promises'
import { Problem } from '#core/problem.ts'

/** What a command was told to write: what hinders it is said, not thrown with its stack. */
export const writeOutput = (path: string, content: string | Uint8Array): Promise<void> =>
  writeFile(path, content).catch((error: unknown) => refuse(error, path))

export const makeOutputFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true }).catch((error: unknown) => refuse(error, path))
}

/** A text that ends its own last line gets no empty one after it: a file and stdout are the same. */
export function writeStream(stream: NodeJS.WriteStream, text: string): void {
  stream.write(text.endsWith('\n') ? text : `${text}\n`)
}

/**
 * A reader that has seen enough (`| head`) ends no work, and is nobody's mistake. A file that stdout
 * was sent to and that takes no more is: what was asked for is not all there.
 */
export function watchStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        refuse(error, name)
      }
    })
  }
}

/** The disk is full or failing: the same command may work later. */
const passing = ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE']

function refuse(cause: unknown, path: string): never {
  const { code } = Object(cause) as { code?: unknown }
  if (typeof code !== 'string') {
    throw cause
  }
  throw passing.includes(code)
    ? new Problem(
        'unavailable',
        'terminal/disk',
        {
          fr: `Le disque n’a pas accepté ${path} (${code}). Libérez de la place et recommencez.`,
          en: `The disk did not accept ${path} (${code}). Make room and try again.`,
        },
        { cause },
      )
    : new Problem(
        'invalid',
        'terminal/unwritable',
        {
          fr: `Impossible d’écrire ${path} (${code}) : vérifiez que le dossier existe et que vous pouvez y écrire.`,
          en: `${path} cannot be written (${code}): check that the folder exists and that you may write there.`,
        },
        { cause },
      )
}

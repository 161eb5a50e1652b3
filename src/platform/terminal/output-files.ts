import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '#core/problem.ts'

type Content = string | Uint8Array | AsyncIterable<Uint8Array>

/**
 * What a command was told to write: what hinders it is said, not thrown with its stack. Under the
 * name asked for there is all of it, or what was there before.
 */
export const writeOutput = (path: string, content: string | Uint8Array): Promise<void> =>
  writeWhole(path, content).catch((error: unknown) => refuse(error, path))

/** The same for what comes in pieces; without a name it goes to stdout, as fast as that is read. */
export const writeOutputStream = (
  path: string | undefined,
  content: AsyncIterable<Uint8Array>,
): Promise<void> =>
  path === undefined
    ? writeToStdout(content)
    : writeWhole(path, content).catch((error: unknown) => refuse(error, path))

/** What a file has that nobody gave rights to; the process's mask is taken off. */
const newFileMode = 0o666

/** Beside the file, and in its place once it is whole. */
async function writeWhole(path: string, content: Content): Promise<void> {
  const there = await stat(path).catch(() => null)
  if (there !== null && !there.isFile()) {
    // A device or a pipe takes what it is given, and nothing may stand in its place.
    return writeFile(path, content)
  }
  if (there !== null) {
    await access(path, constants.W_OK)
  }
  const target = there === null ? path : await realpath(path)
  const partial = join(dirname(target), `.${basename(target)}.${randomUUID()}.partial`)
  try {
    await writeFile(partial, content, { flag: 'wx', mode: there?.mode ?? newFileMode })
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** A reader that has seen enough ends the work and is nobody's mistake: see `watchStreams`. */
const writeToStdout = (content: AsyncIterable<Uint8Array>): Promise<void> =>
  pipeline(Readable.from(content, { objectMode: false }), process.stdout, { end: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        refuse(error, 'stdout')
      }
    },
  )

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
  const { code, errno } = Object(cause) as { code?: unknown; errno?: unknown }
  // What the content itself failed of has its own words: a database's error has a code too.
  if (typeof code !== 'string' || typeof errno !== 'number') {
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

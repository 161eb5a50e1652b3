import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { Problem } from '#core/problem.ts'
import { normalizedPassword } from './password.ts'

/**
 * Argon2id of passwords, kept as text with its own parameters and salt:
 * `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. Raise `current`, and each password is hashed anew when
 * its person next signs in. Parameters: OWASP Password Storage Cheat Sheet, Argon2id (19 MiB, 2, 1).
 */
interface Parameters {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

interface Kept {
  readonly parameters: Parameters
  readonly salt: Buffer
  readonly hash: Buffer
}

const current: Parameters = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const hashBytes = 32

/** A hashing costs memory and a processor: more at once, or a longer line, is an attack on us. */
const runningMax = 2
const waitingMax = 64

let running = 0
const waiting: (() => void)[] = []

/** For an account that has no password: hashed with as much work, and equal to nothing. */
const nobody = textOf({
  parameters: current,
  salt: randomBytes(saltBytes),
  hash: randomBytes(hashBytes),
})

/** @throws Problem `identity/sign-in-busy` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, current, salt)
  return textOf({ parameters: current, salt, hash })
}

export interface Verified {
  readonly isRight: boolean
  /** Right, and kept with other parameters than today's. */
  readonly isOutdated: boolean
}

/**
 * One hashing whatever is kept, so that its time tells nothing; null is nobody's password.
 * @throws Problem `identity/sign-in-busy`
 */
export async function verifyPassword(typed: string, kept: string | null): Promise<Verified> {
  const { parameters, salt, hash } = keptOf(kept ?? nobody)
  const derived = await derive(typed, parameters, salt)
  const isRight = timingSafeEqual(derived, hash) && kept !== null
  return { isRight, isOutdated: isRight && !isCurrent(parameters) }
}

const isCurrent = ({ memory, passes, parallelism }: Parameters): boolean =>
  memory === current.memory && passes === current.passes && parallelism === current.parallelism

function derive(password: string, parameters: Parameters, salt: Buffer): Promise<Buffer> {
  const options = {
    ...parameters,
    message: normalizedPassword(password),
    nonce: salt,
    tagLength: hashBytes,
  }
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        argon2('argon2id', options, (error, hash) => {
          if (error === null) {
            resolve(hash)
          } else {
            reject(error)
          }
        })
      }),
  )
}

/** First come, first served; whoever finds the line full is told to come back. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < runningMax) {
    running += 1
  } else {
    await turn()
  }
  try {
    return await work()
  } finally {
    // The place goes to the next in line without becoming free in between.
    const next = waiting.shift()
    if (next === undefined) {
      running -= 1
    } else {
      next()
    }
  }
}

function turn(): Promise<void> {
  if (waiting.length >= waitingMax) {
    throw new Problem('unavailable', 'identity/sign-in-busy', {
      fr: 'Trop de personnes ouvrent une session en même temps. Recommencez dans un instant.',
      en: 'Too many people are signing in at the same time. Try again shortly.',
    })
  }
  return new Promise((resolve) => waiting.push(resolve))
}

function textOf({ parameters: { memory, passes, parallelism }, salt, hash }: Kept): string {
  const [saltText, hashText] = [salt, hash].map((bytes) =>
    bytes.toString('base64').replaceAll('=', ''),
  )
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${saltText}$${hashText}`
}

const keptForm =
  /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]{43})$/

function keptOf(text: string): Kept {
  const [, memory, passes, parallelism, salt = '', hash = ''] = keptForm.exec(text) ?? []
  if (hash === '') {
    throw new Error('a password is kept in a form that cannot be read')
  }
  return {
    parameters: {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './line-file.ts'

/**
 * An Ed25519 key (RFC 8032) in a PKCS#8 PEM file that its owner alone may read. The database never
 * sees it. A public key is said as the 64 hex digits of its 32 bytes, a signature in base64.
 */
export interface SigningKey {
  readonly publicKey: string
  sign(text: string): string
}

/** What is wrong with a key file, for a sentence of the caller's. */
export const keyFaults = ['absent', 'open-to-others', 'unreadable', 'no-key'] as const
export type KeyFault = (typeof keyFaults)[number]

export async function readSigningKey(path: string): Promise<SigningKey | KeyFault> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0) {
      return 'open-to-others'
    }
    const key = keyIn(await readFile(path, 'utf8'))
    return key ?? 'no-key'
  } catch (error) {
    return Object(error).code === 'ENOENT' ? 'absent' : 'unreadable'
  }
}

function keyIn(pem: string): SigningKey | null {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? signingKey(key) : null
  } catch {
    return null
  }
}

const signingKey = (key: KeyObject): SigningKey => ({
  publicKey: hexOf(createPublicKey(key)),
  sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
})

const hexOf = (key: KeyObject): string =>
  Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')

/** Makes a key where there is none; a second process that does so at once finds the first one's. */
export async function makeSigningKey(path: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (Object(error).code === 'EEXIST') {
      return null
    }
    throw error
  })
  if (file === null) {
    return
  }
  try {
    await file.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    await file.sync()
  } finally {
    await file.close()
  }
  await syncFolder(dirname(path))
}

/** Puts a new key in the place of the old one; the file holds one or the other, never a part. */
export async function replaceSigningKey(path: string, next: string): Promise<void> {
  await rename(next, path)
  await syncFolder(dirname(path))
}

/** False also for a key or a signature that is none. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicKeyOf(publicKey), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

export const publicKeyPem = (publicKey: string): string =>
  publicKeyOf(publicKey).export({ format: 'pem', type: 'spki' }).toString()

const publicKeyOf = (publicKey: string): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  })

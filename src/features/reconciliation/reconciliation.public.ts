export { readEffects } from './effects.store.ts'
export { readFacts } from './reconciliation.store.ts'

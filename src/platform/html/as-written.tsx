import type { VNode } from 'preact'

/** The types of preact take no word here; the attribute has no other values than words. */
const untranslated: object = { translate: 'no' }

/** A name, or what somebody typed: it is in no language of the page's. */
export const AsWritten = ({ text }: { readonly text: string }): VNode => (
  <span {...untranslated}>{text}</span>
)

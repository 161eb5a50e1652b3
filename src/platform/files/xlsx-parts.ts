import type { FileFaultCode } from './file-faults.ts'

/**
 * The parts that Excel, LibreOffice, Google Sheets and Numbers put into a workbook. Any other name
 * is refused before anything is inflated: what nobody writes is there to harm somebody. Parts that
 * run, that hide a file or that bring figures from elsewhere have refusals of their own.
 */
const knownParts: readonly RegExp[] = [
  /^\[content_types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^doc(?:props|metadata)\/[\w.-]+\.(?:xml|jpe?g|png|emf|wmf)$/,
  /^customxml\/(?:_rels\/)?[\w.-]+\.(?:xml|rels)$/,
  /^xl\/(?:workbook|styles|sharedstrings|calcchain|metadata|connections|xmlmaps|volatiledependencies)\.xml$/,
  /^xl\/(?:comments|tablesinglecells|sheetmetadata|persons|usernames)\d*\.xml$/,
  /^xl\/(?:worksheets|chartsheets|dialogsheets|theme|comments|threadedcomments|persons|tables|querytables|pivottables|pivotcache|slicers|slicercaches|timelines|timelinecaches|richdata|featurepropertybag|drawings|charts|chartex|diagrams|ctrlprops|revisions|webextensions|media|printersettings|customproperty|model)\/(?:_rels\/)?[\w .-]+$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/customproperty\d*\.bin$/,
]

const harmfulParts: readonly (readonly [RegExp, FileFaultCode])[] = [
  [/vba|macrosheets|^xl\/(?:activex|intlmacro)/, 'files/macros'],
  [/^xl\/embeddings\/|^package\/|oleobject/, 'files/embedded-object'],
  [/^xl\/externallinks\//, 'files/external-links'],
  [/^encryptedpackage$|^encryptioninfo$/, 'files/encrypted'],
  [/^xl\/workbook\.bin$/, 'files/old-workbook'],
]

/** Of a name in the archive, in lower case; null where it may stay. */
export function faultOfPart(name: string): FileFaultCode | null {
  const [, harm] = harmfulParts.find(([form]) => form.test(name)) ?? []
  if (harm !== undefined) {
    return harm
  }
  const isPacked = /\.(?:zip|xls\w*|doc\w*|ppt\w*|jar|7z|rar|gz|exe|dll)$/.test(name)
  return !isPacked && knownParts.some((form) => form.test(name)) ? null : 'files/part-unknown'
}

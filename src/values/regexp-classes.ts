/**
 * What may stand in `\p{...}` (Go's unicode.Categories, unicode.CategoryAliases and unicode.Scripts), without `_`, `-` and blanks, the first
 * letter large and the others small, as regexp/syntax looks them up. Scripts of two words are missing there as well.
 */
const UNICODE_CLASSES = new Set(
  (
    'Any Assigned Ascii C Cc Cf Cn Co Cs L Lc Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs ' +
    'Casedletter Closepunctuation Combiningmark Connectorpunctuation Control Currencysymbol Dashpunctuation Decimalnumber Enclosingmark ' +
    'Finalpunctuation Format Initialpunctuation Letter Letternumber Lineseparator Lowercaseletter Mark Mathsymbol Modifierletter ' +
    'Modifiersymbol Nonspacingmark Number Openpunctuation Other Otherletter Othernumber Otherpunctuation Othersymbol Paragraphseparator ' +
    'Privateuse Punctuation Separator Spaceseparator Spacingmark Surrogate Symbol Titlecaseletter Unassigned Uppercaseletter Cntrl Digit Punct ' +
    'Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Carian Chakma Cham ' +
    'Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic Ethiopic Georgian ' +
    'Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Inherited Javanese Kaithi Kannada Katakana ' +
    'Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen ' +
    'Medefaidrin Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari Newa Nko Nushu Ogham Oriya Osage Osmanya Palmyrene Phoenician ' +
    'Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa ' +
    'Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi Yi'
  ).split(' '),
)

const POSIX_CLASSES = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
)

/** Whether `\p{name}` is a class of characters; blanks, hyphens, underscores and case do not matter. */
export function isUnicodeClass(name: string): boolean {
  const letters = name.replace(/[-_ ]/g, '')
  const first = letters.charAt(0)
  // Only ASCII letters change their case here.
  const canonical = lowerAscii(letters.slice(1))
  return UNICODE_CLASSES.has((first >= 'a' && first <= 'z' ? first.toUpperCase() : first) + canonical)
}

/** Whether `[:name:]` inside of brackets is a class of characters; `name` may begin with `^`. */
export function isPosixClass(name: string): boolean {
  return POSIX_CLASSES.has(name.replace(/^\^/, ''))
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

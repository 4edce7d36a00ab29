// A round mark for each author: initials on one of eight colours, the same everywhere.

const words = Intl.Segmenter && new Intl.Segmenter('en', { granularity: 'grapheme' })

const first = (text) => (words ? [...words.segment(text)][0]?.segment : [...text][0]) ?? ''

function initials(name) {
  const parts = name.split(/[\s._-]+/u).filter(Boolean)
  return parts.slice(0, 2).map(first).join('').toLocaleUpperCase('en')
}

function colour(name) {
  let hash = 7
  for (const c of name) hash = (hash * 31 + c.codePointAt(0)) >>> 0
  return hash % 8
}

/** Turns an element into the mark of an author. */
export function paint(element, author) {
  element.textContent = initials(author)
  element.dataset.colour = colour(author)
  return element
}

// The list of messages: grouped by author, parted by days, with marks for what is new and for what may be missing.

import { paint } from './avatar.js'
import { element } from './element.js'
import { day, fullTime, gapReason, time } from './words.js'

/** Messages of one author closer together than this, in ms, need no second heading. */
const GROUP = 5 * 60_000
/** The page keeps this many entries; the room keeps its own. */
const KEEP = 1_000

/**
 * @param {HTMLElement} list
 * @param {string} me whose messages are one's own
 */
export function messages(list, me) {
  let last = { day: '' }
  let mark

  function append(node) {
    list.append(node)
    if (list.children.length > KEEP) list.firstElementChild.remove()
    return node
  }

  function divider(className, ...content) {
    last.user = undefined
    return append(element('li', { className: `divider ${className}` }, ...content))
  }

  return {
    get isEmpty() {
      return !list.firstElementChild
    },

    add({ id, message, user, ts }) {
      const date = new Date(ts)
      if (day(date) !== last.day) {
        last = { day: day(date) }
        divider('day', element('span', {}, last.day))
      }
      const author = user ?? 'anonymous'
      const follows = last.user === author && ts - last.ts < GROUP
      last = { ...last, user: author, ts }
      append(bubble({ author, own: user === me, follows, date, message })).dataset.id = id
    },

    gap(reason) {
      divider('gap', element('strong', {}, 'Messages may be missing here'), element('span', {}, gapReason(reason)))
    },

    /** Puts the mark of what is new before the next message, and takes the old one away. */
    markNew() {
      mark?.remove()
      mark = divider('new', element('span', {}, 'New'))
    },
  }
}

/** One message as a list item, accepted or on its way. */
export function bubble({ author, own, follows, date, message }) {
  const name = element('span', { className: 'author', dir: 'auto' }, own ? 'You' : author)
  const stamp = element('time', { dateTime: date.toISOString(), title: fullTime(date) }, time(date))
  return element(
    'li',
    { className: `message-item${own ? ' own' : ''}${follows ? ' follows' : ''}` },
    paint(element('span', { className: 'avatar', ariaHidden: 'true' }), author),
    element('div', { className: 'heading' }, name, stamp),
    element('div', { className: 'bubble text', dir: 'auto', title: fullTime(date) }, ...content(message)),
  )
}

/** Text with its links, or the JSON of what is no text. */
function content(message) {
  if (typeof message !== 'string') return [element('code', {}, JSON.stringify(message, null, 2))]
  return message.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])/u).map((part, i) =>
    i % 2 ? element('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
  )
}

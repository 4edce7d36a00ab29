// Where the reader is: at the newest message, or further up with new ones waiting below.

import { plural } from './words.js'

/** Closer to the end than this, in px, is at the end. */
const NEAR = 48

/**
 * @param {HTMLElement} scroll
 * @param {HTMLButtonElement} button jumps to the newest
 * @param {HTMLElement} label of the button
 */
export function reading(scroll, button, label) {
  const title = document.title
  let following = true
  let unread = 0

  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR
  const toEnd = () => (scroll.scrollTop = scroll.scrollHeight)

  function show() {
    if (following && !document.hidden) unread = 0
    button.hidden = following
    label.textContent = unread ? plural(unread, 'new message', 'new messages') : 'Jump to newest'
    document.title = unread ? `(${unread}) ${title}` : title
  }

  scroll.addEventListener('scroll', () => {
    following = atEnd()
    show()
  }, { passive: true })
  document.addEventListener('visibilitychange', show)
  button.addEventListener('click', () => jump())
  // The keyboard of a phone, a growing message box or a late font must not push the newest message out of sight.
  const size = new ResizeObserver(() => following && toEnd())
  for (const part of [scroll, ...scroll.children]) size.observe(part)

  function jump() {
    following = true
    toEnd()
    show()
  }

  return {
    jump,

    /** Whether what comes next would come unseen, and is the first to do so. */
    get isFirstUnseen() {
      return unread === 0 && (!following || document.hidden)
    },

    /** Something was added at the end. */
    added({ seen }) {
      if (!seen && (!following || document.hidden)) unread++
      if (following) toEnd()
      show()
    },
  }
}

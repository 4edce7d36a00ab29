// The chat page: puts the parts together.

import { paint } from './avatar.js'
import { composer } from './composer.js'
import { connection } from './connection.js'
import { ending } from './ending.js'
import { messages } from './messages.js'
import { outbox } from './outbox.js'
import { reading } from './reading.js'
import { connect } from './sidestream.js'

const byId = (id) => document.getElementById(id)
const { user: me, socket, announcements } = byId('room').dataset

for (const mark of document.querySelectorAll('.avatar[data-author]')) paint(mark, mark.dataset.author)

const room = connect(socket, { history: 100 })
const log = messages(byId('log'), me)
const onTheWay = outbox(byId('outbox'), me, room)
const reader = reading(byId('scroll'), byId('newest'), byId('newest-text'))

/** Old messages that are still to come: they are no news, and nobody wants them read aloud. */
let old = 0
let wasLive = false

function send(text) {
  onTheWay.send(text)
  reader.jump()
  showWhetherEmpty()
}

const box = composer({ send, announcements, jump: reader.jump })

function showWhetherEmpty() {
  byId('empty').hidden = !(room.state.status === 'live' && !old && log.isEmpty && onTheWay.isEmpty)
}

function settled() {
  if (old === 0) byId('said').ariaBusy = 'false'
  showWhetherEmpty()
}

room.on('welcome', ({ replayed }) => {
  old = wasLive ? 0 : replayed
  wasLive = true
  settled()
})

room.on('message', (message) => {
  const seen = message.user === me || old > 0
  if (old > 0) old--
  onTheWay.arrived(message)
  if (!seen && reader.isFirstUnseen) log.markNew()
  log.add(message)
  reader.added({ seen })
  settled()
})

room.on('gap', ({ reason }) => {
  log.gap(reason)
  reader.added({ seen: true })
  settled()
})

connection(room)

ending(room, box)
room.on('state', showWhetherEmpty)

addEventListener('beforeunload', (event) => {
  if (!onTheWay.isEmpty) event.preventDefault()
})

// On a phone the keyboard would cover the messages before anybody wants to write.
if (matchMedia('(hover: hover)').matches) box.focus()

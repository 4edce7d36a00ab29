/**
 * Sidestream's browser client: one room, one socket, kept alive.
 *
 *   import { connect } from './sidestream.js'
 *   const room = connect('/chat/lobby/')
 *   room.on('message', (m) => console.log(m.user, m.message))
 *   await room.send('hello')
 *
 * What it holds to:
 * - Handlers see each message of the room once and in order, across any number of reconnects, or they see a `gap`.
 * - What is sent arrives in the order of the calls. One message is in flight at a time, and the same one is sent again
 *   with the same id until the server has answered, so it is in the room once.
 * - `state` is what is true now, not what is hoped for. Reconnecting is spread at random so that a crowd that was cut off
 *   together does not come back together.
 */

const PROTOCOL = 'sidestream.v1.json'
/** Ids remembered to drop what was seen. */
const SEEN = 512
/** Messages waiting to be accepted. */
const QUEUE = 100
/** The longest the server may take from the call to its welcome, in ms. */
const OPEN_TIMEOUT = 10_000
/** How long an accepted message may take to be acknowledged before it is sent again, in ms. */
const ACK_TIMEOUT = 10_000
/** The server knows an id for ten minutes. A message that is older than this, in ms, is not sent again. */
const RESEND_WITHIN = 540_000
/** The most that a room replays. Asked for after a room was empty, when there is no id to resume after. */
const REPLAY = 1_000
/** What an id may be: 1 to 64 characters, each a whole one. */
const CID = /^\P{Cs}{1,64}$/u
const BACKOFF = 500
const BACKOFF_CAP = 30_000
/** No hint of a server holds us longer than this, in s. */
const HINT_CAP = 600

const SIGNED_OUT = [4009, 4010, 4011]
/** The peer could not take a frame: sending it again would only end the next socket too. */
const UNREADABLE = [1003, 1007, 1009]

/**
 * Opens a room and keeps it open until `close()` or until the server says that there is no use in trying.
 *
 * @param {string | URL} url of the room, relative to the page or absolute; http and https are understood as ws and wss
 * @param {import('./sidestream.js').Options} [options]
 * @returns {import('./sidestream.js').Room}
 */
export function connect(url, options = {}) {
  const Socket = options.WebSocket ?? globalThis.WebSocket
  const listeners = {}
  const seen = new Set()
  const queue = []
  let since = options.since
  let history = options.history
  let state, socket, welcome, bye
  let timer, pacer
  let attempt = 0
  let heard = 0
  let notBefore = 0
  let busy = false
  /** A gap is still to be told, and no message comes with it. */
  let gapDue = false
  /** The room was empty when last seen: all there is now is new. */
  let wasEmpty = false

  const now = () => Date.now()
  const is = (status) => state.status === status

  function emit(type, detail) {
    for (const listener of [...(listeners[type] ?? [])]) {
      try {
        listener(detail)
      } catch (error) {
        // Reported like any uncaught error of the page; the room goes on.
        queueMicrotask(() => { throw error })
      }
    }
  }

  function become(status, more) {
    state = { status, ...more }
    emit('state', state)
  }

  /** There is one timer for the socket: its phases (waiting, opening, listening) exclude each other. */
  function arm(delay, task) {
    clearTimeout(timer)
    timer = setTimeout(task, delay)
  }

  // ---- opening and losing the socket

  function open() {
    const target = new URL(url, globalThis.location?.href)
    target.protocol = target.protocol.replace('http', 'ws')
    if (since) target.searchParams.set('since', since)
    else if (history) target.searchParams.set('history', history)
    bye = undefined
    const mine = (socket = new Socket(target.href, PROTOCOL))
    mine.onmessage = (event) => mine === socket && receive(event.data)
    mine.onclose = (event) => mine === socket && lost(event.code, event.reason)
    arm(OPEN_TIMEOUT, () => lost(1006, 'timeout'))
    become('connecting', { attempt })
  }

  /** Ends with the socket whatever it has to say: a dead one may take minutes to report its own close. */
  function abandon(code) {
    const gone = socket
    const wasLive = welcome
    socket = welcome = undefined
    busy = false
    clearTimeout(timer)
    clearTimeout(pacer)
    gone?.close(code)
    return wasLive
  }

  function lost(code, reason) {
    const wasBusy = busy
    const wasLive = abandon()
    // 1005 and 1006 are no words of the server; its bye, if there was one, is.
    if (bye && (code === 1005 || code === 1006)) ({ code, reason } = bye)
    if (wasBusy && UNREADABLE.includes(code)) settle(failure('refused', 'The server cannot take this message', code))
    const kind = Math.floor(code / 100)
    if (kind === 40 || bye?.reconnect === false) {
      return stop(SIGNED_OUT.includes(code) ? 'signed-out' : 'stopped', code, reason)
    }
    const hint = Math.min(HINT_CAP, bye?.retry_after ?? (/\bretry=(\d+)/.exec(reason)?.[1] || 0)) * 1000
    const floor = hint || (kind === 41 ? 1000 : 0)
    notBefore = now() + floor
    const spread = kind === 42 && wasLive ? 250 : Math.min(BACKOFF_CAP, BACKOFF * 2 ** attempt++)
    wait(floor * (1 + Math.random()) + Math.random() * spread, code, reason)
  }

  function wait(delay, code, reason) {
    arm(delay, open)
    become('reconnecting', { attempt, delay, at: now() + delay, code, reason })
  }

  function stop(status, code, reason) {
    abandon(1000)
    while (queue.length) settle(failure('closed', 'The room was closed before the message was accepted', code))
    become(status, { code, reason })
  }

  // ---- noticing that the peer is gone

  /** Silence of two pings brings a question, and silence after the question ends the socket. */
  function listen() {
    const quiet = 2000 * (welcome.ping || 25) - (now() - heard)
    if (quiet > 0) arm(quiet, listen)
    else probe(5000)
  }

  function probe(patience) {
    heard = 0
    socket.send('{"type":"ping"}')
    arm(patience, () => (heard ? listen() : lost(1006, 'silence')))
  }

  /** The network or the page is back. What the server asked for still holds. */
  function wake() {
    const delay = Math.max(notBefore - now(), Math.random() * 300)
    if (is('live')) probe(3000)
    else if (is('reconnecting') && now() + delay < state.at) wait(delay, state.code, state.reason)
  }

  const onVisible = () => document.visibilityState === 'visible' && wake()
  const onOffline = () => is('live') && probe(3000)

  function attend(change) {
    globalThis[change]?.('online', wake)
    globalThis[change]?.('pageshow', wake)
    globalThis[change]?.('offline', onOffline)
    globalThis.document?.[change]('visibilitychange', onVisible)
  }

  // ---- receiving

  /** Everything up to the tail is known, so that a later socket can resume there. An empty room has no tail. */
  function caughtUp(otherwise) {
    since = welcome.tail ?? otherwise
    wasEmpty = !since
    if (wasEmpty) history = REPLAY
  }

  function receive(data) {
    heard = now()
    let frame
    try {
      frame = JSON.parse(data)
    } catch {
      return
    }
    const { type, id } = frame
    if (type === 'welcome') {
      const { replayed, resumed, limits } = (welcome = frame)
      // As many as it may replay: there may have been more.
      const cut = wasEmpty && replayed >= Math.min(REPLAY, limits?.replay || REPLAY)
      attempt = notBefore = 0
      gapDue = !replayed && since && !resumed
      if (!replayed && !gapDue) caughtUp(since)
      listen()
      become('live')
      if (cut) emit('gap', { type: 'gap', since: null, first: null, reason: 'limit' })
      flush()
    } else if (type === 'gap') {
      // What follows is read from there on, so nobody is told twice.
      if (id) since = id
      else if (gapDue) caughtUp()
      gapDue = wasEmpty = false
    } else if (type === 'bye') {
      bye = frame
    } else if (type === 'ack' || type === 'error') {
      answered(frame)
    } else if (id) {
      if (seen.has(id)) return
      seen.add(id)
      if (seen.size > SEEN) seen.delete(seen.values().next().value)
      since = id
      gapDue = wasEmpty = false
    }
    emit(type, frame)
  }

  // ---- sending

  const failure = (code, message, closeCode) => Object.assign(new Error(message), { code, closeCode })

  function settle(error, id) {
    const item = queue.shift()
    if (error) item.reject(error)
    else item.resolve(id)
  }

  function answered({ type, cid, id, code, message, retry_after: retry }) {
    // Only the first of the queue can be on its way; anything else is an answer to what was settled already.
    if (!cid || queue[0]?.cid !== cid) return
    clearTimeout(pacer)
    if (type === 'error' && retry != null) {
      pacer = setTimeout(again, retry * 1000 * (1 + Math.random() / 4))
    } else {
      settle(type === 'error' && failure(code, message), id)
      again()
    }
  }

  function again() {
    busy = false
    flush()
  }

  function flush() {
    const item = queue[0]
    if (busy || !welcome || !item) return
    if (item.bytes > welcome.limits?.bytes) {
      settle(failure('too_large', `The message has ${item.bytes} bytes, the server takes ${welcome.limits.bytes}`))
    } else if (now() - item.sent > RESEND_WITHIN) {
      settle(failure('unknown', 'The server has not said whether it accepted the message'))
    } else {
      busy = true
      item.sent ??= now()
      socket.send(item.frame)
      pacer = setTimeout(again, ACK_TIMEOUT)
      return
    }
    flush()
  }

  function enqueue(message, cid) {
    return new Promise((resolve, reject) => {
      const frame = JSON.stringify({ type: 'message', message, cid })
      // The server could not say which message it means, having no id to name.
      if (typeof cid !== 'string' || !CID.test(cid)) return reject(failure('bad_request', 'A cid has 1 to 64 characters'))
      if (is('stopped') || is('signed-out')) return reject(failure('closed', 'The room is closed', state.code))
      if (queue.length >= QUEUE) return reject(failure('queue_full', `${QUEUE} messages are waiting already`))
      queue.push({ cid, frame, bytes: new TextEncoder().encode(frame).length, resolve, reject })
      flush()
    })
  }

  const room = {
    get state() {
      return state
    },
    on(type, listener) {
      const set = (listeners[type] ??= new Set())
      set.add(listener)
      if (type === 'state') listener(state)
      return () => set.delete(listener)
    },
    send: (message, cid = crypto.getRandomValues(new Uint32Array(4)).join('-')) => enqueue(message, cid),
    connect() {
      if (socket) return
      attend('addEventListener')
      open()
    },
    close() {
      attend('removeEventListener')
      stop('stopped', 1000, 'closed')
    },
  }
  room.connect()
  return room
}

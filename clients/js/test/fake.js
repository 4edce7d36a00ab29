import { mock } from 'node:test'

/** A WebSocket whose server is the test. The sockets of a test are in `FakeSocket.all`, the newest last. */
export class FakeSocket {
  static all = []

  static get last() {
    return FakeSocket.all.at(-1)
  }

  constructor(url, protocol) {
    this.url = new URL(url)
    this.protocol = protocol
    this.sent = []
    FakeSocket.all.push(this)
  }

  send(data) {
    this.sent.push(JSON.parse(data))
  }

  close(code) {
    this.closed = code ?? 'closed'
  }

  receive(frame) {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) })
  }

  welcome(more) {
    this.receive({ type: 'welcome', v: 1, room: 'lobby', user: 'alice', tail: null, resumed: false, replayed: 0, ping: 25, limits: {}, ...more })
  }

  message(id, more) {
    this.receive({ type: 'message', id, message: id, user: 'bob', ts: 1, ...more })
  }

  drop(code = 1006, reason = '') {
    this.onclose?.({ code, reason })
  }

  /** Messages that the client sent here, without its pings. */
  get messages() {
    return this.sent.filter((frame) => frame.type === 'message')
  }
}

/** Stops the clock and fixes chance at its upper end, so that each delay is the longest one allowed. */
export function freeze(chance = 0.999999) {
  FakeSocket.all = []
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  mock.method(Math, 'random', () => chance)
}

export function thaw() {
  mock.timers.reset()
  mock.restoreAll()
}

export const pass = (ms) => mock.timers.tick(ms)

/** Lets settled promises call back. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))

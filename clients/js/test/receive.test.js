import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { connect } from '../sidestream.js'
import { FakeSocket, freeze, pass, thaw } from './fake.js'

beforeEach(() => freeze())
afterEach(thaw)

function open(options) {
  const room = connect('http://site.test/chat/lobby/', { WebSocket: FakeSocket, ...options })
  room.received = []
  room.on('message', ({ id }) => room.received.push(id))
  return room
}

function reconnect(code = 4200) {
  FakeSocket.last.drop(code)
  pass(500)
  return FakeSocket.last.url.searchParams
}

test('starts with the history or the id that the page asks for', () => {
  open({ history: 50 })
  assert.equal(FakeSocket.last.url.search, '?history=50')
  open({ history: 50, since: '1-0.1.a' })
  assert.equal(FakeSocket.last.url.search, '?since=1-0.1.a')
})

test('resumes after the last message', () => {
  open()
  FakeSocket.last.welcome()
  FakeSocket.last.message('m1')
  FakeSocket.last.message('m2')
  assert.equal(reconnect().get('since'), 'm2')
})

test('resumes after the tail when nothing was said', () => {
  open()
  FakeSocket.last.welcome({ tail: 'm9' })
  assert.equal(reconnect().get('since'), 'm9')
})

test('asks again for the history that was cut off before its first message', () => {
  open({ history: 50 })
  FakeSocket.last.welcome({ tail: 'm9', replayed: 2 })
  const query = reconnect()
  assert.equal(query.get('since'), null)
  assert.equal(query.get('history'), '50')
})

test('resumes in the middle of a replay that was cut off', () => {
  open({ history: 50 })
  FakeSocket.last.welcome({ tail: 'm9', replayed: 2 })
  FakeSocket.last.message('m8')
  assert.equal(reconnect().get('since'), 'm8')
})

test('asks for all there is when the room was empty', () => {
  open()
  FakeSocket.last.welcome({ tail: null })
  assert.equal(reconnect().get('history'), '1000')
})

test('tells a gap and goes on after it', () => {
  const room = open()
  const gaps = []
  room.on('gap', (gap) => gaps.push(gap.reason))
  FakeSocket.last.welcome({ tail: 'm1' })
  reconnect()
  FakeSocket.last.welcome({ tail: 'n5' })
  assert.equal(reconnect().get('since'), 'm1', 'cut off before the gap was told')
  FakeSocket.last.welcome({ tail: 'n5' })
  FakeSocket.last.receive({ type: 'gap', since: 'm1', first: null, reason: 'epoch' })
  assert.deepEqual(gaps, ['epoch'])
  assert.equal(reconnect().get('since'), 'n5')
})

test('resumes after the last message, not after the welcome, when a gap came among live messages', () => {
  open()
  FakeSocket.last.welcome({ tail: 'm1' })
  FakeSocket.last.message('m2')
  FakeSocket.last.receive({ type: 'gap', since: 'm2', first: 'm9', reason: 'diverged' })
  assert.equal(reconnect().get('since'), 'm2')
  FakeSocket.last.welcome({ tail: 'm9', replayed: 1 })
  FakeSocket.last.message('m9')
  assert.equal(reconnect().get('since'), 'm9')
})

test('goes on from the position that a gap gives, so that nobody is told twice', () => {
  open()
  FakeSocket.last.welcome({ tail: 'm1' })
  FakeSocket.last.message('m2')
  FakeSocket.last.receive({ type: 'gap', since: 'm2', first: null, id: 'n0', reason: 'lost' })
  assert.equal(reconnect().get('since'), 'n0')
  FakeSocket.last.welcome({ tail: 'n1', replayed: 1, resumed: true })
  FakeSocket.last.message('n1')
  assert.equal(reconnect().get('since'), 'n1')
})

test('tells a gap when more may have been said in an empty room than is replayed', () => {
  const room = open()
  const gaps = []
  room.on('gap', (gap) => gaps.push(gap.reason))
  FakeSocket.last.welcome({ tail: null })
  reconnect()
  FakeSocket.last.welcome({ tail: 'm9', replayed: 99, limits: { replay: 100 } })
  assert.deepEqual(gaps, [])
  reconnect()
  FakeSocket.last.welcome({ tail: 'm9', replayed: 100, limits: { replay: 100 } })
  assert.deepEqual(gaps, ['limit'])
})

test('drops what was seen', () => {
  const room = open()
  FakeSocket.last.welcome()
  for (const id of ['m1', 'm2', 'm1', 'm3']) FakeSocket.last.message(id)
  reconnect()
  FakeSocket.last.welcome({ replayed: 2 })
  for (const id of ['m3', 'm4']) FakeSocket.last.message(id)
  assert.deepEqual(room.received, ['m1', 'm2', 'm3', 'm4'])
})

test('does not go back to an older message that is told again', () => {
  open()
  FakeSocket.last.welcome()
  for (const id of ['m1', 'm2', 'm1']) FakeSocket.last.message(id)
  assert.equal(reconnect().get('since'), 'm2')
})

test('remembers the last 512 ids', () => {
  const room = open()
  FakeSocket.last.welcome()
  for (let i = 0; i < 600; i++) FakeSocket.last.message(`m${i}`)
  FakeSocket.last.message('m88')
  assert.equal(room.received.length, 600)
  FakeSocket.last.message('m87')
  assert.equal(room.received.length, 601)
})

test('passes on types that it does not know, and survives what is no JSON', () => {
  const room = open()
  const joined = []
  room.on('join', (frame) => joined.push(frame.user))
  FakeSocket.last.welcome()
  FakeSocket.last.receive('{"type":')
  FakeSocket.last.receive({ type: 'join', user: 'carol' })
  assert.deepEqual(joined, ['carol'])
})

test('goes on when a listener throws, and reports it like an uncaught error', () => {
  const room = open()
  const later = mock.method(globalThis, 'queueMicrotask', () => {})
  room.on('welcome', () => { throw new Error('of the page') })
  FakeSocket.last.welcome()
  FakeSocket.last.message('m1')
  assert.deepEqual(room.received, ['m1'])
  assert.throws(later.mock.calls[0].arguments[0], /of the page/)
})

test('stops calling a listener that was taken off', () => {
  const room = open()
  const got = []
  const off = room.on('message', ({ id }) => got.push(id))
  FakeSocket.last.welcome()
  FakeSocket.last.message('m1')
  off()
  FakeSocket.last.message('m2')
  assert.deepEqual(got, ['m1'])
})

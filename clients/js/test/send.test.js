import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { connect } from '../sidestream.js'
import { FakeSocket, freeze, pass, settled, thaw } from './fake.js'

beforeEach(() => freeze())
afterEach(thaw)

const open = () => connect('http://site.test/chat/lobby/', { WebSocket: FakeSocket })

function live(more) {
  const room = open()
  FakeSocket.last.welcome(more)
  return room
}

const texts = (socket = FakeSocket.last) => socket.messages.map((frame) => frame.message)

function accept(id, socket = FakeSocket.last) {
  socket.receive({ type: 'ack', cid: socket.messages.at(-1).cid, id })
}

function refuse(more) {
  FakeSocket.last.receive({ type: 'error', cid: FakeSocket.last.messages.at(-1).cid, code: 'x', message: 'No', ...more })
}

const rejection = (promise) => promise.then(assert.fail, (error) => error)

test('resolves with the id once the server has it', async () => {
  const sent = live().send({ text: 'hi' }, 'c1')
  assert.deepEqual(FakeSocket.last.messages, [{ type: 'message', message: { text: 'hi' }, cid: 'c1' }])
  accept('m1')
  assert.equal(await sent, 'm1')
})

test('gives each message an id of its own, of at most 64 characters', () => {
  const room = live()
  room.send('a')
  accept('m1')
  room.send('b')
  const [a, b] = FakeSocket.last.messages.map((frame) => frame.cid)
  assert.notEqual(a, b)
  assert.ok(a.length >= 16 && a.length <= 64)
})

test('rejects an id that the server could not name in its answer, and goes on', async () => {
  const room = live()
  for (const cid of ['', 'c'.repeat(65), '\ud800', 'a\udc00b', 7, null]) {
    assert.equal((await rejection(room.send('hi', cid))).code, 'bad_request', String(cid))
  }
  const sent = room.send('hi', '🦊'.repeat(64))
  accept('m1')
  assert.equal(await sent, 'm1')
})

test('keeps the order of the calls', () => {
  const room = live()
  for (const text of ['a', 'b', 'c']) room.send(text)
  assert.deepEqual(texts(), ['a'], 'one is on its way at a time')
  accept('m1')
  accept('m2')
  accept('m3')
  assert.deepEqual(texts(), ['a', 'b', 'c'])
})

test('waits for the welcome', () => {
  const room = open()
  room.send('early')
  assert.deepEqual(texts(), [])
  FakeSocket.last.welcome()
  assert.deepEqual(texts(), ['early'])
})

test('sends what was not acknowledged again after a reconnect, under the same id', async () => {
  const room = live()
  const first = room.send('a')
  const second = room.send('b')
  const lost = FakeSocket.last
  lost.drop(4200)
  pass(250)
  FakeSocket.last.welcome()
  assert.equal(FakeSocket.last.messages[0].cid, lost.messages[0].cid)
  accept('m1')
  accept('m2')
  assert.deepEqual(await Promise.all([first, second]), ['m1', 'm2'])
  assert.deepEqual(texts(), ['a', 'b'])
})

test('sends again after ten seconds without an answer', () => {
  live().send('a')
  pass(9_999)
  assert.equal(texts().length, 1)
  pass(1)
  const [once, twice] = FakeSocket.last.messages
  assert.deepEqual(once, twice)
})

test('takes a late answer to what was sent twice once', async () => {
  const room = live()
  const sent = room.send('a')
  pass(10_000)
  accept('m1')
  accept('m1')
  const next = room.send('b')
  accept('m2')
  assert.equal(await sent, 'm1')
  assert.equal(await next, 'm2')
})

test('waits as told after a temporary error, sends the same again, and keeps the order', async () => {
  const room = live()
  const sent = room.send('a')
  room.send('b')
  refuse({ code: 'rate_limited', retry_after: 2 })
  pass(1_999)
  assert.deepEqual(texts(), ['a'])
  pass(501)
  assert.deepEqual(texts(), ['a', 'a'])
  accept('m1')
  assert.equal(await sent, 'm1')
  assert.deepEqual(texts(), ['a', 'a', 'b'])
})

test('fails with the code of a fatal error and goes on with the next', async () => {
  const room = live()
  const sent = room.send('a')
  room.send('b')
  refuse({ code: 'forbidden' })
  const error = await rejection(sent)
  assert.equal(error.code, 'forbidden')
  assert.equal(error.message, 'No')
  assert.deepEqual(texts(), ['a', 'b'])
})

test('takes a hundred waiting messages and refuses the next', async () => {
  const room = open()
  for (let i = 0; i < 100; i++) room.send(i)
  assert.equal((await rejection(room.send(100))).code, 'queue_full')
  FakeSocket.last.welcome()
  for (let i = 0; i < 100; i++) accept(`m${i}`)
  assert.deepEqual(texts(), Array.from({ length: 100 }, (_, i) => i))
})

test('refuses by itself what the server would refuse for its length', async () => {
  const room = live({ limits: { bytes: 100 } })
  assert.equal((await rejection(room.send('é'.repeat(60)))).code, 'too_large')
  room.send('ok')
  assert.deepEqual(texts(), ['ok'])
})

test('does not bring down the next socket with the message that ended this one', async () => {
  const room = live()
  const sent = room.send('huge')
  room.send('ok')
  FakeSocket.last.drop(1009, 'too big')
  assert.equal((await rejection(sent)).code, 'refused')
  pass(500)
  FakeSocket.last.welcome()
  assert.deepEqual(texts(), ['ok'])
})

test('says unknown, and does not risk a second copy, when the server would not know the id any more', async () => {
  const room = live()
  const sent = room.send('a')
  FakeSocket.last.drop(1013, 'retry=600')
  pass(1_201_000)
  FakeSocket.last.welcome()
  assert.equal((await rejection(sent)).code, 'unknown')
  assert.deepEqual(texts(), [])
})

test('keeps for any time what was never sent', () => {
  const room = live()
  FakeSocket.last.drop(1013, 'retry=600')
  room.send('a')
  pass(1_201_000)
  FakeSocket.last.welcome()
  assert.deepEqual(texts(), ['a'])
})

test('fails all that waits when the session ends, and what is sent later', async () => {
  const room = live()
  const waiting = [room.send('a'), room.send('b')]
  FakeSocket.last.drop(4011)
  for (const sent of [...waiting, room.send('c')]) {
    const error = await rejection(sent)
    assert.equal(error.code, 'closed')
    assert.equal(error.closeCode, 4011)
  }
})

test('rejects what is no JSON', async () => {
  await assert.rejects(live().send(1n), TypeError)
})

test('leaves a promise that nobody answers alone', async () => {
  let done = false
  live().send('a').then(() => (done = true))
  await settled()
  assert.equal(done, false)
})

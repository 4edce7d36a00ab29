-- Publishes to a room: gives the publication its place, keeps it in the room's history, appends it to the log that all
-- nodes read. Atomic; one round trip.
--
-- KEYS[1]  ss:{p<k>}:meta:<room>                   hash: epoch, seq of the newest, when it was renewed (ms)
-- KEYS[2]  ss:{p<k>}:room:<room>                   stream: the history
-- KEYS[3]  ss:{p<k>}:log                           stream: the log of partition k
-- KEYS[4]  ss:{p<k>}:life                          hash: count of the entries that the log has had
-- KEYS[5]  ss:{p<k>}:cid:<room>:<author>:<cid>     string: the first position; leave it out without a cid
-- ARGV[1]  room     its name, not encoded
-- ARGV[2]  user     name of the author as members see it; empty for none
-- ARGV[3]  cid      the author's own id of it; empty for none
-- ARGV[4]  data     one JSON value
-- ARGV[5]  entries kept in the history (1000)
-- ARGV[6]  milliseconds they are kept (86400000)
-- ARGV[7]  entries kept in the log (10000)
-- ARGV[8]  milliseconds a cid is remembered (600000)
-- ARGV[9]  the author's id, when there is a cid and the id is not the name; else leave it out
-- Returns  {epoch, seq, entry id, 1 when the cid had been accepted before and nothing was appended, else 0}
local data, user, cid, author = ARGV[4], ARGV[2], ARGV[3], ARGV[9] or ''
local _, characters = string.gsub(cid, '[^\128-\191]', '')
if #data == 0 or #data > 65536 then
  return redis.error_reply('INVALID data is one JSON value of 1 to 65536 bytes')
end
if #ARGV[1] == 0 or #ARGV[1] > 400 or characters > 64 or #cid > 256 or #user > 4096 or #author > 4096 then
  return redis.error_reply('INVALID a room has 1 to 100 characters, a cid 64 at most, user and author 4096 bytes')
end

if KEYS[5] then
  local first = redis.call('GET', KEYS[5])
  if first then
    local id, seq, epoch = string.match(first, '^([^.]+)%.([^.]+)%.(.+)$')
    return {epoch, seq, id, 1}
  end
end

local age = ARGV[6] or 86400000
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'renewed')
local epoch, seq = meta[1], '1'
if epoch then
  seq = string.format('%.0f', meta[2] + 1)
else
  -- Without meta nobody can say what a stream that is left over belongs to.
  redis.call('DEL', KEYS[2])
  local now = redis.call('TIME')
  epoch = string.sub(redis.sha1hex(now[1] .. now[2] .. tostring({}) .. KEYS[1] .. data), 1, 12)
end

local id
if author == '' then
  id = redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[5] or '1000', '*', 'e', epoch, 's', seq, 'u', user, 'c', cid, 'd', data)
else
  id = redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[5] or '1000', '*',
    'e', epoch, 's', seq, 'u', user, 'c', cid, 'd', data, 'a', author)
end
local count = redis.pcall('HINCRBY', KEYS[4], 'count', 1)
local logged = count
if type(count) ~= 'table' then
  logged = redis.pcall('XADD', KEYS[3], 'MAXLEN', '~', ARGV[7] or '10000', '*', 'k', 'p', 'n', ARGV[1],
    'x', string.format('%.0f', count), 'i', id, 'e', epoch, 's', seq, 'u', user, 'c', cid, 'd', data, 'a', author)
end
if type(logged) == 'table' then
  -- Scripts are not rolled back: what no node would hear of must not stand in the history either.
  redis.call('XDEL', KEYS[2], id)
  if type(count) ~= 'table' then
    redis.call('HINCRBY', KEYS[4], 'count', -1)
  end
  return logged
end

-- A day's life is renewed once an hour, with that hour as slack, instead of with each publication.
-- An id begins with 13 digits of milliseconds until the year 2286; a pattern would cost this a tenth more.
local ms = string.sub(id, 1, 13)
if meta[3] and ms - meta[3] < age / 24 then
  redis.call('HSET', KEYS[1], 'seq', seq)
else
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'seq', seq, 'renewed', ms)
  local life = string.format('%.0f', age + math.floor(age / 24) + 1000)
  redis.call('PEXPIRE', KEYS[1], life)
  redis.call('PEXPIRE', KEYS[2], life)
  redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f', ms - age))
end

if KEYS[5] then
  redis.call('SET', KEYS[5], id .. '.' .. seq .. '.' .. epoch, 'PX', ARGV[8] or '600000')
end
return {epoch, seq, id, 0}

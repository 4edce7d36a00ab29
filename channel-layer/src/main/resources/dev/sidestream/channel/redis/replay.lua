-- Reads what follows a position in a room, and whether it is proved that nothing is missing. Changes nothing, but that a room
-- which has no life begins one, so that whoever asks has a position to go on from.
--
-- KEYS[1]  ss:{p<k>}:meta:<room>
-- KEYS[2]  ss:{p<k>}:room:<room>
-- ARGV[1]  entry id of the position
-- ARGV[2]  its seq
-- ARGV[3]  its epoch
-- ARGV[4]  publications that may follow; 0 for any number
-- ARGV[5]  bytes of data to read at most; one publication is read whatever its size
-- ARGV[6]  milliseconds that a room's history is kept
-- Returns  {reason, entries, left, epoch, seq, entry id} and more. Epoch, seq and entry id are the newest position there is.
--          Reason '': the entries follow the position without a hole, oldest first; so many are left, at least, because the
--          bytes were reached, or because there is a gap behind them.
--          Else a gap, for the reason TRIMMED, EPOCH, LOST, DIVERGED or LIMIT: the entries are later than the position and of an
--          earlier epoch than the present; then come seq and entry id of the position behind the gap, in the present epoch,
--          from which so many are left, and the id of the first of them, empty where there is none
local STEP = 32
local since, allowed, most = tonumber(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5])

-- The value of a field; usual is where nodes write it. Anybody may have written the entry.
local function field(fields, name, usual)
  if fields[usual] == name then
    return fields[usual + 1]
  end
  for i = 1, #fields, 2 do
    if fields[i] == name then
      return fields[i + 1]
    end
  end
  return nil
end

-- Calls visit(entry, epoch, seq, data) for the publications on the way, until it returns true.
local function walk(command, from, to, visit)
  local step
  repeat
    step = redis.call(command, KEYS[2], from, to, 'COUNT', STEP)
    for _, entry in ipairs(step) do
      local epoch, seq = field(entry[2], 'e', 1), field(entry[2], 's', 3)
      local data = field(entry[2], 'd', 9)
      if epoch and data and seq and string.find(seq, '^%d+$') and visit(entry, epoch, tonumber(seq), data) then
        return
      end
    end
    from = #step > 0 and '(' .. step[#step][1]
  until #step < STEP
end

-- An id that stands before another one, and behind every other that does.
local function before(id)
  local ms, n = string.match(id, '^(%d+)-(%d+)$')
  if n ~= '0' then
    return ms .. '-' .. string.format('%.0f', n - 1)
  end
  return string.format('%.0f', ms - 1) .. '-999999999999999'
end

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'was')
local epoch, last = meta[1], tonumber(meta[2] or 0)
local present = epoch == ARGV[3]
local earlier = not present and string.find(' ' .. (meta[3] or '') .. ' ', ' ' .. ARGV[3] .. ' ', 1, true)
local ended = earlier and 'LOST' or 'EPOCH'
-- Of a life that is not known here everything is new, whatever its ids were.
local low = (present or earlier) and '(' .. ARGV[1] or '-'

local function newest_id()
  local newest = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
  return newest and newest[1] or '0-0'
end

local function gap(reason)
  local older, first, first_seq, count, bytes = {}, nil, last + 1, 0, 0
  if reason == 'LIMIT' then
    -- The newest ones that may follow.
    walk('XREVRANGE', '+', low, function(entry, e, seq, data)
      bytes = bytes + #data
      if e ~= epoch or count == allowed or (count > 0 and bytes > most) then
        return true
      end
      count, first, first_seq = count + 1, entry[1], seq
    end)
  else
    walk('XRANGE', low, '+', function(entry, e, seq, data)
      if e == epoch then
        first, first_seq = entry[1], seq
        return true
      end
      bytes = bytes + #data
      if #older == 0 or bytes <= most then
        older[#older + 1] = entry
      end
    end)
  end
  local newest = newest_id()
  return {reason, older, last - first_seq + 1, epoch, string.format('%.0f', last), newest,
    string.format('%.0f', first_seq - 1), first and before(first) or newest, first or ''}
end

if not epoch then
  local now = redis.call('TIME')
  epoch = string.sub(redis.sha1hex(now[1] .. now[2] .. tostring({}) .. KEYS[1]), 1, 12)
  local made = redis.pcall('HSET', KEYS[1], 'epoch', epoch, 'seq', '0')
  if type(made) == 'table' then
    return {'EPOCH', {}, 0, '', '0', '0-0', '0', '0-0', ''} -- a server that takes no writes
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  redis.call('DEL', KEYS[2]) -- without meta nobody can say what a stream that is left over belongs to
  return gap('EPOCH')
end

if present and since > last then
  return gap('DIVERGED')
end
if present and allowed > 0 and last - since > allowed then
  return gap('LIMIT')
end
local at = since > 0 and redis.call('XRANGE', KEYS[2], ARGV[1], ARGV[1])[1]
local at_seq = at and field(at[2], 's', 3)
if at_seq and field(at[2], 'e', 1) == ARGV[3] and string.find(at_seq, '^%d+$') and tonumber(at_seq) > since then
  return gap(present and 'DIVERGED' or ended)
end

local found, bytes, expected, obstacle = {}, 0, since, nil
walk('XRANGE', '(' .. ARGV[1], '+', function(entry, e, seq, data)
  if e ~= ARGV[3] or seq ~= expected + 1 or not (present or earlier) then
    -- A number that comes again was given anew after the end of the room had been lost.
    obstacle = (e ~= ARGV[3] or seq <= expected) and 'DIVERGED' or 'TRIMMED'
    return true
  end
  bytes = bytes + #data
  if #found > 0 and bytes > most then
    return true
  end
  expected = seq
  found[#found + 1] = entry
end)
if #found == 0 and not (present and expected == last and not obstacle) then
  return gap(present and (obstacle or 'TRIMMED') or ended)
end
return {'', found, present and last - expected or 1, epoch, string.format('%.0f', last), newest_id()}

-- Extends a session of Spring Session's default repository as a request to the site would, and only while it lives:
-- nothing is written unless the hash is there, its interval is positive and it has not been idle for longer than that.
-- KEYS[1] the hash. Answers 1 when it was extended, -1 when its times are in a form that is not known, else 0.
local fields = redis.call('HMGET', KEYS[1], 'lastAccessedTime', 'maxInactiveInterval', 'creationTime')
local accessed, interval = fields[1], fields[2]
if not accessed or not interval or not fields[3] then
  return 0
end
local java = '\172\237\0\5sr'
-- java.lang.Long and java.lang.Integer end with their value, big-endian; JSON writes decimals, or pairs of the class and one.
local long = accessed:sub(1, 6) == java and #accessed == 82
local pair = '^(%[%s*"java%.lang%.%a+"%s*,%s*)(%-?%d+)(%s*%])$'
local head, digits, tail = accessed:match(pair)
local seconds, last
if interval:sub(1, 6) == java and #interval == 81 then
  seconds = struct.unpack('>i4', interval, 78)
else
  local _, inside = interval:match(pair)
  seconds = tonumber(inside or interval)
end
if long then
  last = struct.unpack('>i8', accessed, 75)
else
  last = tonumber(digits or accessed)
end
if not seconds or not last then
  return -1
end
if seconds <= 0 then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ttl = redis.call('PTTL', KEYS[1])
-- A key that outlives its session belongs to the indexed repository, whose other keys would have to follow.
if ttl < 0 or ttl > seconds * 1000 or now - last >= seconds * 1000 or now <= last then
  return 0
end
local value
if long then
  value = accessed:sub(1, 74) .. struct.pack('>i8', now)
else
  value = (head or '') .. string.format('%.0f', now) .. (tail or '')
end
redis.call('HSET', KEYS[1], 'lastAccessedTime', value)
redis.call('EXPIRE', KEYS[1], seconds)
return 1

import { WINDOW } from '../client/quota/recent-requests.js';
import { script } from './connection.js';

/** Requests sent within the same step of this many milliseconds are counted together. */
const STEP = 10_000;

/**
 * The keys of a bucket:
 * KEYS[1], a hash: `limit` and `remaining` as the API last reported them, `seen` when that was, `responses` so far,
 * `learnt` how many responses there were then, `slot` the time of the next request by the pace, `uncounted` whether the
 * last answer had no counts;
 * KEYS[2], a sorted set: the tickets of the requests under way, each with the time at which its program counts as dead;
 * one that waits for its turn ends in when that is, and in what it takes of the pace;
 * KEYS[3], a hash: how many requests were sent in each step of the last hours.
 * The clock is Redis' own; tests pass a time in ARGV[1] instead.
 */
const BUCKET = `
local WINDOW, STEP = ${WINDOW}, ${STEP}
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function read(name) return tonumber(redis.call('HGET', KEYS[1], name) or '') end
local function keep()
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, 3 * WINDOW) end
end
-- Gives the turn of a ticket back, or takes it once more (-1 or 1). Whether it had one that is still to come.
local function turn(ticket, sign)
  local due, step = string.match(ticket, ' (%S+) (%S+)$')
  due, step = tonumber(due), tonumber(step)
  if not due or not step or due <= now then return false end
  local at = math.floor(due / STEP)
  if redis.call('HINCRBY', KEYS[3], at, sign) <= 0 then redis.call('HDEL', KEYS[3], at) end
  local slot = read('slot')
  if slot then redis.call('HSET', KEYS[1], 'slot', tostring(slot + sign * step)) end
  return true
end
`;

/** ARGV: time or '', reserve, pace (0 or 1), ticket, milliseconds after which a silent program counts as dead. */
export const ADMIT = script(`${BUCKET}
local reserve, pace, ticket, silence = tonumber(ARGV[2]), ARGV[3] == '1', ARGV[4], tonumber(ARGV[5])
local lapsed = 0
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
  redis.call('ZREM', KEYS[2], dead)
  -- What still waited for its turn wasn't sent.
  if not turn(dead, -1) then lapsed = lapsed + 1 end
end
local open = redis.call('ZCARD', KEYS[2])
local limit, remaining, seen = read('limit'), read('remaining'), read('seen')
if limit and lapsed > 0 then
  -- A dead program's may have been sent and counted; the next count tells, or the hour after which they are back.
  remaining = math.max(0, remaining - lapsed)
  redis.call('HSET', KEYS[1], 'remaining', remaining)
end

local steps = redis.call('HGETALL', KEYS[3])
-- When the oldest request of the hour before this time was sent, to the step and not earlier.
local function oldest(time)
  local found
  for i = 1, #steps, 2 do
    local at = tonumber(steps[i]) * STEP
    if at > time - WINDOW and (not found or at < found) then found = at end
  end
  return found and found + STEP or time
end

local left
if limit and now - seen < WINDOW then
  -- What has come back since, because it has left the hour.
  local back = 0
  for i = 1, #steps, 2 do
    local at = tonumber(steps[i]) * STEP
    if at >= seen - WINDOW and at + STEP <= now - WINDOW then back = back + tonumber(steps[i + 1]) end
    if at < now - 2 * WINDOW then redis.call('HDEL', KEYS[3], steps[i]) end
  end
  left = math.min(limit, remaining + back)
  if left - open <= reserve then
    -- Those under way may be counted already, or fail uncounted: what comes back tells.
    if open > 0 and left > reserve then return { 'wait' } end
    -- As texts: Redis cuts numbers to 64 bits. As a wait: the program's clock may be another.
    return { 'kept', tostring(left), tostring(limit), tostring(oldest(seen) + WINDOW - now) }
  end
elseif open > 0 and read('uncounted') ~= 1 then
  -- Nothing is known, and one has gone to ask.
  return { 'wait' }
end

local delay, step = 0, 0
if pace then
  -- What is further away than a day, nobody can have meant.
  local slot = math.min(math.max(now, read('slot') or 0), now + 24 * WINDOW)
  if left then
    step = math.max(0, oldest(now) + WINDOW - now) / math.max(1, left - reserve)
    redis.call('HSET', KEYS[1], 'slot', tostring(slot + step))
  end
  delay = slot - now
end
if delay > 0 then ticket = string.format('%s %.3f %.3f', ticket, now + delay, step) end
redis.call('ZADD', KEYS[2], now + silence, ticket)
redis.call('HINCRBY', KEYS[3], math.floor((now + delay) / STEP), 1)
keep()
return { 'go', read('responses') or 0, tostring(delay), ticket }`);

/** ARGV: time or '', ticket, responses when it was admitted, limit or '', remaining or '', answered (0 or 1). */
export const SETTLE = script(`${BUCKET}
local ticket, sequence, told, told_left = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
redis.call('ZREM', KEYS[2], ticket)
local responses = redis.call('HINCRBY', KEYS[1], 'responses', 1)
local limit, remaining, learnt = read('limit'), read('remaining'), read('learnt')
if told and told_left then
  redis.call('HSET', KEYS[1], 'uncounted', 0)
  -- Answers overtake each other: one to a request from before the present count can only lower it.
  if not (limit and sequence < learnt and told_left >= remaining) then
    redis.call('HSET', KEYS[1], 'limit', told, 'remaining', told_left, 'seen', now, 'learnt', responses)
  end
else
  if ARGV[6] == '1' then redis.call('HSET', KEYS[1], 'uncounted', 1) end
  -- It may have been counted all the same; the next count tells.
  if limit then redis.call('HSET', KEYS[1], 'remaining', math.max(0, remaining - 1)) end
end
keep()
return 0`);

/**
 * Keeps the requests under way counted. ARGV: time or '', milliseconds after which a program counts as dead, tickets.
 */
export const LIVE = script(`${BUCKET}
local alive = now + tonumber(ARGV[2])
for i = 3, #ARGV do
  local due = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[i]) or '')
  -- One that waits for its turn has it again, if its program was only silent, as while Redis was away.
  if (due and due < alive) or (not due and turn(ARGV[i], 1)) then redis.call('ZADD', KEYS[2], alive, ARGV[i]) end
end
return 0`);

/** Gives back a request that waits for its turn. ARGV: time or '', ticket. */
export const CANCEL = script(`${BUCKET}
if redis.call('ZREM', KEYS[2], ARGV[2]) == 1 then turn(ARGV[2], -1) end
return 0`);

-- Part: the status of a job, a field of its record: words between spaces, NONE where one does not apply, which every step
-- reads and writes as one value. Two dozen fields of a hash would cost a step more than all else it does. What may change
-- comes first; the words that stay, from the creation on, are one text here. JobStatus says what each word means.
local NONE = '-'
local STATE, PLACE, ATTEMPT, TOKEN, SINCE, STARTED, CLAIMED, DUE, FINISHED, EXPIRES, ALLOWANCE, ENDED_BY, ENDED_AS, LASTING =
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
local CHANGING = '^' .. string.rep('(%S+) ', 13) .. '(.+)$'

-- The words of a status by their positions; none where there is no status, or it is no status.
local function words(status)
  if type(status) ~= 'string' then return {} end
  return {string.match(status, CHANGING)}
end

-- Whether a word is a number that no arithmetic harms.
local function whole(text)
  return text and #text <= 15 and string.match(text, '^%d+$')
end

-- Created client priority tier type, attempts allowed, chunks (captured), bytes and stored bytes (captured) of the input,
-- reservation, not before.
local SOUND = '%d+ [^%s-]%S* [012] [^%s-]%S* [^%s-]%S* %d+ (%d+) %d+ (%d+) %S+ %S+$'

-- Whether a worker can go by it.
local function workable(job)
  return job[STATE] and string.match(job[ATTEMPT], '^%d+$') and string.match(job[SINCE], '^%d+$')
    and string.match(job[LASTING], '^' .. SOUND)
end

local function status_text(job)
  return table.concat(job, ' ', 1, LASTING)
end

-- Of a queued job that a worker can go by: place, attempt, since and started, chunks and stored bytes of the input; the words
-- from due on are sound.
local QUEUED = '^queued (%S+) (%d+) %S+ (%d+) (%S+) %S+()' .. string.rep(' %S+', 6) .. ' ' .. SOUND

-- The status of a job that is claimed at a place, chunks and stored bytes of its input; nil where it does not stand there, or a
-- worker cannot go by it. It is matched as one, which costs a claim less than all words of it.
local function claimed_status(status, place, token)
  if type(status) ~= 'string' then return nil end
  local stands, attempt, since, started, rest, chunks, stored = string.match(status, QUEUED)
  if stands ~= place then return nil end
  if started == NONE then started = now end
  local active = 'active - ' .. attempt + 1 .. ' ' .. token .. ' ' .. since .. ' ' .. started .. ' ' .. now .. string.sub(status, rest)
  return active, chunks, stored
end

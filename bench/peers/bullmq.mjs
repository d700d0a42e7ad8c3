// BullMQ as a contender: for each line on standard input one line of answer. See Contender.java.
import { createRequire } from 'node:module'
import readline from 'node:readline'

const [place, port] = process.argv.slice(2)
const { Queue, Worker } = createRequire(place + '/')('bullmq')
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null }
const queue = new Queue('bench', { connection })
const payload = process.env.BENCH_PAYLOAD

async function enqueue(jobs, _, atOnce) {
  let left = jobs
  const began = process.hrtime.bigint()
  await Promise.all(Array.from({ length: atOnce }, async () => { while (left > 0) await queue.add('job', { payload, n: left-- }) }))
  return seconds(began)
}

async function work(jobs, millis, concurrency) {
  let first, left = jobs
  const over = new Promise((resolve) => {
    const worker = new Worker('bench', async () => {
      first ??= process.hrtime.bigint()
      if (millis > 0) await new Promise((end) => setTimeout(end, millis))
      return 'done'
    }, { connection, concurrency })
    worker.on('completed', () => { if (--left === 0) resolve(worker) })
  })
  const worker = await over
  const took = seconds(first)
  await worker.close()
  return took
}

async function idle(jobs, apart) {
  let started
  const worker = new Worker('bench', async () => { started(process.hrtime.bigint()); return 'done' }, { connection })
  await worker.waitUntilReady()
  const took = []
  for (let i = 0; i < jobs; i++) {
    const start = new Promise((resolve) => { started = resolve })
    const began = process.hrtime.bigint()
    await queue.add('job', { payload })
    took.push(Number(await start - began) / 1e6)
    await new Promise((end) => setTimeout(end, apart))
  }
  await worker.close()
  took.sort((a, b) => a - b)
  return `${took[jobs >> 1]} ${took[Math.floor(jobs * 0.99)]}`
}

async function tally(concurrency) {
  new Worker('bench', async (job) => { console.log(`done ${job.data.n}`); return 'done' }, { connection, concurrency })
  await new Promise(() => {})
}

async function serve(millis) {
  new Worker('bench', async () => {
    console.log(`started ${Date.now()}`)
    await new Promise((end) => setTimeout(end, millis))
    return 'done'
  }, { connection })
  await new Promise(() => {})
}

function seconds(began) { return Number(process.hrtime.bigint() - began) / 1e9 }

const does = { enqueue, work, idle, serve, tally }
console.log('ready')
for await (const line of readline.createInterface({ input: process.stdin })) {
  const [what, ...numbers] = line.split(' ')
  console.log(String(await does[what](...numbers.map(Number))))
}
process.exit(0)

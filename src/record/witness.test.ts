// Witnessing: every answer that the specification asks for, and two requests at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testSigner } from '#test/kit/record.ts'
import { cosignerOf, withCosignatures } from './cosign.ts'
import { leafHash, nodeHash } from './merkle.ts'
import { consistencyProof, rootOver, type Tree } from './proofs.ts'
import { newKey } from './signer.ts'
import { addCheckpoint, parseRequest, type Witness, writeRequest } from './witness.ts'

const leaves = Array.from({ length: 20 }, (_, i) => leafHash(Buffer.from(`${i}`)))
const node = (height: number, index: number): Buffer =>
  height === 0
    ? (leaves[index] ?? Buffer.alloc(0))
    : nodeHash(node(height - 1, index * 2), node(height - 1, index * 2 + 1))
const log = testSigner()
const signed = (size: number, root = rootOver(0, size, node)) => log.sign({ size, root })
const request = (old: number, size: number, checkpoint = signed(size)) =>
  writeRequest({ old, proof: consistencyProof(old, size, node), checkpoint })

function fresh() {
  const trees = new Map<string, Tree>()
  const cosigner = cosignerOf('witness.example/w1', newKey())
  const witness: Witness = {
    cosigner,
    keysOf: origin => (origin === log.origin ? [log.key] : undefined),
    advance: async (origin, judge) => {
      const judged = judge(trees.get(origin))
      if ('accept' in judged) trees.set(origin, judged.accept)
      return judged
    },
    now: () => 1_800_000_000,
  }
  return { witness, trees, ask: (body: string) => addCheckpoint(body, witness) }
}

test('a growing log is cosigned step by step, and the cosignature holds', async () => {
  const { ask, witness, trees } = fresh()
  for (const [old, size] of [
    [0, 3],
    [3, 3],
    [3, 8],
    [8, 20],
  ] as const) {
    const checkpoint = signed(size)
    const answer = await ask(request(old, size, checkpoint))
    assert.equal(answer.status, 200)
    const cosigned = withCosignatures(checkpoint, answer.body, [witness.cosigner.key])
    assert.equal(cosigned, checkpoint + answer.body)
    assert.equal(trees.get(log.origin)?.size, size)
  }
})

test('a request comes back as it went in', () => {
  const body = request(3, 20)
  assert.equal(writeRequest(parseRequest(body) ?? { old: 0, proof: [], checkpoint: '' }), body)
})

test('what is wrong gets its own status, and nothing is cosigned', async () => {
  const { ask, trees } = fresh()
  await ask(request(0, 8))
  const known = trees.get(log.origin)
  const stranger = testSigner().sign({ size: 9, root: rootOver(0, 9, node) })
  const elsewhere = signed(9).replaceAll(log.origin, 'elsewhere.example')
  const forged = leafHash(Buffer.from('forged'))
  const proof = consistencyProof(8, 20, node)
  const asked: [string, number, string][] = [
    ['nonsense', 400, 'Malformed request\n'],
    [request(8, 9).replace('old 8', 'old 08'), 400, 'Malformed request\n'],
    [
      writeRequest({ old: 8, proof: Array.from({ length: 64 }, () => forged), checkpoint: signed(20) }),
      400,
      'Malformed request\n',
    ],
    [request(8, 9, elsewhere), 404, 'Unknown origin\n'],
    [request(8, 9, stranger), 403, 'No valid signature by the log\n'],
    [writeRequest({ old: 9, proof: [], checkpoint: signed(8) }), 400, 'The old size is larger than the checkpoint\n'],
    [request(3, 20), 409, '8\n'],
    [request(0, 20), 409, '8\n'],
    [writeRequest({ old: 8, proof: [], checkpoint: signed(8, forged) }), 409, '8\n'],
    [
      writeRequest({ old: 8, proof: proof.slice(1), checkpoint: signed(20) }),
      422,
      'The consistency proof does not hold\n',
    ],
    [writeRequest({ old: 8, proof, checkpoint: signed(20, forged) }), 422, 'The consistency proof does not hold\n'],
  ]
  for (const [body, status, text] of asked) {
    const answer = await ask(body)
    assert.deepEqual([answer.status, answer.body], [status, text])
    assert.equal(answer.type, status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8')
  }
  assert.deepEqual(trees.get(log.origin), known)
})

test('of two requests from the same old size only one is cosigned', async () => {
  const { ask } = fresh()
  const answers = await Promise.all([ask(request(0, 8)), ask(request(0, 20))])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 409],
  )
})

// Letters kept on one's own machine: their owner's are given out and destroyed, a name is taken out of those to others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '#test/kit/database.ts'
import { mailMigrations, outboxPage, outboxPost } from './post.ts'

test('whoever is forgotten stands in no letter, and other letters stay', async t => {
  const database = await testDatabase(t, mailMigrations)
  const post = outboxPost(database)
  await post.send({ to: 'ada@people.example', subject: 'To you', text: 'Ada (Lamp)' })
  await post.send({
    to: 'bo@people.example',
    subject: 'Ada (Lamp) moved',
    text: 'Ada (Lamp), ada@people.example. Adar.',
  })
  await post.send({ to: 'cy@people.example', subject: 'Else', text: 'Adamant' })
  assert.deepEqual(
    (await post.lettersTo('ada@people.example')).map(({ subject, text }) => [subject, text]),
    [['To you', 'Ada (Lamp)']],
  )
  await post.forget(['ada@people.example'], ['Ada (Lamp)', 'Ada'])
  const left = (await outboxPage(database.read, 10)).map(({ to, subject, text }) => [to, subject, text])
  const gone = 'somebody who has erased themselves'
  assert.deepEqual(left, [
    ['cy@people.example', 'Else', 'Adamant'],
    ['bo@people.example', `${gone} moved`, `${gone}, ${gone}. Adar.`],
  ])
  assert.deepEqual(await post.lettersTo('ada@people.example'), [])
})

// Changes a test database behind the program's back, as the owner of its tables.
import { Client } from 'pg'
import type { TestDatabase } from './database.ts'

export async function asOwner({ ownerUrl }: TestDatabase, statements: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}

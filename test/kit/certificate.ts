// Certificates that vouch for themselves, for servers of tests.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** For a test that needs one: whether it is left out, and why. */
export const certificates = { skip: hasOpenssl ? false : 'openssl is not installed (Debian: apt-get install openssl)' }

/** The files of a certificate for localhost and of its key. */
export function certify(folder: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, 'server.crt'), join(folder, 'server.key')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const made = spawnSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert])
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`)
  return { cert, key }
}

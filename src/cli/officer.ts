// The first officer's address, which founding registers them under.
import type { Config } from '../config.ts'

export const officerAddress = ({ OFFICER_EMAIL }: Pick<Config, 'OFFICER_EMAIL'>): string =>
  OFFICER_EMAIL ?? 'officer@localhost.example'

// Contributors: who is behind commits, in a private register; whom contributions are counted for; and how concentrated they are.
import type { Domain } from '#acts/domain.ts'
import { askProof, claim, confirmProof, forget, release } from './claiming.ts'
import { dispute, withdrawDispute } from './disputing.ts'
import { endDomain, stateDomain, takeHomepages } from './domains.ts'
import { importAffiliations } from './importing.ts'
import { labels } from './labels.ts'
import { mails } from './mails.ts'
import { mergeIdentities, rejectMerge } from './merging.ts'
import { reactions } from './reactions.ts'
import { migrations, rebuilt } from './tables.ts'
import { concentrationTerm, register } from './terms.ts'

export { addressOfLogin, isMergeMachine } from './addresses.ts'
export { type Book, openBook, pseudonym } from './book.ts'
export { exportRegister } from './exporting.ts'
export { countOrganisations, type OrganisationFigures, type PeopleFigures } from './figures.ts'
export { claimsOf, disputesAbout, domainsStated, importsInForce } from './finds.ts'
export { type Groups, loadGroups } from './groups.ts'
export { keepContributions } from './keeping.ts'
export { headsOf, type KindFigures, type Neutrality, neutralityOf, periodOf, rowsOf } from './neutrality.ts'
export { filesByOwners, type Owned } from './owners.ts'
export { concentrationTerm, register } from './terms.ts'
export { type Contributions, Form, IdentityId } from './words.ts'

export const contributors: Domain = {
  name: 'contributors',
  describes:
    'Contributors: identities behind commits under pseudonyms, whom they worked for, and how concentrated work is.',
  acts: [
    claim,
    askProof,
    confirmProof,
    release,
    dispute,
    withdrawDispute,
    mergeIdentities,
    rejectMerge,
    stateDomain,
    endDomain,
    takeHomepages,
    importAffiliations,
    forget,
  ],
  terms: [register, concentrationTerm],
  migrations,
  tables: rebuilt,
  labels,
  mails,
  reactions,
}

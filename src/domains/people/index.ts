// People: persons, organisations, who works for whom and who controls whom. The door for other domains.
import type { Domain } from '#acts/domain.ts'
import { consent, erase, register, rename } from './acts.ts'
import { affiliate, correctAffiliation, endAffiliation, withdrawAffiliation } from './affiliating.ts'
import { affiliationLabel } from './affiliations.ts'
import { desk } from './desk.ts'
import { mails } from './mails.ts'
import { affiliationsDeclared } from './measures.ts'
import { organisationLabel } from './organisations.ts'
import { organisationsPage as listPage } from './organisationsPage.ts'
import { addOrganisation, correctOrganisation, endControl, stateControl } from './organising.ts'
import { personPage } from './personPage.ts'
import { participantOf, personLabel } from './persons.ts'
import { organisationPicker, personPicker } from './pickers.ts'
import { portrayal } from './portrayal.ts'
import { queries } from './queries.ts'
import { peopleMigrations, peopleTables } from './tables.ts'
import { affiliation, organisations, participation } from './terms.ts'

export {
  affiliationsAmong,
  affiliationsOf,
  affiliationsWith,
  declaredAmong,
  employersOf,
  headcounts,
  interestsIn,
  standBehind,
  subjectsOf,
} from './affiliations.ts'
export { controllersAbove } from './control.ts'
export { displayName, erasedName, folded } from './names.ts'
export {
  loadOrganisationPart,
  type OrganisationPart,
  organisationFacts,
  organisationSections,
} from './organisationPart.ts'
export {
  controllersOf,
  controlsAbout,
  groupOf,
  organisationBy,
  organisationNamed,
  organisationsAll,
  organisationsBy,
  organisationsPage,
} from './organisations.ts'
export {
  affiliationTable,
  called,
  employerOf,
  type Labels,
  periodText,
  sourceText,
  standingBadge,
} from './personPage.ts'
export {
  accountOf,
  type Departure,
  departed,
  departures,
  namesOf,
  ownPerson,
  personBy,
  personOfAccount,
  registeredPersons,
} from './persons.ts'
export {
  type Affiliation,
  AffiliationId,
  type Control,
  Homepage,
  independent,
  type Organisation,
  OrganisationId,
  OrganisationName,
  OrganisationRef,
  OrganisationSlug,
  type Person,
  PersonId,
  PersonName,
  PlausibleDay,
} from './words.ts'
export { beginWriting } from './writing.ts'

export const people: Domain = {
  name: 'people',
  describes: 'Persons and organisations: who takes part, whom they work for, and who controls whom.',
  acts: [
    register,
    rename,
    consent,
    affiliate,
    correctAffiliation,
    endAffiliation,
    withdrawAffiliation,
    addOrganisation,
    correctOrganisation,
    stateControl,
    endControl,
    erase,
  ],
  terms: [participation, affiliation, organisations],
  migrations: peopleMigrations,
  tables: peopleTables,
  queries,
  pages: [personPage, listPage],
  nav: [{ label: 'Organisations', href: '/organisations', order: 60 }],
  mails,
  measures: [affiliationsDeclared],
  pickers: [personPicker, organisationPicker],
  labels: [personLabel, organisationLabel, affiliationLabel],
  capacities: { kinds: ['participant'], of: participantOf },
  portrays: portrayal,
  desk,
}
